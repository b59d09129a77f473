"""On which demands an opinion group stands out from everybody else.

For every group, demand and side the group's share of the votes cast is tested against everybody else's
together. All these tests share one false discovery rate (Benjamini & Hochberg 1995). The groups were found
from the same votes; count them with `mufakat.opinion.held_out`, so that no vote helps to choose its own
group.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr

from mufakat.opinion.discovery import false_discovery
from mufakat.opinion.errors import StudyError
from mufakat.opinion.result import Representative
from mufakat.opinion.votes import Floats, Ints

SIDES = (1, -1)
# Up to this smallest margin of the table the tail is summed exactly; past it the normal score is as good.
EXACT_UP_TO = 100
# Below this q nobody doubts a difference any more, and how large it is says more than how sure it is.
BEYOND_DOUBT = 1e-4
BLOCK_TESTS = 4096


def representative(
    agree: Ints,
    disagree: Ints,
    cast: Ints,
    *,
    groups: Sequence[str],
    demands: Sequence[str],
    hidden: NDArray[np.bool_] | None = None,
    rate: float = 0.10,
    least: float = 0.10,
    most: int = 5,
) -> tuple[Representative, ...]:
    """The demands that tell each group apart, best first.

    Best is by q, where all q below 1e-4 count alike, then by the difference of the shares, then by the order
    of the demands. Of the two sides of a demand a group gets the better one only.

    Args:
        agree, disagree: shape (k, S); votes by group and demand, 0 or more.
        cast: shape (k, S); all votes by group and demand, passes included.
        groups: k letters, in the order of the rows.
        demands: S ids, in the order of the columns.
        hidden: shape (S,); demands that are left out, and not tested.
        rate: false discovery rate over all groups, demands and sides together, above 0 and below 1.
        least: smallest difference between the shares that is worth telling, 0 to 1.
        most: how many demands a group gets at most, at least 1.

    Returns:
        By group in the order of `groups`, best first; empty where there are fewer than two groups.

    Raises:
        StudyError: shapes that do not fit, counts that cannot be, or an option out of range.
    """
    _check(agree, disagree, cast, groups, demands, rate=rate, least=least, most=most)
    if len(groups) < 2:
        return ()
    shown = np.arange(len(demands)) if hidden is None else np.flatnonzero(~hidden)
    votes = np.asarray(cast, dtype=np.int64)[:, shown]
    sides = np.stack([np.asarray(side, dtype=np.int64)[:, shown] for side in (agree, disagree)])
    others = votes.sum(axis=0) - votes
    elsewhere = sides.sum(axis=1, keepdims=True) - sides
    testable = np.broadcast_to((votes > 0) & (others > 0), sides.shape)
    p = np.ones(sides.shape)
    p[testable] = larger_share(
        sides[testable],
        np.broadcast_to(votes, sides.shape)[testable],
        elsewhere[testable],
        np.broadcast_to(others, sides.shape)[testable],
    )
    q = np.ones(sides.shape)
    q[testable] = false_discovery(p[testable])
    share, rest = sides / np.maximum(votes, 1), elsewhere / np.maximum(others, 1)
    difference = share - rest

    found: list[Representative] = []
    for g, group in enumerate(groups):
        told = (q[:, g] <= rate) & (difference[:, g] >= least) & testable[:, g]
        side, s = np.nonzero(told)
        order = np.lexsort((side, s, -difference[side, g, s], np.maximum(q[side, g, s], BEYOND_DOUBT)))
        taken: set[int] = set()
        for i, column in ((int(side[j]), int(s[j])) for j in order):
            if column in taken or len(taken) == most:
                continue
            taken.add(column)
            found.append(
                Representative(
                    group=group,
                    demand=demands[shown[column]],
                    side=SIDES[i],
                    share=float(share[i, g, column]),
                    rest=float(rest[i, g, column]),
                    p=float(p[i, g, column]),
                    q=float(q[i, g, column]),
                )
            )
    return tuple(found)


def larger_share(successes: Ints, trials: Ints, other_successes: Ints, other_trials: Ints) -> Floats:
    """One-sided p-values that a share is larger than another; all arguments shape (n,), trials above 0.

    Conditional on the margins of each table (Fisher 1935), with half the probability of what was seen (mid-p,
    Lancaster 1961): without that half the test is far too shy at the counts of a small constituency. Where
    every margin exceeds 100 the score statistic, with the variance of the same conditional distribution, is
    compared with the normal distribution.
    """
    total = trials + other_trials
    positive = successes + other_successes
    smallest = np.minimum(np.minimum(trials, other_trials), np.minimum(positive, total - positive))
    p = np.ones(len(successes))
    large = smallest > EXACT_UP_TO
    expected = trials * (positive / total)
    variance = expected * ((total - positive) / total) * (other_trials / np.maximum(total - 1, 1))
    p[large] = ndtr((expected[large] - successes[large]) / np.sqrt(variance[large]))
    small = np.flatnonzero(~large)
    for first in range(0, len(small), BLOCK_TESTS):
        block = small[first : first + BLOCK_TESTS]
        p[block] = _mid_p(successes[block], trials[block], positive[block], total[block])
    return p


def _mid_p(seen: Ints, trials: Ints, positive: Ints, total: Ints) -> Floats:
    """Upper tail of hypergeometric distributions by summing all that can happen; half of what was seen."""
    lowest = np.maximum(0, trials + positive - total)
    highest = np.minimum(trials, positive)
    steps = np.arange(int((highest - lowest).max(initial=0)) + 1)
    value = lowest[:, None] + steps
    possible = value <= highest[:, None]
    value = np.where(possible, value, lowest[:, None])
    t, k, n = trials[:, None], positive[:, None], total[:, None]
    log_probability = -(
        gammaln(value + 1) + gammaln(k - value + 1) + gammaln(t - value + 1) + gammaln(n - k - t + value + 1)
    )
    log_probability[~possible] = -np.inf
    weight = np.exp(log_probability - log_probability.max(axis=1, keepdims=True))
    counted = (value > seen[:, None]) + 0.5 * (value == seen[:, None])
    tail: Floats = (weight * counted).sum(axis=1) / weight.sum(axis=1)
    return tail


def _check(
    agree: Ints,
    disagree: Ints,
    cast: Ints,
    groups: Sequence[str],
    demands: Sequence[str],
    *,
    rate: float,
    least: float,
    most: int,
) -> None:
    expected = (len(groups), len(demands))
    for name, counts in (("agree", agree), ("disagree", disagree), ("cast", cast)):
        if np.shape(counts) != expected:
            raise StudyError(f"{name} has shape {np.shape(counts)}, but groups and demands make {expected}")
    wrong = np.argwhere((agree < 0) | (disagree < 0) | (agree + disagree > cast))
    if len(wrong):
        g, s = wrong[0]
        raise StudyError(
            f"group {groups[g]}, demand {demands[s]}: {agree[g, s]} agree and {disagree[g, s]} disagree of "
            f"{cast[g, s]} votes cast; they must be 0 or more and no more than were cast"
        )
    if not 0 < rate < 1:
        raise StudyError(f"rate={rate} must be above 0 and below 1")
    if not 0 <= least <= 1:
        raise StudyError(f"least={least} must lie between 0 and 1")
    if most < 1:
        raise StudyError(f"most={most} must be at least 1")
