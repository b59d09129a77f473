"""The invented demands: atomic asks in the voice of those who made them.

Each is written in its author's language and translated into English. The table itself is ``demands.csv``
beside this file.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib import resources
from typing import Final

EVERYWHERE: Final = "everywhere"
DIVIDES: Final = "divides"
UNHEARD: Final = "unheard"
MIXED: Final = "mixed"
PLANTED: Final = (EVERYWHERE, DIVIDES, UNHEARD, MIXED)

LAND_PAPERS: Final = "27"
"""The demand that everyone had thought divisive and that holds everywhere."""

SAME_ASK: Final = (("27", "31"), ("5", "41"), ("18", "46"), ("9", "50"))
"""Four pairs that ask the same thing, mostly in two languages; the story merges them later."""

SEVERAL_ASKS: Final = "59"
"""The one demand that asks several things at once; the story splits it later."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One invented demand.

    Attributes:
        demand: its number as text, unique, ``"1"`` to ``"60"``.
        theme: what it is about.
        language: language of ``text``: ``ar``, ``en``, ``es``, ``fr``, ``ru`` or ``zh``.
        text: the ask as it was made.
        english: its translation; the same as ``text`` where that is English.
        from_party: code of the party that asked; empty where the Chatham House rule hides it.
        said_at: where and when it was said, in English.
        planted: the outcome the votes are made to show, one of ``PLANTED``.
    """

    demand: str
    theme: str
    language: str
    text: str
    english: str
    from_party: str
    said_at: str
    planted: str


@functools.cache
def demands() -> tuple[Demand, ...]:
    """All 60 invented demands, in order of their numbers."""
    source = resources.files("mufakat.story").joinpath("demands.csv")
    with source.open(encoding="utf-8") as lines:
        return tuple(Demand(**row) for row in csv.DictReader(lines))
