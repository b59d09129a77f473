"""Measured: the whole study, from file to result. ``python -m bench.study VOTES PLANTED REPORT``."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.stages import Stages


def main(votes: str, planted: str, report: str) -> None:
    """Read and study; PLANTED is "PARTIES,SEED" of the recipe, to compare the groups found with, or "-"."""
    stages = Stages()
    without_pandas()
    with stages.stage("import"):
        from mufakat.opinion.reading import read_votes
        from mufakat.opinion.study import study
    with stages.stage("read"):
        reading = read_votes(votes)
    with stages.stage("study"):
        result = study(reading)
    stages.found = {
        "votes": len(reading.votes),
        "superseded": reading.rows.superseded,
        "parties": len(reading.votes.parties),
        "demands": len(reading.votes.demands),
        "groups": result.groups.k,
    }
    if planted != "-":
        import numpy as np

        from bench.recovery import adjusted_rand_index
        from bench.synthetic import Recipe, planted_groups

        parties, seed = map(int, planted.split(","))
        truth = planted_groups(Recipe(parties, 1, seed=seed))[np.array(result.parties.id, dtype=np.int64)]
        stages.found["rand"] = adjusted_rand_index(truth, np.asarray(result.parties.group))
    stages.write(Path(report))


def without_pandas() -> None:
    """Hide pandas from this process, as it is absent where Mufakat is installed without red-dwarf.

    pyarrow imports pandas wherever it finds it, which takes a second that is none of ours.
    """
    sys.modules["pandas"] = None  # type: ignore[assignment]


if __name__ == "__main__":
    main(*sys.argv[1:])
