"""Agreement as it would be had every demand been put before every opinion group alike.

Routing shows some demands rather to some parties, and some groups answer more than others. The plain share of
agreement, which filling missing votes with the mean takes for granted, then leans to whoever saw the
demand. Here each vote is weighted by the inverse of how likely its opinion group was to see the demand
(Horvitz & Thompson 1952), normalised by the weights themselves (Hajek 1971); with one propensity for each
group and demand that is post-stratification by opinion group. What remains is dependence inside a group:
whether those of one group who saw a demand think of it as the others of their group do cannot be told from
the votes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import chdtrc

from mufakat.opinion.discovery import false_discovery
from mufakat.opinion.errors import StudyError
from mufakat.opinion.votes import AGREE, DISAGREE, Floats, Votes

BLOCK_PARTIES = 2**15
FEWEST_FOR_SPREAD = 1.0
ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class ExposureCounts:
    """Votes by opinion group and demand; not whole where membership is a probability or votes are weighted.

    Attributes:
        agree, disagree, cast: shape (k, S); weighted where votes carry weights.
        exposed: shape (k, S); parties that voted on the demand, or were shown it, each counted once.
        parties: shape (k,); parties of each group.
        crossed: shape (S, k, k); products of the membership in two groups, summed over the exposed parties.
        effective: shape (k, S); how many unweighted votes tell as much as the weighted ones (Kish 1965).
    """

    agree: Floats
    disagree: Floats
    cast: Floats
    exposed: Floats
    parties: Floats
    effective: Floats
    crossed: Floats


@dataclass(frozen=True, eq=False)
class Adjusted:
    """What uneven exposure did to each of S demands.

    Attributes:
        agree: shape (S,); share that agrees, weighted for exposure, 0 to 1; nan where nobody voted.
        mean: shape (S,); mean vote, weighted likewise, -1 to 1; 0 where nobody voted.
        naive: shape (S,); plain share that agrees; nan where nobody voted.
        q: shape (S,); false discovery rate at which the demand's exposure differs between groups.
        uneven: share of the demands with votes whose exposure differs beyond chance.
        largest, average: largest and mean change of agreement over the demands with votes, 0 to 1.
    """

    agree: Floats
    mean: Floats
    naive: Floats
    q: Floats
    uneven: float
    largest: float
    average: float


def exposure_counts(
    votes: Votes, share: Floats, *, shown: tuple[NDArray[np.integer], NDArray[np.integer]] | None = None
) -> ExposureCounts:
    """Count votes and exposure by opinion group.

    Args:
        votes: P parties on S demands; their weights, if any, weigh agree, disagree and cast. Weights that say
            how likely a party was to see a demand leave nothing for groups to correct: give one group then.
        share: shape (P, k); probability that a party belongs to each group, rows sum to 1.
        shown: where showings were logged: start (P + 1,) and demand (m,), sparse rows like those of the
            votes.

    Raises:
        StudyError: `share` or `shown` does not fit the votes.
    """
    parties, demands = len(votes.parties), len(votes.demands)
    if share.ndim != 2 or len(share) != parties or share.shape[1] < 1:
        raise StudyError(f"share has shape {share.shape}, but ({parties}, k) is needed")
    if shown is not None and len(shown[0]) != parties + 1:
        raise StudyError(f"showings are of {len(shown[0]) - 1} parties, the votes of {parties}")
    agree, disagree, cast, squares, exposed = (np.zeros((share.shape[1], demands)) for _ in range(5))
    upper = np.triu_indices(share.shape[1])
    pairs = np.zeros((len(upper[0]), demands))
    for first in range(0, parties, BLOCK_PARTIES):
        last = min(first + BLOCK_PARTIES, parties)
        rows, group = votes.rows(first, last), share[first:last]
        ones = np.ones(rows.nnz)
        weight = ones
        if votes.weight is not None:
            weight = votes.weight[votes.start[first] : votes.start[last]]
            squares += _summed(rows, weight**2, group)
        agree += _summed(rows, weight * (rows.data == AGREE), group)
        disagree += _summed(rows, weight * (rows.data == DISAGREE), group)
        cast += _summed(rows, weight, group)
        if shown is not None:
            begin, end = shown[0][first], shown[0][last]
            rows = csr_array(
                (np.ones(end - begin), shown[1][begin:end], shown[0][first : last + 1] - begin),
                shape=rows.shape,
            )
            exposed += _summed(rows, rows.data, group)
            ones = rows.data
        elif votes.weight is not None:
            exposed += _summed(rows, ones, group)
        pairs += _summed(rows, ones, group[:, upper[0]] * group[:, upper[1]])
    if votes.weight is None:
        squares = cast
        exposed = cast if shown is None else exposed
    effective = np.divide(cast**2, squares, out=np.zeros_like(cast), where=squares > 0)
    crossed = np.empty((demands, share.shape[1], share.shape[1]))
    crossed[:, upper[0], upper[1]] = crossed[:, upper[1], upper[0]] = pairs.T
    return ExposureCounts(agree, disagree, cast, exposed, share.sum(axis=0), effective, crossed)


def adjust(counts: ExposureCounts, naive: Floats | None = None, *, rate: float = 0.05) -> Adjusted:
    """Weigh agreement for exposure, and test whose exposure was uneven.

    With A, n the votes of the groups on a demand (k,), N their parties and E the products of memberships over
    the exposed (k, k), the adjusted share is w'A / w'n with w = (E + K)^-1 N. Where every party is surely of
    one group, E has the exposed e on its diagonal and w is N / (e + K): inverse propensity weighting. Where
    membership is a probability, it is the regression of the votes on membership: counting each party in part
    here and there instead would make all groups look alike, and leave half of the bias. K draws groups with
    few votes towards the demand's adjusted share, as much as groups were seen to resemble one another
    (empirical Bayes over all demands), so that a group of two votes does not swing a demand.

    Args:
        counts: of `exposure_counts`.
        naive: shape (S,); share to compare with, `sum agree / sum cast` by default. Give the unweighted share
            where the votes carry weights.
        rate: false discovery rate over the demands of the test for uneven exposure, above 0 and below 1.

    Raises:
        StudyError: `rate` out of range.
    """
    if not 0 < rate < 1:
        raise StudyError(f"rate={rate} must be above 0 and below 1")
    cast = counts.cast.sum(axis=0)
    heard = cast > 0
    plain = np.divide(counts.agree.sum(axis=0), cast, out=np.full(len(cast), np.nan), where=heard)
    compared = plain if naive is None else naive
    # A trace keeps a demand that nobody saw solvable.
    ridge = (_likeness(counts) + 1e-9) * np.eye(len(counts.parties))
    weight = np.linalg.solve(counts.crossed + ridge, counts.parties[:, None])[..., 0].T
    room = (weight * counts.cast).sum(axis=0)
    whole = np.where(heard, room, 1.0)
    agree = np.where(heard, np.clip((weight * counts.agree).sum(axis=0) / whole, 0.0, 1.0), np.nan)
    balance = (weight * (counts.agree - counts.disagree)).sum(axis=0)
    q = np.ones(len(cast))
    p = _uneven(counts)
    q[heard] = false_discovery(p[heard])
    # Rounding is no change: with one group the weights cancel, but not to the last bit.
    change = np.abs(agree - compared)[heard]
    change[change < ROUNDING] = 0.0
    return Adjusted(
        agree=agree,
        mean=np.where(heard, np.clip(balance / whole, -1.0, 1.0), 0.0),
        naive=compared,
        q=q,
        uneven=float((q[heard] <= rate).mean()) if heard.any() else 0.0,
        largest=float(change.max(initial=0.0)),
        average=float(change.mean()) if heard.any() else 0.0,
    )


def _summed(rows: csr_array, value: Floats, group: Floats) -> Floats:
    """Sum of values by group and demand; shape (k, S)."""
    return np.asarray(
        csr_array((value, rows.indices, rows.indptr), shape=rows.shape).T @ group, dtype=np.float64
    ).T


def _likeness(counts: ExposureCounts) -> float:
    """K: how many votes the knowledge of the other groups is worth, from how much groups differ; 0 to 1e6.

    For shares p_g with variance t^2 between groups and a(1 - a) / n within, a group's best estimate weighs
    the others' by a(1 - a) / t^2 votes. Both are pooled over all demands, t^2 by the method of moments.
    """
    n = counts.effective
    share = np.divide(counts.agree, counts.cast, out=np.zeros_like(n), where=counts.cast > 0)
    told = n >= FEWEST_FOR_SPREAD
    n = np.where(told, n, 0.0)
    total = n.sum(axis=0)
    usable = told.sum(axis=0) >= 2
    if not usable.any():
        return 0.0
    n, share, total = n[:, usable], share[:, usable], total[usable]
    centre = (n * share).sum(axis=0) / total
    # Half a vote each way keeps a demand that all agree on from claiming that nobody could differ.
    smooth = (centre * total + 0.5) / (total + 1)
    within = smooth * (1 - smooth)
    between = (n * (share - centre) ** 2).sum(axis=0) - (told[:, usable].sum(axis=0) - 1) * within
    room = (total - (n**2).sum(axis=0) / total).sum()
    variance = between.sum() / max(float(room), 1e-12)
    return float(np.clip(within.mean() / max(float(variance), 1e-12), 0.0, 1e6))


def _uneven(counts: ExposureCounts) -> Floats:
    """p-value of the chi-square test that all groups were exposed to a demand alike; shape (S,)."""
    groups = counts.parties > 0
    size = counts.parties[groups, None]
    exposed = np.minimum(counts.exposed[groups], size)
    rate = exposed.sum(axis=0) / max(float(size.sum()), 1e-12)
    variance = size * rate * (1 - rate)
    statistic = np.divide(
        (exposed - size * rate) ** 2, variance, out=np.zeros_like(exposed), where=variance > 0
    ).sum(axis=0)
    freedom = int(groups.sum()) - 1
    return np.ones(len(rate)) if freedom < 1 else np.asarray(chdtrc(freedom, statistic), dtype=np.float64)
