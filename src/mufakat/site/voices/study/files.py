"""Votes in files, event by event: what the library's readers find, without leaving out what was replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import formats
from mufakat.opinion.reading.careful import small_table
from mufakat.opinion.reading.events import Events, Times
from mufakat.opinion.reading.ids import Codes
from mufakat.opinion.reading.long import read_long
from mufakat.opinion.reading.read import read_votes
from mufakat.opinion.reading.result import Reading
from mufakat.opinion.reading.source import Progress
from mufakat.opinion.reading.values import moment_of
from mufakat.opinion.votes import canonical_order


@dataclass
class Kept(Events):
    """Events that are kept as they came."""

    _kept: list[tuple[Codes, Codes, NDArray[np.int8], Times | None]] = field(default_factory=list)

    def add(
        self,
        party: Codes,
        demand: Codes,
        value: NDArray[np.int8],
        time: Times | None = None,
        weight: NDArray[np.float64] | None = None,
    ) -> None:
        """Take events."""
        if weight is not None:
            raise InputError(
                f"{self.file}: votes with weights cannot be brought in: here every vote counts once"
            )
        self._kept.append((party, demand, value, time))

    def rows(self) -> list[tuple[str, str, int, datetime | None]]:
        """Party, demand, vote and time of every event, in the order in which the votes follow each other."""
        if not self._kept:
            return []
        parties = self.parties.compact([chunk[0] for chunk in self._kept])
        demands = self.demands.compact([chunk[1] for chunk in self._kept])
        party, demand, value = (np.concatenate([chunk[i] for chunk in self._kept]) for i in range(3))
        times = [chunk[3] for chunk in self._kept if chunk[3] is not None]
        order = np.arange(len(value))
        moments: list[datetime | None] = [None] * len(value)
        if times:
            time = np.concatenate(times)
            order = np.argsort(time, kind="stable")
            moments = [moment_of(self.kind, at) for at in time.tolist()]
        return [(parties[party[i]], demands[demand[i]], int(value[i]), moments[i]) for i in order.tolist()]


@dataclass(frozen=True, eq=False)
class VoteFile:
    """What a file or folder of votes holds.

    Attributes:
        reading: as the library reads it: the votes in the end, the demands, what was rejected.
        events: party, demand, vote and time of every event, the later ones later.
        demands: ids of all demands, in their order. authors: who wrote a demand, by its id, where it says so.
    """

    name: str
    reading: Reading
    events: list[tuple[str, str, int, datetime | None]]
    demands: list[str]
    authors: Mapping[str, str]


def read_file(path: Path, *, progress: Progress | None = None) -> VoteFile:
    """Read an export of Polis, or a long table of votes with what stands beside it.

    Raises:
        InputError: it cannot be read as votes, or is of another form.
    """
    found = formats.find(path)
    if found.format not in (formats.POLIS, formats.LONG) or found.parquet or formats.is_matrix(found):
        raise InputError(
            f"{path}: only a log of votes can be brought in, an export of Polis with its votes.csv or a long"
            f" table in CSV, and this is {found.format}"
        )
    reading = read_votes(path, progress=progress)
    events = Kept(found.votes.name)
    read_long(found.votes, events)
    demands = list(reading.votes.demands)
    return VoteFile(
        name=path.name,
        reading=reading,
        events=events.rows(),
        demands=[demands[i] for i in canonical_order(demands)],
        authors=_authors(found),
    )


def _authors(found: formats.Found) -> dict[str, str]:
    path = found.companion("comments") if found.format == formats.POLIS else None
    if path is None:
        return {}
    _names, rows, _rejections = small_table(path, needs=("comment-id",))
    return {row.values["comment-id"]: author for row in rows if (author := row.values.get("author-id", ""))}
