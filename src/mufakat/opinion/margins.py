"""How often each answer is given to each demand: what chance would make of a vote."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.votes import Floats, Ints, Votes

ANSWERS = 3
BLOCK_VOTES = 2**22


def answer_codes(votes: Votes, first: int, last: int) -> NDArray[np.int64]:
    """Demand and answer in one number, 3 demand + vote + 1, of the votes from `first` to `last - 1`."""
    codes = votes.demand[first:last].astype(np.int64)
    codes *= ANSWERS
    codes += votes.value[first:last]
    codes += 1
    return codes


def answer_rates(
    votes: Votes, group: Ints | None = None, *, groups: int = 1, weight: Floats | None = None
) -> Floats:
    """The share of each answer to each demand, in each group; never 0, never 1.

    Half a vote is added to each answer of all parties together, and each group is drawn towards that by two
    votes, so that few votes claim little.

    Args:
        votes: P parties on S demands.
        group: shape (P,); the group of each party, 0 to groups - 1; all are in one where it is left out.
        groups: how many groups there are.
        weight: shape (P,); what a party counts, 1 by default.

    Returns:
        Shape (groups, S, 3); shares of disagree, pass and agree, which sum to 1.
    """
    demands = len(votes.demands)
    counts = np.zeros(groups * demands * ANSWERS)
    for first, last in pairwise(_blocks(votes).tolist()):
        codes = answer_codes(votes, int(votes.start[first]), int(votes.start[last]))
        cast = np.diff(votes.start[first : last + 1])
        if group is not None:
            codes += np.repeat(group[first:last].astype(np.int64) * (demands * ANSWERS), cast)
        weights = None if weight is None else np.repeat(weight[first:last], cast)
        counts += np.bincount(codes, weights=weights, minlength=len(counts))
    table = counts.reshape(groups, demands, ANSWERS)
    together = table.sum(axis=0) + 0.5
    overall = together / together.sum(axis=1, keepdims=True)
    return np.asarray((table + 2 * overall) / (table.sum(axis=2, keepdims=True) + 2), dtype=np.float64)


def _blocks(votes: Votes) -> NDArray[np.int64]:
    """Where to cut the parties so that each block has about `BLOCK_VOTES` votes."""
    cuts = np.arange(BLOCK_VOTES, len(votes), BLOCK_VOTES)
    inner = np.searchsorted(votes.start, cuts)
    return np.unique(np.concatenate([[0], inner, [len(votes.parties)]]))
