"""The tables that say what the demands are: Polis's `comments.csv`, and `demands.csv`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mufakat.opinion.reading.careful import Row, small_table
from mufakat.opinion.reading.result import Demands
from mufakat.opinion.reading.rows import Rejection, shown

TAKEN_OUT: Final = "-1"


def read_demands(path: Path, *, key: str = "demand", text: str = "text") -> Demands:
    """Read the demands of a consultation.

    Args:
        key, text: the columns that hold the id and the wording; `language` and `moderated` are used if there.

    Raises:
        InputError: the file cannot be read, or has no such columns.
    """
    _, rows, rejections = small_table(path, needs=(key, text))
    found: dict[str, Row] = {}
    for row in rows:
        demand = row.values[key]
        if not demand:
            rejections.append(Rejection(path.name, row.line, demand, "the demand is empty"))
        elif demand in found:
            reason = f"the demand stands in row {found[demand].line} already; the first is kept"
            rejections.append(Rejection(path.name, row.line, shown(demand), reason))
        else:
            found[demand] = row
    return Demands(
        ids=tuple(found),
        texts={demand: row.values[text] for demand, row in found.items() if row.values[text]},
        languages={d: row.values["language"] for d, row in found.items() if row.values.get("language")},
        hidden=frozenset(d for d, row in found.items() if row.values.get("moderated") == TAKEN_OUT),
        rejections=tuple(sorted(rejections, key=lambda rejection: rejection.row)),
    )


def read_comments(path: Path) -> Demands:
    """Read Polis's `comments.csv`."""
    return read_demands(path, key="comment-id", text="comment-body")
