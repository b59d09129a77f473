"""The invented consultation as files, the way a facilitator would hand it to an analyst."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from mufakat.story.demand import demands
from mufakat.story.party import parties
from mufakat.story.voting import votes

README: Final = """\
A Southern compact for peace and development
============================================

Everything in this folder is invented: every party, every person, every place and every vote. Parties are
placed in real regions and kinds of body so that the example looks like a consultation, but none of them
exists, and none stands for a real state or organisation.

votes.csv     one row a vote as it came in: party, demand, vote (1 agree, 0 pass, -1 disagree),
              time (seconds since 1970-01-01 00:00 UTC). A later vote on the same demand replaces the earlier.
parties.csv   who may vote: party, name, kind, region, language, groups (separated by semicolons)
demands.csv   what is asked: demand, text, language, english, theme

Read it with:  mufakat opinion study THIS_FOLDER
"""


def write(folder: str | Path, *, seed: int = 2019) -> Path:
    """Write the consultation to ``folder``, which is made if it is missing, and return its path.

    Writes ``votes.csv``, ``parties.csv``, ``demands.csv`` (all UTF-8) and ``README.txt``; files of these
    names that are already there are replaced. The same seed gives the same bytes.

    Raises:
        TypeError: if ``seed`` is not an integer.
        ValueError: if ``seed`` is negative.
        OSError: if the folder cannot be made or written to.
    """
    events = votes(seed=seed)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    _table(
        place / "votes.csv",
        ("party", "demand", "vote", "time"),
        ((event.party, event.demand, event.vote, event.time) for event in events),
    )
    _table(
        place / "parties.csv",
        ("party", "name", "kind", "region", "language", "groups"),
        (
            (party.party, party.name, party.kind, party.region, party.language, ";".join(party.groups))
            for party in parties()
        ),
    )
    _table(
        place / "demands.csv",
        ("demand", "text", "language", "english", "theme"),
        ((ask.demand, ask.text, ask.language, ask.english, ask.theme) for ask in demands()),
    )
    (place / "README.txt").write_text(README, encoding="utf-8", newline="\n")
    return place


def _table(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
