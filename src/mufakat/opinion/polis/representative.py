"""The demands that show best what sets a group apart: what Polis calls repness.

A group is compared with all other groups together. Every demand is tested at 90 %, one-sided, and nothing
corrects for testing many: among 200 demands nobody feels differently about, several will be shown as typical.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.polis.scores import CRITICAL_VALUE, GroupVotes, proportion_test, smoothed_share
from mufakat.opinion.votes import Floats, Ints

MOST_REPRESENTATIVE = 5


@dataclass(frozen=True, eq=False)
class Side:
    """How strongly each group takes one side of each demand; each of shape (k, S).

    Attributes:
        n_success: votes of the group for this side.
        p_success: smoothed share of this side in the group.
        p_test: z value of that share against one half.
        repness: smoothed share in the group over smoothed share in all other groups, > 0.
        repness_test: z value of the difference between the two shares.
    """

    n_success: NDArray[np.int64]
    p_success: Floats
    p_test: Floats
    repness: Floats
    repness_test: Floats


@dataclass(frozen=True)
class RepresentativeDemand:
    """A demand shown as typical of a group.

    Attributes:
        demand: its id.
        side: what the group says, compared with the others.
        n_success, n_trials: votes of the group for that side, and all its votes.
        p_success, p_test, repness, repness_test: see `Side`.
        best_agree: whether it is the one that was pinned as what the group agrees on.
        n_agree: agreements in the group; they are not `n_success` where a pinned demand shows as disagreed.
    """

    demand: str
    side: Literal["agree", "disagree"]
    n_success: int
    n_trials: int
    p_success: float
    p_test: float
    repness: float
    repness_test: float
    best_agree: bool
    n_agree: int


def two_proportions_test(successes: Ints, trials: Ints, others: Ints, other_trials: Ints) -> Floats:
    """Z value of the difference of two shares, one success and one trial added to each; 0 if all agree."""
    s1, n1, s2, n2 = successes + 1.0, trials + 1.0, others + 1.0, other_trials + 1.0
    pooled = (s1 + s2) / (n1 + n2)
    spread = np.sqrt(pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2))
    everyone = pooled == 1.0
    value: Floats = np.where(everyone, 0.0, (s1 / n1 - s2 / n2) / np.where(everyone, 1.0, spread))
    return value


def sides(votes: GroupVotes) -> tuple[Side, Side]:
    """The statistics of both sides, agreeing first."""
    return _side(votes.agree, votes.cast), _side(votes.disagree, votes.cast)


def _side(successes: NDArray[np.int64], cast: NDArray[np.int64]) -> Side:
    others, other_cast = successes.sum(axis=0) - successes, cast.sum(axis=0) - cast
    share = smoothed_share(successes, cast)
    return Side(
        n_success=successes,
        p_success=share,
        p_test=proportion_test(successes, cast),
        repness=share / smoothed_share(others, other_cast),
        repness_test=two_proportions_test(successes, cast, others, other_cast),
    )


def representative_demands(
    demands: Sequence[str], votes: GroupVotes, *, hidden: NDArray[np.bool_]
) -> tuple[tuple[RepresentativeDemand, ...], ...]:
    """At most five demands for each group, those it agrees with first.

    A demand qualifies when, on one side, share and difference both pass at 90 %. It is shown on the side with
    the larger difference; demands rank by repness * repness_test * p_success * p_test. One demand that the
    group agrees on is pinned first. Where nothing qualifies, the pinned one alone is shown, else the one with
    the largest difference.

    Args:
        demands: ids of the S demands.
        votes: counts by group, shape (k, S).
        hidden: shape (S,); demands left out.

    Returns:
        One tuple for each of the k groups.
    """
    agree, disagree = sides(votes)
    eligible = np.flatnonzero(~hidden & (votes.cast.sum(axis=0) > 0))
    return tuple(_of_group(g, demands, eligible, votes, agree, disagree) for g in range(len(votes.cast)))


def _of_group(
    g: int, demands: Sequence[str], eligible: Ints, votes: GroupVotes, agree: Side, disagree: Side
) -> tuple[RepresentativeDemand, ...]:
    def shown(s: int, *, pinned: bool = False) -> RepresentativeDemand:
        agreeing = bool(agree.repness_test[g, s] > disagree.repness_test[g, s])
        side = agree if agreeing else disagree
        return RepresentativeDemand(
            demand=demands[s],
            side="agree" if agreeing else "disagree",
            n_success=int(side.n_success[g, s]),
            n_trials=int(votes.cast[g, s]),
            p_success=float(side.p_success[g, s]),
            p_test=float(side.p_test[g, s]),
            repness=float(side.repness[g, s]),
            repness_test=_single(side.repness_test[g, s]),
            best_agree=pinned,
            n_agree=int(votes.agree[g, s]),
        )

    def qualifies(side: Side) -> NDArray[np.bool_]:
        passing: NDArray[np.bool_] = np.minimum(side.repness_test[g], side.p_test[g]) > CRITICAL_VALUE
        return passing[eligible]

    best = _best_agree(g, eligible, votes, agree)
    head = () if best is None else (shown(best, pinned=True),)
    sufficient = eligible[qualifies(agree) | qualifies(disagree)]
    if len(sufficient) == 0:
        if head or len(eligible) == 0:
            return head
        return (shown(_most_different(g, eligible, agree, disagree)),)
    ranked = sorted((shown(s) for s in sufficient if s != best), key=_rank, reverse=True)
    chosen = [*head, *ranked][:MOST_REPRESENTATIVE]
    return tuple(sorted(chosen, key=lambda row: row.side == "disagree"))


def _rank(row: RepresentativeDemand) -> float:
    return row.repness * row.repness_test * row.p_success * row.p_test


def _best_agree(g: int, eligible: Ints, votes: GroupVotes, agree: Side) -> int | None:
    """The demand to pin, found in one walk: what replaces the best so far depends on what that one is."""
    share, test, ratio = agree.p_success[g], agree.p_test[g], agree.repness[g]
    by_share = share * test
    by_ratio = ratio * agree.repness_test[g] * share * test
    acceptable = (test > CRITICAL_VALUE) | ((ratio > 1.0) & (share > 0.5))
    best: int | None = None
    for s in eligible[(votes.agree[g] + votes.disagree[g])[eligible] > 0].tolist():
        if best is None:
            better = acceptable[s]
        elif ratio[best] > 1.0:
            better = by_ratio[s] > by_ratio[best]
        else:
            better = by_share[s] > by_share[best]
        if better:
            best = s
    return best


def _most_different(g: int, eligible: Ints, agree: Side, disagree: Side) -> int:
    difference = np.maximum(agree.repness_test[g], disagree.repness_test[g])
    best = int(eligible[0])
    for s in eligible[1:].tolist():
        if difference[s] > _single(difference[best]):
            best = s
    return best


def _single(value: float) -> float:
    """The value in single precision: the engine keeps this one figure so, and ties are broken by it."""
    return float(np.float32(value))
