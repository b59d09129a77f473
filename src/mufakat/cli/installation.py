"""The site of this installation, for the commands that work on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mufakat.site.config import Config

SETTINGS = "mufakat.site.settings"


def open_site() -> Config:
    """Make the site's code usable in this process, and return its settings.

    Raises:
        click.ClickException: a setting cannot be used, or the data folder cannot be written.
    """
    import django
    from django.apps import apps

    from mufakat.site.config import ConfigError, read

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        config = read()
        if not apps.ready:
            django.setup()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or 'the data folder'} cannot be used: {error.strerror};"
            " set MUFAKAT_DATA to a folder of your own"
        ) from error
    return config


@contextmanager
def refusals() -> Iterator[None]:
    """Tell in one line, with exit code 1, why the site refused what was asked for or could not do it."""
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.db import DatabaseError

    from mufakat.opinion.errors import OpinionError
    from mufakat.site.consultations.actions import ProcessError
    from mufakat.site.languages.writing import TextError
    from mufakat.site.parties.actions import PartyError
    from mufakat.site.voices.actions.errors import VoiceError

    try:
        yield
    except PermissionDenied as refusal:
        raise click.ClickException(f"refused: {refusal}") from refusal
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    except (OpinionError, PartyError, ProcessError, TextError, VoiceError) as error:
        raise click.ClickException(str(error)) from error
    except DatabaseError as error:
        raise click.ClickException(
            f"the database does not answer as it should: {str(error).strip().splitlines()[0]};"
            " ./mufakat check says more"
        ) from error
