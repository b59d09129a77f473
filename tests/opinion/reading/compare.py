"""What the tests of reading share: to write a file, and to look at a reading as plain values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mufakat.opinion.reading import Reading
from mufakat.opinion.votes import Votes


def written(folder: Path, content: str | bytes, name: str = "votes.csv") -> Path:
    """Write a file, text as UTF-8 with line ends as they are."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def cells(votes: Votes) -> dict[tuple[str, str], int]:
    """Each vote by party and demand."""
    return {
        (party, votes.demands[votes.demand[i]]): int(votes.value[i])
        for p, party in enumerate(votes.parties)
        for i in range(votes.start[p], votes.start[p + 1])
    }


def plain(reading: Reading) -> dict[str, Any]:
    """Everything a reading says, in values that compare."""
    votes = reading.votes
    return {
        "parties": list(votes.parties),
        "demands": list(votes.demands),
        "start": votes.start.tolist(),
        "demand": votes.demand.tolist(),
        "value": votes.value.tolist(),
        "weight": None if votes.weight is None else votes.weight.tolist(),
        "rows": reading.rows,
        "rejections": reading.rejections,
        "event_agree": reading.event_agree.tolist(),
        "event_disagree": reading.event_disagree.tolist(),
        "time_range": reading.time_range,
        "title": reading.title,
        "texts": dict(reading.texts),
    }
