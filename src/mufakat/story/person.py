"""The invented people: 400 of them act for the 250 parties.

Every party has a head. States that can spare one send a deputy, intergovernmental bodies an observer, and
many bodies of civil society a second member. Names come from ``name``, what people are from
``functions.csv`` beside this file.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import cycle, islice
from typing import Final

from mufakat.story.name import names_for
from mufakat.story.party import CIVIL_SOCIETY, INTERGOVERNMENTAL, STATE, Party, parties

HEAD: Final = "head"
DEPUTY: Final = "deputy"
MEMBER: Final = "member"
OBSERVER: Final = "observer"
CAPACITIES: Final = (HEAD, DEPUTY, MEMBER, OBSERVER)

PEOPLE: Final = 400
"""Seats are given out in the order of ``_seats`` until there are so many people."""

DOMAIN: Final = "example"
"""Reserved for examples: nobody can ever be written to under it."""


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person who acts for a party.

    Attributes:
        id: code of the party, a hyphen and a number from 1: ``"MRD-1"``; unique.
        name: in the Latin script; unique among all people and individuals of the story.
        language: the language they read and write, one of ``party.LANGUAGES``.
        party: code of the party they act for.
        capacity: one of ``CAPACITIES``.
        function: what they are, in a few words of English.
        email: unique, ASCII, under the reserved top-level domain ``DOMAIN``.
    """

    id: str
    name: str
    language: str
    party: str
    capacity: str
    function: str
    email: str


@functools.cache
def people() -> tuple[Person, ...]:
    """All 400 invented people, party by party in the order of the parties, heads first."""
    place = {party.party: row for row, party in enumerate(parties())}
    seats = sorted(islice(_seats(), PEOPLE), key=lambda seat: (place[seat[0].party], seat[1] != HEAD))
    functions = {group: cycle(texts) for group, texts in _functions().items()}
    found: list[Person] = []
    for (party, capacity), name in zip(seats, names_for(party for party, _ in seats), strict=True):
        first_of_party = not found or found[-1].party != party.party
        number = 1 if first_of_party else int(found[-1].id.rpartition("-")[2]) + 1
        found.append(
            Person(
                id=f"{party.party}-{number}",
                name=name,
                language=party.language,
                party=party.party,
                capacity=capacity,
                function=next(functions[party.kind, capacity]),
                email=f"{slug(name)}@{party.party.lower()}.{DOMAIN}",
            )
        )
    return tuple(found)


def slug(name: str) -> str:
    """The name in small ASCII letters, its words joined by full stops, for an address."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return ".".join(re.findall("[a-z]+", plain))


def _seats() -> Iterator[tuple[Party, str]]:
    """Who sits for whom: party and capacity, the most needed first."""
    everyone = parties()
    yield from ((party, HEAD) for party in everyone)
    yield from ((party, DEPUTY) for party in everyone if party.kind == STATE and not _small(party))
    yield from ((party, OBSERVER) for party in everyone if party.kind == INTERGOVERNMENTAL)
    yield from ((party, MEMBER) for party in everyone if party.kind == CIVIL_SOCIETY)


def _small(state: Party) -> bool:
    """Whether a delegation is one person: island states, and the least developed of the landlocked."""
    return "SIDS" in state.groups or {"LDC", "LLDC"} <= set(state.groups)


@functools.cache
def _functions() -> dict[tuple[str, str], tuple[str, ...]]:
    """What people are, by kind of party and capacity."""
    texts: dict[tuple[str, str], list[str]] = {}
    source = resources.files("mufakat.story").joinpath("functions.csv")
    with source.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            texts.setdefault((row["kind"], row["capacity"]), []).append(row["function"])
    return {group: tuple(listed) for group, listed in texts.items()}
