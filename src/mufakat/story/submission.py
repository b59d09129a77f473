"""The invented submissions: what arrived, as it was received, before demands were drawn from it.

Each is written in its author's language and translated into English; every demand stands word for word in
exactly one of them. A few hold no demand: two wait on the secretariat's desk, two were moderated. The table
itself is ``submissions.csv`` beside this file.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib import resources
from typing import Final

FORM: Final = "form"
TEXT: Final = "text"
FILE: Final = "file"
MEETING: Final = "meeting"
CHANNELS: Final = (FORM, TEXT, FILE, MEETING)
"""Sent through the form; a call, a voice message or a letter that was typed up; a file; a meeting's notes."""

PUBLIC: Final = "public"
CHATHAM_HOUSE: Final = "chatham_house"
CONFIDENTIAL: Final = "confidential"
ATTRIBUTIONS: Final = (PUBLIC, CHATHAM_HOUSE, CONFIDENTIAL)
"""Who may know from whom it is: all; nobody, only that it was said in the round; the secretariat alone."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One invented submission.

    Attributes:
        submission: its number as text, in the order of arrival, ``"1"`` to ``"60"``.
        received: day on which it came, as in ``2025-03-12``.
        party: code of the party it is from; empty where the Chatham House rule hides it.
        channel: how it came, one of ``CHANNELS``.
        where: place or event, in English.
        language: language of ``text``, one of ``party.LANGUAGES``.
        attribution: one of ``ATTRIBUTIONS``.
        demands: numbers of the demands drawn from it, in their order; empty where there are none.
        moderated: why it is not shown, in one sentence; empty where it is.
        text: as it was received; holds the text of each of its demands.
        english: its translation; the same as ``text`` where that is English.
    """

    submission: str
    received: str
    party: str
    channel: str
    where: str
    language: str
    attribution: str
    demands: tuple[str, ...]
    moderated: str
    text: str
    english: str

    @property
    def waits(self) -> bool:
        """Whether the secretariat has still to draw demands from it."""
        return not self.demands and not self.moderated


@functools.cache
def submissions() -> tuple[Submission, ...]:
    """All 60 invented submissions, in the order in which they arrived."""
    source = resources.files("mufakat.story").joinpath("submissions.csv")
    with source.open(encoding="utf-8") as lines:
        return tuple(
            Submission(
                submission=row["submission"],
                received=row["received"],
                party=row["party"],
                channel=row["channel"],
                where=row["where"],
                language=row["language"],
                attribution=row["attribution"],
                demands=tuple(row["demands"].split(";")) if row["demands"] else (),
                moderated=row["moderated"],
                text=row["text"],
                english=row["english"],
            )
            for row in csv.DictReader(lines)
        )
