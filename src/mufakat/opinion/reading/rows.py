"""What became of each row: kept, superseded by a later one, or rejected and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SHOWN = 80  # characters of a value that a message repeats


@dataclass(frozen=True)
class Rejection:
    """A row, or a cell of a wide table, that was not taken as a vote.

    Attributes:
        file: name of the file.
        row: line of the file on which the row begins, the header being 1; in Parquet the row, from 1.
        value: the value that was wrong, or the beginning of the line where no single value is.
        reason: what is wrong with it and what would be right.
    """

    file: str
    row: int
    value: str
    reason: str


@dataclass(frozen=True)
class Rows:
    """Where the rows went; `read == kept + superseded + rejected` always.

    Attributes:
        read: rows of a long table, or cells that are not empty of a wide one.
        kept: votes that count.
        superseded: votes that a later vote of the same party on the same demand replaced.
        rejected: rows that are no votes.
    """

    read: int
    kept: int
    superseded: int
    rejected: int

    def __post_init__(self) -> None:
        if self.read != self.kept + self.superseded + self.rejected:
            raise AssertionError(
                f"{self.read} rows read are not {self.kept} kept + {self.superseded} superseded "
                f"+ {self.rejected} rejected"
            )


def write_rejections(path: str | Path, rejections: Iterable[Rejection]) -> None:
    """Write the rejected rows as a CSV file: `file,row,value,reason`."""
    with Path(path).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["file", "row", "value", "reason"])
        writer.writerows([r.file, r.row, r.value, r.reason] for r in rejections)


def shown(value: str | bytes) -> str:
    """A value as a message repeats it: cut to a readable length, with control characters made visible."""
    text = value[: 4 * SHOWN].decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value
    text = text[:SHOWN] + ("…" if len(text) > SHOWN else "")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
