"""How a page tries an act: what the act does not allow becomes an error of the form, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import Form

from mufakat.site.consultations.actions import ProcessError
from mufakat.site.languages.writing import TextError


def tried(form: Form, act: Callable[[], object]) -> bool:
    """Do the act if the form holds; False where it does not, or where the act said why it cannot be."""
    if not form.is_valid():
        return False
    try:
        act()
    except (ProcessError, TextError, ValidationError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return False
    return True
