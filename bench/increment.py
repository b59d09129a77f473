"""Measured: new votes on a map that is there. ``python -m bench.increment VOTES NEW REPORT``.

The votes are read, summed and drawn once; then NEW votes come in, and the map after them is drawn from what
is there. To check it, the file with the new votes at its end is read from its beginning, summed and drawn
anew.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bench.stages import Stages
from bench.study import without_pandas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mufakat.opinion.increment import VoteEvent

NEWCOMERS = 0.1  # share of the new votes that parties cast who never voted before


def main(votes_file: str, new: str, report: str) -> None:
    """Draw a map, add the new votes to it, and compare with everything computed anew."""
    stages = Stages()
    without_pandas()
    with stages.stage("import"):
        from bench.sameness import compare
        from mufakat.opinion.increment import with_events
        from mufakat.opinion.map import opinion_map
        from mufakat.opinion.moments import moments_of
        from mufakat.opinion.reading import read_votes
    with stages.stage("first map"):
        votes = read_votes(votes_file).votes
        moments = moments_of(votes)
        before = opinion_map(votes, moments)
    events = new_votes(votes.parties, votes.demands, int(new))
    with stages.stage("add"):
        later, sums, superseded = with_events(votes, moments, events)
    with stages.stage("draw"):
        drawn = opinion_map(later, sums, choice=before.choice)
    del votes, later
    with stages.stage("anew"), tempfile.TemporaryDirectory(dir=Path(votes_file).parent) as folder:
        whole = Path(folder, "votes.csv")
        shutil.copyfile(votes_file, whole)
        append(whole, events)
        everything = read_votes(whole).votes
        summed = moments_of(everything)
        redrawn = opinion_map(everything, summed, choice=before.choice)
    sameness = compare((sums, drawn), (summed, redrawn))
    with stages.stage("choose anew"):
        chosen = opinion_map(everything, summed)
    stages.found = {
        "new": len(events),
        "superseded": superseded,
        "votes": len(everything),
        **asdict(sameness),
        "holds": sameness.holds,
        "groups": before.choice.k,
        "groups_chosen_anew": chosen.choice.k,
    }
    stages.write(Path(report))


def new_votes(
    parties: Sequence[str], demands: Sequence[str], count: int, *, seed: int = 7
) -> list[VoteEvent]:
    """Invent votes that come later: by parties that are there and by newcomers, some on what they voted on.

    Ids are numbers here, as `bench.synthetic` gives them; newcomers are numbered on from the largest.
    """
    import numpy as np

    from mufakat.opinion.increment import VoteEvent

    rng = np.random.default_rng(seed)
    votes_each = 4
    newcomers = [str(int(parties[-1]) + 1 + i) for i in range(max(1, round(count * NEWCOMERS / votes_each)))]
    events = []
    for _ in range(count):
        voting = newcomers if rng.random() < NEWCOMERS else parties
        party, demand = voting[int(rng.integers(len(voting)))], demands[int(rng.integers(len(demands)))]
        events.append(VoteEvent(party=party, demand=demand, value=int(rng.integers(-1, 2))))
    return events


def append(path: Path, events: Sequence[VoteEvent]) -> None:
    """Write the new votes at the end of an event log, one second apart."""
    from bench.synthetic import FIRST_TIME

    with path.open("rb") as log:
        rows = sum(chunk.count(b"\n") for chunk in iter(lambda: log.read(2**20), b"")) - 1
    with path.open("a", encoding="utf-8") as log:
        log.writelines(
            f"{FIRST_TIME + rows + i},{event.demand},{event.party},{event.value}\n"
            for i, event in enumerate(events)
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
