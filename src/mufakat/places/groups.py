"""The groups of countries: what each is, since when this library tells of it, and its names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

from mufakat.places.errors import PlacesError, nearby
from mufakat.places.names import LANGUAGES, check_language
from mufakat.places.tables import rows

Kind = Literal["membership", "regional group", "category", "political group", "organisation"]


@dataclass(frozen=True)
class Group:
    """A group of countries."""

    code: str
    """Short and in capitals, such as ``G77``."""
    kind: Kind
    """``membership`` (of the United Nations), ``regional group`` (one of its five), ``category`` (given by
    the United Nations), ``political group`` or ``organisation``."""
    told_from: date
    """The first day from which the table tells who is a member; before it, the table is not asked."""
    source: str
    """Where its members are from."""
    names: tuple[str, ...]
    """Its names, in the order of ``LANGUAGES``."""

    def name(self, language: str) -> str:
        """Its name in one of the six languages.

        Raises:
            PlacesError: *language* is none of the six.
        """
        return self.names[LANGUAGES.index(check_language(language))]

    def __str__(self) -> str:
        return self.code


@cache
def table() -> Mapping[str, Group]:
    """Every group by its code, in the order of ``groups.csv``."""
    found = {}
    for row in rows("groups", "group", "kind", "told_from", "source", *LANGUAGES):
        kind: Kind | None = next((k for k in get_args(Kind) if k == row["kind"]), None)
        if kind is None:
            kinds = ", ".join(get_args(Kind))
            raise PlacesError(f"groups.csv, {row['group']}: {row['kind']!r} is no kind; right are {kinds}")
        names = tuple(row[language] for language in LANGUAGES)
        told_from = date.fromisoformat(row["told_from"])
        found[row["group"]] = Group(row["group"], kind, told_from, row["source"], names)
    return found


def groups(kind: Kind | None = None) -> tuple[Group, ...]:
    """All groups, or those of one *kind*, in a fixed order: the United Nations first.

    Raises:
        PlacesError: there is no such kind.
    """
    if kind is not None and kind not in get_args(Kind):
        raise PlacesError(f"{kind!r} is no kind of group; right are {', '.join(get_args(Kind))}")
    return tuple(found for found in table().values() if kind in (None, found.kind))


def group(code: str | Group) -> Group:
    """The group of *code*, in capitals or not.

    Raises:
        PlacesError: there is no such group.
    """
    if isinstance(code, Group):
        return code
    try:
        return table()[code.strip().upper()]
    except KeyError:
        hint = nearby(code, {known.code: known.name("en") for known in groups()})
        raise PlacesError(f"{code!r} is no group; right are {', '.join(table())}.{hint}") from None
