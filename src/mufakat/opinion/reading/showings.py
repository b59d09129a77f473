"""The record of showings: `party,demand`, one row each time a demand was put before a party."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from mufakat.opinion.reading.careful import small_table
from mufakat.opinion.reading.result import Showings
from mufakat.opinion.reading.rows import Rejection, shown
from mufakat.opinion.votes import Votes


def read_showings(path: Path, votes: Votes) -> tuple[Showings, tuple[Rejection, ...]]:
    """Read what was shown to whom and count it against the parties and demands of the votes.

    Raises:
        InputError: the file cannot be read or lacks a column.
    """
    _, rows, rejections = small_table(path, needs=("party", "demand"))
    party_at = {name: i for i, name in enumerate(votes.parties)}
    demand_at = {name: i for i, name in enumerate(votes.demands)}
    pairs = []
    elsewhere = 0
    for row in rows:
        party, demand = row.values["party"], row.values["demand"]
        empty = "party" if not party else "demand" if not demand else ""
        if empty:
            rejections.append(Rejection(path.name, row.line, shown(party + demand), f"the {empty} is empty"))
        elif party in party_at and demand in demand_at:
            pairs.append((party_at[party], demand_at[demand]))
        else:
            elsewhere += 1
    at = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    counts = csr_array(
        (np.ones(len(at), dtype=np.int64), (at[:, 0], at[:, 1])),
        shape=(len(votes.parties), len(votes.demands)),
    )
    counts.sum_duplicates()
    counts.sort_indices()
    return (
        Showings(counts.indptr.astype(np.int64), counts.indices.astype(np.int32), counts.data, elsewhere),
        tuple(sorted(rejections, key=lambda rejection: rejection.row)),
    )
