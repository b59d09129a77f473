"""What can go wrong when a country, region, group or language is asked for, and how a message helps on."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches


class PlacesError(Exception):
    """A code, language or date that this library does not know; the message says what is right."""


def nearby(value: str, known: Mapping[str, str]) -> str:
    """A suggestion such as `` Did you mean KEN (Kenya)?``, or nothing where no code and no name is near.

    Args:
        value: what was typed.
        known: the name of each code; both are compared with *value*, whatever their case.
    """
    spellings = {code.casefold(): code for code in known}
    spellings |= {label.casefold(): code for code, label in known.items()}
    close = get_close_matches(value.casefold(), spellings, n=1, cutoff=0.6)
    if not close:
        return ""
    code = spellings[close[0]]
    return f" Did you mean {code} ({known[code]})?"
