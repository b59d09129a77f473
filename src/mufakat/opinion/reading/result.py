"""What reading a consultation gives: its votes, what became of each row, and what is known of the demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.constituencies import Constituencies
from mufakat.opinion.reading.rows import Rejection, Rows
from mufakat.opinion.votes import Votes


@dataclass(frozen=True, eq=False)
class Showings:
    """Which demands were shown to which party, answered or not, in sparse rows aligned with the votes.

    Attributes:
        start: shape (P + 1,), int64; the showings to party p are at `start[p]:start[p + 1]`.
        demand: shape (m,), int32; index of the demand shown, ascending within a party.
        times: shape (m,), int64, at least 1; how often it was shown.
        elsewhere: showings to parties that cast no vote, or of demands that nobody knows.
    """

    start: NDArray[np.int64]
    demand: NDArray[np.int32]
    times: NDArray[np.int64]
    elsewhere: int = 0


@dataclass(frozen=True, eq=False)
class Reading:
    """A consultation as its files tell it.

    Attributes:
        votes: the last vote of each party on each demand.
        rows: where the rows of the votes file went.
        rejections: rows that were not taken, of the votes file first, then of the tables beside it.
        title: what the consultation is called; empty where the files do not say.
        texts: the wording of a demand, by id; demands without one are left out.
        languages: the language of a demand's wording as a BCP 47 tag, by id; may be empty.
        hidden: demands that moderators took out; their votes are here all the same.
        showings: what was shown to whom, or None where that was not recorded.
        event_agree, event_disagree: shape (S,), int64; agreements and disagreements with each demand over
            all vote events, also those that a later vote superseded.
        constituencies: the parties table found beside the votes, or None.
        time_range: when the first and the last vote were cast, or None where the file does not tell.
        format: what the files were read as: polis, long, wide or rollcalls.
    """

    votes: Votes
    rows: Rows
    rejections: tuple[Rejection, ...]
    title: str
    texts: Mapping[str, str]
    event_agree: NDArray[np.int64]
    event_disagree: NDArray[np.int64]
    format: str
    languages: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    showings: Showings | None = None
    constituencies: Constituencies | None = None
    time_range: tuple[datetime, datetime] | None = None


@dataclass(frozen=True)
class Demands:
    """What a table of demands says.

    Attributes:
        ids: every demand it lists, in its order.
        texts, languages: by id.
        hidden: those that moderators took out.
        rejections: rows that could not be used.
    """

    ids: Sequence[str] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    rejections: tuple[Rejection, ...] = ()
