"""Wide tables: one row a party, one column a demand, empty where the party did not vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading.careful import Broken, Record, ragged
from mufakat.opinion.reading.convert import coded
from mufakat.opinion.reading.events import Events
from mufakat.opinion.reading.fast import Columns, Table
from mufakat.opinion.reading.ids import REFUSED
from mufakat.opinion.reading.intake import NO_VOTE
from mufakat.opinion.reading.rows import Rejection, shown
from mufakat.opinion.reading.source import BLOCK, Progress
from mufakat.opinion.reading.values import WRONG_VOTE, vote_of

# Polis puts these before the statements in participants-votes.csv; not every export has them all.
ABOUT_PARTICIPANTS = ("participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
NOTHING = 8  # an empty cell


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of some rows.

    Attributes:
        first_line: line of the first row.
        parties: the text of the first column.
        values: shape (rows, demands); -1, 0, 1, `NOTHING` or `NO_VOTE`.
        texts: the demand columns as texts, to show what was wrong.
    """

    first_line: int
    parties: Sequence[str]
    values: NDArray[np.int8]
    texts: Sequence[pa.StringArray]


def read_wide(
    path: Path,
    events: Events,
    *,
    careful: bool = False,
    block: int = BLOCK,
    progress: Progress | None = None,
) -> list[str]:
    """Read the votes of a wide CSV file into `events`; `events.read` counts cells that are not empty.

    A row that cannot be split, or that names no party, is one rejection and counts as one.

    Returns:
        The ids of the demands, as the header lists them.

    Raises:
        InputError: the file cannot be read or has no columns of demands.
    """
    table = Table(path, careful=careful, block=block, progress=progress)
    columns = demand_columns(path, table.names)
    demands = [table.names[i] for i in columns]
    codes = np.array([events.demands.code(demand) for demand in demands], dtype=np.int32)
    for part in table.parts([0, *columns], cells_of):
        if isinstance(part, list):
            _take_records(events, part, columns, codes, len(table.names))
        else:
            _take_cells(events, part, codes)
    return demands


def demand_columns(path: Path, names: Sequence[str]) -> list[int]:
    """Which columns are demands: all but the first, and but what Polis says about participants.

    Raises:
        InputError: there is none, or one has no name.
    """
    first = 1
    if names[0] == ABOUT_PARTICIPANTS[0]:
        while first < len(names) and names[first] in ABOUT_PARTICIPANTS:
            first += 1
    columns = list(range(first, len(names)))
    if not columns:
        raise InputError(
            f"{path}, row 1: one column, {shown(names[0])!r}, and no demands; a wide table has the party "
            "first and then one column for each demand"
        )
    for i in columns:
        if not names[i]:
            raise InputError(f"{path}, row 1: column {i + 1} has no name; it should be the id of a demand")
    return columns


def cells_of(columns: Columns) -> Cells:
    """Convert the cells of all demand columns at once."""
    party, *texts = columns.texts
    rows = len(party)
    cells = coded(pa.concat_arrays(texts), numbers=False)
    meaning = [NOTHING if not text.strip() else vote_of(text) for text in cells.texts]
    value = np.array([NO_VOTE if vote is None else vote for vote in meaning], dtype=np.int8)
    values = np.ascontiguousarray(value[cells.codes].reshape(len(texts), rows).T)
    return Cells(columns.first_line, party.to_pylist(), values, texts)


def _take_cells(events: Events, part: Cells, demands: NDArray[np.int32]) -> None:
    parties = np.array([events.parties.code(name) for name in part.parties], dtype=np.int32)
    nameless = parties == REFUSED
    row, column = np.nonzero((part.values < NOTHING) & ~nameless[:, None])
    events.add(parties[row], demands[column], part.values[row, column])
    wrong = np.argwhere((part.values == NO_VOTE) & ~nameless[:, None])
    events.read += len(row) + len(wrong) + int(nameless.sum())
    rejections = [
        Rejection(events.file, part.first_line + i, shown(part.texts[j][i].as_py()), WRONG_VOTE)
        for i, j in wrong.tolist()
    ]
    for i in np.flatnonzero(nameless).tolist():
        name = part.parties[i]
        rejections.append(
            Rejection(events.file, part.first_line + i, shown(name), events.parties.reason(name))
        )
    events.reject(sorted(rejections, key=lambda rejection: rejection.row))


def _take_records(
    events: Events,
    records: Sequence[Record | Broken],
    columns: Sequence[int],
    demands: NDArray[np.int32],
    width: int,
) -> None:
    """Read rows one by one: what `cells_of` and `_take_cells` do, in plain words."""
    party: list[int] = []
    demand: list[int] = []
    value: list[int] = []
    for record in records:
        if isinstance(record, Broken):
            rejections = [Rejection(events.file, record.line, record.beginning, record.reason)]
        elif len(record.fields) != width:
            rejections = [ragged(events.file, record, width)]
        else:
            name = record.fields[0]
            code = events.parties.code(name)
            if code == REFUSED:
                reason = events.parties.reason(name)
                rejections = [Rejection(events.file, record.line, shown(name), reason)]
            else:
                rejections = []
                for i, demand_code in zip(columns, demands.tolist(), strict=True):
                    text = record.fields[i]
                    vote = vote_of(text)
                    if vote is not None:
                        party.append(code)
                        demand.append(demand_code)
                        value.append(vote)
                        events.read += 1
                    elif text.strip():
                        rejections.append(Rejection(events.file, record.line, shown(text), WRONG_VOTE))
        events.read += len(rejections)
        events.reject(rejections)
    events.add(
        np.array(party, dtype=np.int32), np.array(demand, dtype=np.int32), np.array(value, dtype=np.int8)
    )
