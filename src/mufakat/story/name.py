"""Names for invented people, put together from hand-written given and family names.

The names are plausible where they are borne, but the family names are made up. The lists stand in
``names.csv`` beside this file.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from types import MappingProxyType
from typing import Final

from mufakat.story.party import (
    AFRICA,
    ASIA_PACIFIC,
    EASTERN_EUROPE,
    LATIN_AMERICA,
    STATE,
    WESTERN_EUROPE,
    Party,
    parties,
)

PACIFIC: Final = "pacific"
FAMILY_FIRST: Final = "east-asia"
"""The tradition in which the family name stands before the given name."""
APART: Final = 5
"""Places between a given name and the first family name it meets: both lists go by the alphabet."""

TRADITIONS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        (AFRICA, "ar"): "arabic",
        (AFRICA, "en"): "africa-en",
        (AFRICA, "fr"): "africa-fr",
        (ASIA_PACIFIC, "ar"): "arabic",
        (ASIA_PACIFIC, "en"): "asia-en",
        (ASIA_PACIFIC, "fr"): PACIFIC,
        (ASIA_PACIFIC, "ru"): "central-asia",
        (ASIA_PACIFIC, "zh"): FAMILY_FIRST,
        (EASTERN_EUROPE, "en"): "eastern-europe",
        (EASTERN_EUROPE, "ru"): "eastern-europe",
        (LATIN_AMERICA, "en"): "caribbean-en",
        (LATIN_AMERICA, "es"): "latin-america",
        (LATIN_AMERICA, "fr"): "caribbean-fr",
        (WESTERN_EUROPE, "en"): "western-en",
        (WESTERN_EUROPE, "es"): "latin-america",
        (WESTERN_EUROPE, "fr"): "western-fr",
    }
)
"""The tradition of names by region and language."""


def names_for(bearers: Iterable[Party], *, leave: Iterable[Party] = ()) -> list[str]:
    """A name for each bearer's place and language; no name is given twice.

    A party may bear several names: it is then listed several times.

    Args:
        bearers: parties that need a name each.
        leave: parties that were named before, whose names are not given again.

    Raises:
        ValueError: more names are asked for than a tradition has.
    """
    given_out: dict[str, int] = {}
    for bearer in leave:
        given_out[tradition(bearer)] = given_out.get(tradition(bearer), 0) + 1
    names = []
    for bearer in bearers:
        custom = tradition(bearer)
        names.append(_nth_name(custom, given_out.get(custom, 0)))
        given_out[custom] = given_out.get(custom, 0) + 1
    return names


def tradition(party: Party) -> str:
    """The tradition of names where a party is at home; a body named after a state shares the state's."""
    home = _home(party)
    if home.region == ASIA_PACIFIC and "SIDS" in home.groups:
        return PACIFIC
    return TRADITIONS[home.region, home.language]


def _home(party: Party) -> Party:
    """The state that stands in the name of a party, or the party itself."""
    inside = (state for state in parties() if state.kind == STATE and state.name in party.name)
    return next(inside, party)


def _nth_name(custom: str, number: int) -> str:
    """The names of a tradition one by one; each given name meets each family name once."""
    given, family = _lists()[custom]
    turn, place = divmod(number, len(given))
    if turn >= len(family):
        raise ValueError(f"there are {len(given) * len(family)} {custom} names, and one more is asked for")
    first, last = given[place], family[(place + turn + APART) % len(family)]
    return f"{last} {first}" if custom == FAMILY_FIRST else f"{first} {last}"


@functools.cache
def _lists() -> dict[str, tuple[Sequence[str], Sequence[str]]]:
    """Given and family names by tradition."""
    lists: dict[str, tuple[list[str], list[str]]] = {}
    source = resources.files("mufakat.story").joinpath("names.csv")
    with source.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            given, family = lists.setdefault(row["tradition"], ([], []))
            (given if row["part"] == "given" else family).append(row["name"])
    return {custom: (tuple(given), tuple(family)) for custom, (given, family) in lists.items()}
