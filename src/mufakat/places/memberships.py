"""Who belonged to which group of countries on a given day.

An incomplete date is read so that nobody is left out who may have belonged: ``since`` from its first day,
``until`` through its last. An ``until`` known to the day is the first day on which the country no longer
belonged. A suspended member is a member.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from mufakat.places.countries import Country, country
from mufakat.places.dates import PartialDate
from mufakat.places.errors import PlacesError
from mufakat.places.groups import Group, group, groups
from mufakat.places.tables import rows

ELECTED_WITH = {"TUR": "WEOG"}
"""Of a state that takes part in two regional groups, the one with which it counts in elections."""


@dataclass(frozen=True)
class Membership:
    """That a country belongs, or belonged, to a group."""

    group: Group
    country: Country
    since: PartialDate | None
    """When it joined, as far as known; None: it belonged as far back as ``group.told_from``."""
    until: PartialDate | None
    """When it left, as far as known; None: it belongs."""
    note: str
    """What else must be known, or the empty text."""

    def covers(self, on: date) -> bool:
        """Whether the country belonged on that day, or may have where the dates are incomplete."""
        joined = self.since is None or self.since.first_day <= on
        return joined and (self.until is None or on < self.until.day_out)


@cache
def table() -> Mapping[str, tuple[Membership, ...]]:
    """The memberships of each group, by code."""
    found: dict[str, list[Membership]] = {known.code: [] for known in groups()}
    for row in rows("memberships", "group", "country", "since", "until", "note"):
        since, until = (PartialDate.of(row[key]) if row[key] else None for key in ("since", "until"))
        if since and until and since.first_day >= until.day_out:
            raise PlacesError(
                f"memberships.csv: {row['country']} left {row['group']} before it joined: {row}"
            )
        membership = Membership(group(row["group"]), country(row["country"]), since, until, row["note"])
        found[membership.group.code].append(membership)
    return {code: tuple(sorted(of, key=lambda m: m.country)) for code, of in found.items()}


def history(of: str | Group) -> tuple[Membership, ...]:
    """Every membership of a group that the table knows, past ones too, in the order of alpha-3 codes.

    Raises:
        PlacesError: there is no such group.
    """
    return table()[group(of).code]


def members(of: str | Group, *, on: date | None = None) -> tuple[Country, ...]:
    """The countries that belonged to a group on a day, in the order of their alpha-3 codes.

    Args:
        of: the group or its code.
        on: the day; None asks for the latest state that the table tells.

    Raises:
        PlacesError: there is no such group, or the day is before its ``told_from``.
    """
    wanted = group(of)
    if on is not None and on < wanted.told_from:
        raise PlacesError(
            f"the table tells who belonged to {wanted.code} from {wanted.told_from} on; {on} is before that"
        )
    return tuple(m.country for m in history(wanted) if (m.until is None if on is None else m.covers(on)))


def memberships(of: str | Country, *, on: date | None = None) -> tuple[Membership, ...]:
    """The memberships of a country on a day, in the order of :func:`mufakat.places.groups`.

    Groups of which the table does not tell so early are left out.

    Args:
        of: the country or its code.
        on: the day; None asks for the latest state that the table tells.

    Raises:
        PlacesError: there is no such country.
    """
    wanted = country(of)
    told = [known for known in groups() if on is None or known.told_from <= on]
    return tuple(
        m
        for known in told
        for m in history(known)
        if m.country == wanted and (m.until is None if on is None else m.covers(on))
    )


def is_member(country_of: str | Country, group_of: str | Group, *, on: date | None = None) -> bool:
    """Whether a country belonged to a group on a day; see :func:`members`.

    With the group ``UN`` it says whether a country is a member state of the United Nations, with ``UN-OBS``
    whether it is an observer state.

    Raises:
        PlacesError: there is no such country or group, or the day is before the group's ``told_from``.
    """
    return country(country_of) in members(group_of, on=on)


def regional_group(of: str | Country, *, on: date | None = None) -> Group | None:
    """The regional group of the United Nations with which a state counts in elections.

    None is right for territories and for observers that are in no group.

    Raises:
        PlacesError: there is no such country, or the day is before the ``told_from`` of the regional groups.
    """
    wanted = country(of)
    found = [known for known in groups("regional group") if is_member(wanted, known, on=on)]
    elected_with = ELECTED_WITH.get(wanted.alpha3)
    return next((known for known in found if elected_with in (None, known.code)), None)
