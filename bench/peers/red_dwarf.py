"""Measured: red-dwarf's Polis pipeline. ``python -m bench.peers.red_dwarf VOTES PLANTED REPORT``.

Called as its docstring says, with a list of votes. Where there is a choice it is made in the peer's favour:
the file is read by pandas, because its own loader reads no CSV file from disk and checks every vote by
itself; the time of each vote, which the pipeline does not use here, is left out of the list.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.stages import Stages

NAMES = {"voter-id": "participant_id", "comment-id": "statement_id"}


def main(votes: str, planted: str, report: str) -> None:
    """Load the votes and run the pipeline; PLANTED as in `bench.study`."""
    stages = Stages()
    with stages.stage("import"):
        import pandas as pd  # type: ignore[import-untyped]
        from reddwarf.implementations.polis import run_pipeline
    with stages.stage("read"):
        rows = pd.read_csv(votes, usecols=[*NAMES, "vote"]).rename(columns=NAMES).to_dict("records")
    with stages.stage("study"):
        result = run_pipeline(votes=rows, random_state=0)
    found = result.participants_df["cluster_id"].dropna().astype(int)
    stages.found = {"votes": len(rows), "groups": int(found.nunique())}
    if planted != "-":
        from bench.recovery import adjusted_rand_index
        from bench.synthetic import Recipe, planted_groups

        parties, seed = map(int, planted.split(","))
        truth = planted_groups(Recipe(parties, 1, seed=seed))[found.index.to_numpy()]
        stages.found["rand"] = adjusted_rand_index(truth, found.to_numpy())
    stages.write(Path(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
