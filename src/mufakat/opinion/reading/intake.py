"""Takes in whole columns of a long table at once; means exactly what reading its rows one by one means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.reading.convert import Coded, coded
from mufakat.opinion.reading.events import Events, Times
from mufakat.opinion.reading.fast import Columns
from mufakat.opinion.reading.ids import NOT_ASKED, NUMBERS, REFUSED, Codes, Ids
from mufakat.opinion.reading.rows import Rejection, shown
from mufakat.opinion.reading.values import (
    DATE,
    EMPTY_VOTE,
    NUMBER,
    WRONG_TIME,
    WRONG_VOTE,
    WRONG_WEIGHT,
    other_kind,
    time_of,
    vote_of,
    weight_of,
)

NO_VOTE: Final = 9
KINDS: Final = {"": 0, NUMBER: 1, DATE: 2}

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Prepared:
    """The columns of some rows, by role, ready to be taken in."""

    first_line: int
    length: int
    columns: dict[str, Coded]


@dataclass
class Fault:
    """Rows in which one column is wrong."""

    role: str
    rows: Mask
    reason: Callable[[str], str]


class Intake:
    """Takes prepared columns into `events`, in file order.

    Args:
        as_texts: whether the ids of demands need to be looked at as texts, numbers or not.
    """

    def __init__(self, events: Events, *, as_texts: bool = False) -> None:
        self.events = events
        self.as_texts = as_texts

    def prepared(self, roles: Sequence[str], columns: Columns) -> Prepared:
        """Convert the columns; safe to call from several threads."""
        found = {}
        for role, text in zip(roles, columns.texts, strict=True):
            column = coded(
                text, numbers=role in ("party", "time") or (role == "demand" and not self.as_texts)
            )
            if role in ("party", "demand") and column.numbers is not None:
                small = not len(column.numbers) or column.numbers.max() < NUMBERS
                column = (
                    Coded(None, column.numbers.astype(np.int32), []) if small else coded(text, numbers=False)
                )
            found[role] = column
        return Prepared(columns.first_line, len(columns.texts[0]), found)

    def take(self, part: Prepared) -> None:
        """Add the votes of these rows, and reject those that are none."""
        events, faults = self.events, list[Fault]()
        party = self._ids(events.parties, "party", part, faults)
        demand = self._ids(events.demands, "demand", part, faults)
        value = self._votes(part, faults)
        asked = demand != NOT_ASKED if self.as_texts else None
        time = self._times(part, faults, asked)
        weight = self._weights(part, faults)
        if not faults and asked is None:
            events.read += part.length
            events.add(party, demand, value, time, weight)
            return
        keep = _without(faults, asked, part.length)
        events.read += part.length if asked is None else int(asked.sum())
        events.add(
            party[keep],
            demand[keep],
            value[keep],
            None if time is None else time[keep],
            None if weight is None else weight[keep],
        )
        self._reject(part, faults, asked)

    def _ids(self, ids: Ids, role: str, part: Prepared, faults: list[Fault]) -> Codes:
        column = part.columns[role]
        if not column.texts:
            return column.codes
        code = np.array([ids.code(text) for text in column.texts], dtype=np.int32)
        codes: Codes = code[column.codes]
        if (code == REFUSED).any():
            faults.append(Fault(role, codes == REFUSED, ids.reason))
        return codes

    def _votes(self, part: Prepared, faults: list[Fault]) -> NDArray[np.int8]:
        column = part.columns["vote"]
        found = [vote_of(text) for text in column.texts]
        meaning = np.array([NO_VOTE if vote is None else vote for vote in found], dtype=np.int8)
        value: NDArray[np.int8] = meaning[column.codes]
        if None in found:
            faults.append(
                Fault("vote", value == NO_VOTE, lambda text: WRONG_VOTE if text.strip() else EMPTY_VOTE)
            )
        return value

    def _times(self, part: Prepared, faults: list[Fault], asked: Mask | None) -> Times | None:
        column = part.columns.get("time")
        if column is None:
            return None
        time: Times
        if column.numbers is not None and self.events.kind == NUMBER:
            return column.numbers
        if column.numbers is not None:
            kinds, time = np.full(part.length, KINDS[NUMBER], dtype=np.int8), column.numbers
        else:
            known = [time_of(text) for text in column.texts]
            values = [0 if moment is None else moment[1] for moment in known]
            whole = all(isinstance(value, int) for value in values)
            time = (np.array(values, np.int64) if whole else np.array(values, np.float64))[column.codes]
            kinds = np.array([KINDS[m[0] if m else ""] for m in known], dtype=np.int8)[column.codes]
        if not self.events.kind:
            kinds_of_votes = kinds[_without(faults, asked, part.length) & (kinds > 0)]
            if len(kinds_of_votes):
                self.events.kind = NUMBER if kinds_of_votes[0] == KINDS[NUMBER] else DATE
        wrong = kinds != KINDS[self.events.kind]
        unreadable = kinds == 0
        if unreadable.any():
            faults.append(Fault("time", unreadable, lambda _: WRONG_TIME))
        if (wrong & ~unreadable).any():
            kind = self.events.kind
            faults.append(Fault("time", wrong & ~unreadable, lambda _: other_kind(kind)))
        return time

    def _weights(self, part: Prepared, faults: list[Fault]) -> NDArray[np.float64] | None:
        column = part.columns.get("weight")
        if column is None:
            return None
        found = [weight_of(text) for text in column.texts]
        weight: NDArray[np.float64] = np.array([np.nan if w is None else w for w in found])[column.codes]
        if None in found:
            faults.append(Fault("weight", np.isnan(weight), lambda _: WRONG_WEIGHT))
        return weight

    def _reject(self, part: Prepared, faults: list[Fault], asked: Mask | None) -> None:
        """Name the first fault of each row, in order of rows."""
        first = np.full(part.length, -1, dtype=np.int8)
        for i, fault in reversed(list(enumerate(faults))):
            first[fault.rows] = i
        if asked is not None:
            first[~asked] = -1
        rejections = []
        for row in np.flatnonzero(first >= 0).tolist():
            fault = faults[first[row]]
            column = part.columns[fault.role]
            text = column.texts[column.codes[row]] if column.numbers is None else str(column.numbers[row])
            rejections.append(
                Rejection(self.events.file, part.first_line + row, shown(text), fault.reason(text))
            )
        self.events.reject(rejections)


def _without(faults: list[Fault], asked: Mask | None, length: int) -> Mask:
    """The rows that are asked for and have no fault."""
    good = np.ones(length, dtype=bool) if asked is None else asked.copy()
    for fault in faults:
        good &= ~fault.rows
    return good
