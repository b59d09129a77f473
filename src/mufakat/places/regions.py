"""The regions of the United Nations standard M49, and where each country stands in them.

The standard has up to three levels: a region (Africa), its sub-regions (Sub-Saharan Africa), and in some of
them intermediate regions (Eastern Africa). They serve statistics, and imply nothing about any affiliation of
countries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from mufakat.places.countries import Country, countries, country
from mufakat.places.errors import PlacesError
from mufakat.places.tables import rows

Level = Literal["region", "subregion", "intermediate"]
LEVELS: tuple[Level, ...] = ("region", "subregion", "intermediate")


@dataclass(frozen=True, order=True)
class Region:
    """A region of M49, of one of the three levels; :func:`mufakat.places.name` gives its name."""

    code: str
    """Three digits, such as ``014`` for Eastern Africa."""
    level: Level
    parent: str
    """The code of the region of the level above, or the empty text."""

    def __str__(self) -> str:
        return self.code


@cache
def table() -> Mapping[str, tuple[Region, ...]]:
    """The regions of each alpha-3 code, widest first."""
    found = {}
    for row in rows("regions", "country", *LEVELS):
        chain: list[Region] = []
        for level in LEVELS:
            if row[level]:
                chain.append(Region(row[level], level, chain[-1].code if chain else ""))
        found[country(row["country"]).alpha3] = tuple(chain)
    return found


@cache
def regions(level: Level | None = None) -> tuple[Region, ...]:
    """All regions of M49 that hold a country, by code; or only those of one *level*.

    Raises:
        PlacesError: there is no such level.
    """
    if level is not None and level not in LEVELS:
        raise PlacesError(f"{level!r} is no level of regions; right are {', '.join(LEVELS)}")
    found = {region for chain in table().values() for region in chain}
    return tuple(sorted(r for r in found if level in (None, r.level)))


def region(code: str | Region) -> Region:
    """The region of a three-digit M49 *code*.

    Raises:
        PlacesError: no region has this code.
    """
    if isinstance(code, Region):
        return code
    for found in regions():
        if found.code == code:
            return found
    raise PlacesError(f"{code!r} is no region of M49; right are {', '.join(r.code for r in regions())}")


def regions_of(of: str | Country) -> tuple[Region, ...]:
    """The regions that hold a country, widest first: two or three of them; none for Antarctica.

    Raises:
        PlacesError: there is no such country.
    """
    return table()[country(of).alpha3]


def region_of(of: str | Country, level: Level = "region") -> Region | None:
    """The region of a country at *level*, or None where M49 has none: ``intermediate`` is often absent.

    Raises:
        PlacesError: there is no such country or level.
    """
    if level not in LEVELS:
        raise PlacesError(f"{level!r} is no level of regions; right are {', '.join(LEVELS)}")
    return next((r for r in regions_of(of) if r.level == level), None)


def countries_in(of: str | Region) -> tuple[Country, ...]:
    """The countries and areas in a region of any level, in the order of their alpha-3 codes.

    Raises:
        PlacesError: no region has this code.
    """
    wanted = region(of)
    return tuple(c for c in countries() if wanted in regions_of(c))
