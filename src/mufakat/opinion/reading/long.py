"""Long tables: one vote a row, `party, demand, vote[, time][, weight]`, in any order of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading.careful import Broken, Record, column_key, listed, ragged
from mufakat.opinion.reading.events import Events
from mufakat.opinion.reading.fast import Table
from mufakat.opinion.reading.ids import NOT_ASKED, REFUSED
from mufakat.opinion.reading.intake import Intake
from mufakat.opinion.reading.rows import Rejection, shown
from mufakat.opinion.reading.source import BLOCK, Progress
from mufakat.opinion.reading.values import (
    EMPTY_VOTE,
    WRONG_TIME,
    WRONG_VOTE,
    WRONG_WEIGHT,
    other_kind,
    time_of,
    vote_of,
    weight_of,
)

ROLES: Final = ("party", "demand", "vote", "time", "weight")
ALIASES: Final = {
    "party": ("party", "voter-id", "voter", "participant", "participant-id"),
    "demand": ("demand", "comment-id", "statement-id", "statement"),
    "vote": ("vote",),
    "time": ("time", "timestamp"),
    "weight": ("weight",),
}


def roles_in(names: Sequence[str]) -> dict[str, list[int]]:
    """Which columns could play each role, by their names."""
    keys = [column_key(name) for name in names]
    return {role: [i for i, key in enumerate(keys) if key in ALIASES[role]] for role in ROLES}


def columns_for(path: Path, names: Sequence[str]) -> dict[str, int]:
    """The column of each role; time and weight may be missing.

    Raises:
        InputError: a needed column is missing, or two columns claim one role.
    """
    found = {}
    for role, places in roles_in(names).items():
        if len(places) > 1:
            both = listed([names[i] for i in places])
            raise InputError(f"{path}, row 1: the columns {both} all mean the {role}; keep one of them")
        if places:
            found[role] = places[0]
        elif role in ROLES[:3]:
            others = " or ".join(repr(alias) for alias in ALIASES[role])
            raise InputError(
                f"{path}, row 1: no column for the {role}; it is called {others}. "
                f"The columns are {listed(list(names))}"
            )
    return found


def read_long(
    path: Path,
    events: Events,
    *,
    columns: Callable[[Path, Sequence[str]], dict[str, int]] = columns_for,
    careful: bool = False,
    block: int = BLOCK,
    progress: Progress | None = None,
) -> None:
    """Read the votes of a long CSV file into `events`.

    Args:
        columns: finds the index of the column of each role.

    Raises:
        InputError: see `Table` and `columns_for`.
    """
    table = Table(path, careful=careful, block=block, progress=progress)
    place = columns(path, table.names)
    roles = [role for role in ROLES if role in place]
    intake = Intake(events, as_texts=events.demands.resolve is not None)
    for part in table.parts([place[role] for role in roles], lambda columns: intake.prepared(roles, columns)):
        if isinstance(part, list):
            take_records(events, part, place, len(table.names))
        else:
            intake.take(part)


def take_records(
    events: Events, records: Iterable[Record | Broken], place: dict[str, int], width: int
) -> None:
    """Read rows one by one: what the vectorised `Intake` does, in plain words."""
    rows: list[tuple[int, int, int, int | float, float]] = []
    for record in records:
        row = _vote_in(events, record, place, width)
        if isinstance(row, Rejection):
            events.read += 1
            events.reject([row])
        elif row is not None:
            events.read += 1
            rows.append(row)
    if rows:
        party, demand, value, time, weight = zip(*rows, strict=True)
        whole = all(isinstance(t, int) for t in time)
        times = np.array(time, np.int64) if whole else np.array(time, np.float64)
        events.add(
            np.array(party, dtype=np.int32),
            np.array(demand, dtype=np.int32),
            np.array(value, dtype=np.int8),
            times if "time" in place else None,
            np.array(weight, dtype=np.float64) if "weight" in place else None,
        )


def _vote_in(
    events: Events, record: Record | Broken, place: dict[str, int], width: int
) -> tuple[int, int, int, int | float, float] | Rejection | None:
    """Party, demand, vote, time and weight; or why the row is rejected; or None where it is not asked for."""
    if isinstance(record, Broken):
        return Rejection(events.file, record.line, record.beginning, record.reason)
    if len(record.fields) != width:
        return ragged(events.file, record, width)
    text = {role: record.fields[i] for role, i in place.items()}

    def rejected(role: str, reason: str) -> Rejection:
        return Rejection(events.file, record.line, shown(text[role]), reason)

    party, demand = events.parties.code(text["party"]), events.demands.code(text["demand"])
    if demand == NOT_ASKED:
        return None
    if party == REFUSED:
        return rejected("party", events.parties.reason(text["party"]))
    if demand == REFUSED:
        return rejected("demand", events.demands.reason(text["demand"]))
    vote = vote_of(text["vote"])
    if vote is None:
        return rejected("vote", WRONG_VOTE if text["vote"].strip() else EMPTY_VOTE)
    time: int | float = 0
    if "time" in place:
        known = time_of(text["time"])
        if known is None:
            return rejected("time", WRONG_TIME)
        kind, time = known
        events.kind = events.kind or kind
        if kind != events.kind:
            return rejected("time", other_kind(events.kind))
    weight = weight_of(text["weight"]) if "weight" in place else 1.0
    return rejected("weight", WRONG_WEIGHT) if weight is None else (party, demand, vote, time, weight)
