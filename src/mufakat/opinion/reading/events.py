"""Votes as they come in, from either reader, and what they amount to in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading.ids import Codes, Ids
from mufakat.opinion.reading.rows import Rejection, Rows
from mufakat.opinion.reading.values import RIGHT_VOTES, WHOLE, WRONG_VOTE, moment_of
from mufakat.opinion.votes import Votes, votes_from_events

MOST_REJECTIONS = 1_000_000
Times = NDArray[np.int64] | NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Cast:
    """What the events of a file amount to.

    Attributes:
        votes: the last vote of each party on each demand.
        rows: where the rows went.
        agreed, disagreed: shape (S,), int64; agreements and disagreements with each demand over all events,
            also those that a later vote superseded.
        time_range: when the first and the last event happened, where the times tell.
    """

    votes: Votes
    rows: Rows
    agreed: NDArray[np.int64]
    disagreed: NDArray[np.int64]
    time_range: tuple[datetime, datetime] | None


@dataclass
class Events:
    """Collects the events of one file, in file order.

    Attributes:
        file: name of the file, for rejections.
        parties, demands: the ids seen.
        read: rows (or cells) seen so far, those not asked for left out.
        rejections: rows that are no votes.
        kind: whether the times of this file are numbers or dates, once one is seen.
    """

    file: str
    parties: Ids = field(default_factory=lambda: Ids("party"))
    demands: Ids = field(default_factory=lambda: Ids("demand"))
    read: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    kind: str = ""
    _party: list[Codes] = field(default_factory=list)
    _demand: list[Codes] = field(default_factory=list)
    _value: list[NDArray[np.int8]] = field(default_factory=list)
    _time: list[Times] = field(default_factory=list)
    _weight: list[NDArray[np.float64]] = field(default_factory=list)

    def add(
        self,
        party: Codes,
        demand: Codes,
        value: NDArray[np.int8],
        time: Times | None = None,
        weight: NDArray[np.float64] | None = None,
    ) -> None:
        """Take events; all arrays have the same length and belong to this object from now on."""
        self._party.append(party)
        self._demand.append(demand)
        self._value.append(value)
        if time is not None:
            self._time.append(time)
        if weight is not None:
            self._weight.append(weight)

    def reject(self, rejections: Iterable[Rejection]) -> None:
        """Note rows that are no votes.

        Raises:
            InputError: so many that something must be wrong with the file as a whole.
        """
        self.rejections.extend(rejections)
        if len(self.rejections) > MOST_REJECTIONS:
            first = self.rejections[0]
            raise InputError(
                f"{self.file}: more than {MOST_REJECTIONS} rows are no votes; the first is row {first.row}, "
                f"{first.value!r}: {first.reason}"
            )

    def cast(self, *, also: Sequence[str] = (), progress: Callable[[float, str], None] | None = None) -> Cast:
        """Keep the last vote of each party on each demand. The events are used up.

        Args:
            also: ids of demands that belong to the consultation even if nobody voted on them.
            progress: told that the votes are being sorted.

        Raises:
            InputError: there is no vote at all, or the votes look like another scale.
        """
        self._refuse_other_scales()
        accepted = sum(map(len, self._value))
        if not accepted:
            why = "; a header alone is no consultation"
            if self.rejections:
                first = self.rejections[0]
                why = f"; the first is row {first.row}, {first.value!r}: {first.reason}"
            raise InputError(f"{self.file}: holds no votes in {self.read} rows{why}")
        if progress is not None:
            progress(1.0, "sorting the votes")
        time, time_range = self._times()
        parties = self.parties.compact(self._party)
        demands = self.demands.compact(self._demand, also)
        agreed = self._count(1, len(demands))
        disagreed = self._count(-1, len(demands))
        party, demand, value = _joined(self._party), _joined(self._demand), _joined(self._value)
        weight = _joined(self._weight) if self._weight else None
        votes, superseded = votes_from_events(
            parties=parties,
            demands=demands,
            party=party,
            demand=demand,
            value=value,
            time=time,
            weight=weight,
        )
        return Cast(
            votes=votes,
            rows=Rows(self.read, len(votes), superseded, len(self.rejections)),
            agreed=_in_order(agreed, demands, votes.demands),
            disagreed=_in_order(disagreed, demands, votes.demands),
            time_range=time_range,
        )

    def _count(self, vote: int, demands: int) -> NDArray[np.int64]:
        """How often each demand was voted on like this; a chunk at a time, to stay small."""
        counts = np.zeros(demands, dtype=np.int64)
        for demand, value in zip(self._demand, self._value, strict=True):
            counts += np.bincount(demand[value == vote], minlength=demands)
        return counts

    def _times(self) -> tuple[Times | None, tuple[datetime, datetime] | None]:
        """The times where they are needed (not already in order), and when it began and ended."""
        if not self._time:
            return None, None
        first, last = min(t.min() for t in self._time if len(t)), max(t.max() for t in self._time if len(t))
        began, ended = moment_of(self.kind, first.item()), moment_of(self.kind, last.item())
        ordered, before = True, first
        for time in self._time:
            if len(time):
                ordered = ordered and bool(before <= time[0]) and not (time[1:] < time[:-1]).any()
                before = time[-1]
        times = None if ordered else _joined(self._time)
        self._time.clear()
        pa.default_memory_pool().release_unused()  # where the times were; sorting needs the room
        return times, (began, ended) if began and ended else None

    def _refuse_other_scales(self) -> None:
        """A few wrong numbers are slips; many are another way to code votes."""
        numbers = [r for r in self.rejections if r.reason == WRONG_VOTE and WHOLE.fullmatch(r.value.strip())]
        if len(numbers) >= 3 and 10 * len(numbers) > self.read:
            seen = sorted({int(r.value) for r in numbers})
            raise InputError(
                f"{self.file}, row {numbers[0].row}: vote {numbers[0].value!r}, and {len(numbers)} of "
                f"{self.read} votes are numbers from {seen[0]} to {seen[-1]} other than -1, 0 and 1; this "
                f"looks like another scale. Code votes as {RIGHT_VOTES}"
            )


def _joined(chunks: list[Any]) -> Any:
    """One array of all chunks, which are let go of."""
    joined = np.concatenate(chunks)
    chunks.clear()
    return joined


def _in_order(counts: NDArray[np.int64], ids: Sequence[str], order: Sequence[str]) -> NDArray[np.int64]:
    place = {name: i for i, name in enumerate(ids)}
    return counts[[place[name] for name in order]]
