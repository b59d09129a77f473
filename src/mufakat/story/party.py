"""The invented parties: states, intergovernmental bodies, think tanks and civil society.

They are placed in the real regional groups of the United Nations and in real kinds of body, but none of
them exists. The table itself is ``parties.csv`` beside this file, so that it can be mended without code.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Final

STATE: Final = "state"
INTERGOVERNMENTAL: Final = "intergovernmental"
THINK_TANK: Final = "think tank"
CIVIL_SOCIETY: Final = "civil society"
KINDS: Final = (STATE, INTERGOVERNMENTAL, THINK_TANK, CIVIL_SOCIETY)

INDIVIDUAL: Final = "individual"
"""The kind of those who take part in the public round, each with a voice of their own; see ``public``."""

AFRICA: Final = "Africa"
ASIA_PACIFIC: Final = "Asia-Pacific"
EASTERN_EUROPE: Final = "Eastern Europe"
LATIN_AMERICA: Final = "Latin America and the Caribbean"
WESTERN_EUROPE: Final = "Western Europe and Others"
REGIONS: Final = (AFRICA, ASIA_PACIFIC, EASTERN_EUROPE, LATIN_AMERICA, WESTERN_EUROPE)

LANGUAGES: Final = ("ar", "en", "es", "fr", "ru", "zh")

GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "LDC": "least developed countries",
        "LLDC": "landlocked developing countries",
        "SIDS": "small island developing states",
        "SOUTH": "the Southern Group, an invented coalition of states",
    }
)


@dataclass(frozen=True, slots=True)
class Party:
    """One invented organisation, delegation or individual with one voice.

    Attributes:
        party: stable code, unique: three to five capital letters, or ``P`` and three digits of an individual.
        name: the party's name, in the language it writes in where that uses the Latin script.
        kind: one of ``KINDS``, or ``INDIVIDUAL``.
        region: one of ``REGIONS``; for a body without a territory, the region of its seat.
        language: the language it writes in, one of ``LANGUAGES``.
        groups: codes from ``GROUPS``; empty for bodies that are not states.
    """

    party: str
    name: str
    kind: str
    region: str
    language: str
    groups: tuple[str, ...]


@functools.cache
def parties() -> tuple[Party, ...]:
    """All 250 invented parties, in the order of the bundled table."""
    source = resources.files("mufakat.story").joinpath("parties.csv")
    with source.open(encoding="utf-8") as lines:
        return tuple(
            Party(
                party=row["party"],
                name=row["name"],
                kind=row["kind"],
                region=row["region"],
                language=row["language"],
                groups=tuple(row["groups"].split(";")) if row["groups"] else (),
            )
            for row in csv.DictReader(lines)
        )
