"""Counts of votes by group, and the figures that Polis gives each demand from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.votes import AGREE, DISAGREE, Floats, Ints, Votes

CRITICAL_VALUE = 1.2816  # one-sided 90 % of the normal distribution, as the engine rounds it
MOST_MAJORITY = 5
META_PRIORITY = 7.0
BLOCK_PARTIES = 2**15


@dataclass(frozen=True, eq=False)
class GroupVotes:
    """Votes by group and demand, on hidden demands too; each of shape (k, S), int64.

    Attributes:
        agree: agreements.
        disagree: disagreements.
        cast: all votes, passes included.
    """

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    cast: NDArray[np.int64]

    def of_all_groups(self) -> GroupVotes:
        """The groups taken together as one; each of shape (1, S)."""
        return GroupVotes(
            agree=self.agree.sum(axis=0, keepdims=True),
            disagree=self.disagree.sum(axis=0, keepdims=True),
            cast=self.cast.sum(axis=0, keepdims=True),
        )


@dataclass(frozen=True)
class MajorityDemand:
    """A demand that a majority of all parties takes one side of, whatever their group.

    Attributes:
        demand: its id.
        n_success: votes for that side.
        n_trials: votes cast, passes included.
        p_success: (n_success + 1) / (n_trials + 2).
        p_test: z value of the share against one half, see `proportion_test`.
    """

    demand: str
    n_success: int
    n_trials: int
    p_success: float
    p_test: float


@dataclass(frozen=True)
class Majority:
    """At most five demands that most parties agree with, and five most disagree with; strongest first."""

    agree: tuple[MajorityDemand, ...]
    disagree: tuple[MajorityDemand, ...]


def group_votes(votes: Votes, membership: Ints, *, groups: int) -> GroupVotes:
    """Count the votes of each group on each demand.

    Args:
        votes: the votes of P parties on S demands.
        membership: shape (P,); the group of each party, 0 to groups - 1, or -1 for none.
        groups: how many groups there are.
    """
    demands = len(votes.demands)
    # One row more than there are groups takes the votes of parties outside every group.
    counts = np.zeros((3, (groups + 1) * demands), dtype=np.int64)
    row = np.where(membership < 0, groups, membership).astype(np.int64)
    length = votes.cast
    for first in range(0, len(votes.parties), BLOCK_PARTIES):
        last = min(first + BLOCK_PARTIES, len(votes.parties))
        part = slice(votes.start[first], votes.start[last])
        place = np.repeat(row[first:last] * demands, length[first:last]) + votes.demand[part]
        for layer, wanted in enumerate((votes.value[part] == AGREE, votes.value[part] == DISAGREE, None)):
            chosen = place if wanted is None else place[wanted]
            counts[layer] += np.bincount(chosen, minlength=counts.shape[1])
    agree, disagree, cast = counts.reshape(3, groups + 1, demands)[:, :groups]
    return GroupVotes(agree=agree, disagree=disagree, cast=cast)


def smoothed_share(successes: Ints, trials: Ints) -> Floats:
    """(successes + 1) / (trials + 2), Laplace's rule of succession: one half before any vote."""
    share: Floats = (successes + 1) / (trials + 2)
    return share


def proportion_test(successes: Ints, trials: Ints) -> Floats:
    """Z value of a share against one half, with one success and one trial added, as the engine adds them."""
    value: Floats = 2.0 * np.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)
    return value


def group_aware_consensus(successes: NDArray[np.int64], cast: NDArray[np.int64]) -> Floats:
    """The product over the groups of the smoothed share for one side, 0 to 1.

    Args:
        successes: shape (k, S); agreements, or disagreements.
        cast: shape (k, S).

    Returns:
        Shape (S,). It falls as groups are added, so it compares demands and never two consultations.
    """
    product: Floats = smoothed_share(successes, cast).prod(axis=0)
    return product


def majority_consensus(
    demands: Sequence[str],
    *,
    agree: Ints,
    disagree: Ints,
    cast: Ints,
    hidden: NDArray[np.bool_],
) -> Majority:
    """The demands that most parties agree with, and that most disagree with.

    Their share is above one half and its z value above 1.2816. They are ranked by share times z value; equal
    ones stay in the order of the demands.

    Args:
        demands: ids of the S demands.
        agree: shape (S,); agreements of all parties, clustered or not.
        disagree: shape (S,); their disagreements.
        cast: shape (S,); all their votes, passes included.
        hidden: shape (S,); demands left out.
    """

    def strongest(successes: Ints) -> tuple[MajorityDemand, ...]:
        share, test = smoothed_share(successes, cast), proportion_test(successes, cast)
        passing = np.flatnonzero((share > 0.5) & (test > CRITICAL_VALUE) & ~hidden)
        ranked = passing[np.argsort(-(share * test)[passing], kind="stable")][:MOST_MAJORITY]
        return tuple(
            MajorityDemand(demands[s], int(successes[s]), int(cast[s]), float(share[s]), float(test[s]))
            for s in ranked
        )

    return Majority(agree=strongest(agree), disagree=strongest(disagree))


def routing_priorities(votes: GroupVotes, extremity: Floats, *, meta: NDArray[np.bool_]) -> Floats:
    """How much Polis would like to show each demand next; relative weights, above 0.

    With A, P, S the agreements, passes and votes of all groups together: the square of
    (1 - (P+1)/(S+2)) * (extremity + 1) * (A+1)/(S+2) * (1 + 8 * 2^(-S/5)). A demand asked for
    background has 49.

    Args:
        votes: counts by group, shape (k, S).
        extremity: shape (S,), >= 0.
        meta: shape (S,); demands asked for background.
    """
    total = votes.of_all_groups()
    agree, cast = total.agree[0], total.cast[0]
    passes = cast - agree - total.disagree[0]
    importance = (1.0 - smoothed_share(passes, cast)) * (extremity + 1.0) * smoothed_share(agree, cast)
    newness = 1.0 + 8.0 * 2.0 ** (-cast / 5.0)
    priorities: Floats = np.where(meta, META_PRIORITY, importance * newness) ** 2
    return priorities
