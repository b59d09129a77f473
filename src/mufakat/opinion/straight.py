"""Parties that answered everything alike where that is improbable.

A party that agreed with all of three popular demands read them as likely as not. A party that agreed with
sixty, among them many that most rejected, did not. How many votes it takes is no constant: it follows from
how often each answer is given to each demand, and from how much honest parties differ in their readiness to
give it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.discovery import false_discovery
from mufakat.opinion.margins import ANSWERS, answer_rates
from mufakat.opinion.votes import Floats, Votes, with_values

# Gauss-Hermite nodes for the readiness of a party; enough for probabilities down to about 1e-20.
NODES = 41
BLOCK_PARTIES = 2**15


@dataclass(frozen=True, eq=False)
class StraightLiners:
    """Parties that answered everything alike beyond chance.

    Attributes:
        party: shape (n,); indices, ascending. answer: shape (n,); -1, 0 or +1. q: shape (n,).
        readiness: shape (3,); standard deviation, in log-odds, of honest parties' readiness to disagree, pass
            and agree.
    """

    party: NDArray[np.int64]
    answer: NDArray[np.int64]
    q: Floats
    readiness: Floats


def straight_liners(votes: Votes, *, rate: float = 0.01) -> StraightLiners:
    """Find them at a false discovery rate over all parties (Benjamini & Hochberg 1995).

    The p-value of a party whose answers are all alike is the probability that all of its answers to these
    very
    demands come out alike: the sum over the three answers of E prod_s sigmoid(logit rate_s + t), where t is
    normal with the variance by which parties' readiness was seen to differ. Opinion groups are not used:
    parties that agree with everything often make up a group of their own, and would hide in it.
    """
    parties = len(votes.parties)
    rates = answer_rates(votes)[0]
    cast = votes.cast
    alike, excess, information, log_alike = _sums(votes, rates)
    # p under no difference in readiness; where even that is too large, nothing more needs to be computed.
    plain = np.exp(log_alike).sum(axis=1)
    candidates = np.flatnonzero(alike & (cast > 0) & (plain <= rate))
    honest = np.ones(parties, dtype=bool)
    honest[candidates] = False
    variance = _readiness(excess[honest], information[honest])
    p = np.array([_probability(votes, int(c), rates, variance) for c in candidates])
    q = false_discovery(p, tests=parties) if len(p) else p
    found = q <= rate
    chosen = candidates[found]
    return StraightLiners(
        party=chosen,
        answer=votes.value[votes.start[chosen]].astype(np.int64),
        q=q[found],
        readiness=np.sqrt(variance),
    )


def _sums(votes: Votes, rates: Floats) -> tuple[NDArray[np.bool_], Floats, Floats, Floats]:
    """Per party: whether all answers are alike; answers less expected, their variance, log P(all alike)."""
    parties = len(votes.parties)
    per_demand = np.hstack([rates, rates * (1 - rates), np.log(rates)])
    alike = np.zeros(parties, dtype=bool)
    sums = np.zeros((parties, per_demand.shape[1]))
    given = np.zeros((parties, ANSWERS))
    for first in range(0, parties, BLOCK_PARTIES):
        last = min(first + BLOCK_PARTIES, parties)
        rows = votes.rows(first, last)
        sums[first:last] = with_values(rows, np.ones(rows.nnz)) @ per_demand
        cast = np.diff(rows.indptr)
        total = np.zeros((last - first, 2), dtype=np.int64)
        for column, value in enumerate((rows.data, np.abs(rows.data))):
            running = np.concatenate([[0], np.cumsum(value, dtype=np.int64)])
            total[:, column] = running[rows.indptr[1:]] - running[rows.indptr[:-1]]
        balance, voiced = total.T
        given[first:last] = np.stack(
            [(voiced - balance) // 2, cast - voiced, (voiced + balance) // 2], axis=1
        )
        alike[first:last] = given[first:last].max(axis=1) == cast
    return alike, given - sums[:, :ANSWERS], sums[:, ANSWERS : 2 * ANSWERS], sums[:, 2 * ANSWERS :]


def _readiness(excess: Floats, information: Floats) -> Floats:
    """The variance of parties' readiness to give each answer, in squared log-odds; shape (3,), 0 or more.

    To first order an answer count exceeds its expectation by t times its variance, so E excess^2 /
    information is 1 + var(t) information.
    """
    told = information > 0.1
    ratio = np.where(told, excess**2 / np.where(told, information, 1.0) - 1.0, 0.0)
    room = np.where(told, information, 0.0).sum(axis=0)
    return np.asarray(np.maximum(ratio.sum(axis=0) / np.maximum(room, 1e-12), 0.0), dtype=np.float64)


def _probability(votes: Votes, party: int, rates: Floats, variance: Floats) -> float:
    """Probability that all answers of one party come out alike."""
    own = rates[votes.demand[votes.start[party] : votes.start[party + 1]]]
    odds = np.log(own) - np.log1p(-own)
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    shifted = odds[None] + nodes[:, None, None] * np.sqrt(variance)
    log_all = -np.logaddexp(0.0, -shifted).sum(axis=1)
    return float(min((weights @ np.exp(log_all)).sum() / weights.sum(), 1.0))
