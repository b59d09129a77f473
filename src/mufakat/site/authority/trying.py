"""How a page tries an act: what cannot be done becomes an error of the form, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import Form

from mufakat.site.authority.acts import ImpossibleError


def tried(form: Form, act: Callable[[], object]) -> bool:
    """Do the act if the form holds; False where it does not, or where the act said why it cannot be."""
    if not form.is_valid():
        return False
    try:
        act()
    except ImpossibleError as error:
        form.add_error(None, str(error))
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
