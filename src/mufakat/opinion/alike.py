"""Pairs of parties whose votes are nearly the same, on nearly the same demands, beyond chance.

Members of one opinion group agree anyway. So a pair's votes are held against how often two members of its
group answer each demand alike, and against how much more alike ordinary pairs of the group were seen to be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.discovery import false_discovery
from mufakat.opinion.margins import answer_rates
from mufakat.opinion.signatures import bands, candidate_pairs, crowd, signatures, votes_of
from mufakat.opinion.votes import Floats, Ints, Votes

# A pair that just qualifies (95 % alike on 90 % of its demands) shares 18 of 24 first tokens on average.
SHARED_TOKENS = 12
# How wide the tilt of the Chernoff bound is searched; the last stands for no vote at all that differs.
TILTS = np.array([0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0, 30.0])
NODES = 41
ORDINARY_PAIRS = 20_000
BLOCK_PAIRS = 4096


@dataclass(frozen=True, eq=False)
class AlikePairs:
    """Near-duplicate voters; each party stands once as second, with the earlier party it is most like.

    Attributes:
        pair: shape (n, 2); party indices, smaller first, sorted by the second.
        common: shape (n,); demands that both voted on. share: shape (n,); how many of them alike, 0 to 1.
        q: shape (n,); false discovery rate over all pairs of parties.
    """

    pair: NDArray[np.int64]
    common: NDArray[np.int64]
    share: Floats
    q: Floats


def alike_pairs(
    votes: Votes,
    group: Ints | None = None,
    *,
    groups: int = 1,
    least: float = 0.95,
    overlap: float = 0.90,
    rate: float = 0.01,
    without: Ints | None = None,
    threads: int = 2,
) -> AlikePairs:
    """Find near-duplicate voters at a false discovery rate over all pairs of parties.

    Args:
        votes: P parties on S demands.
        group: shape (P,); opinion group of each party, 0 to groups - 1.
        groups: how many there are.
        least: share of the common demands voted alike from which a pair is looked at.
        overlap: share of the demands of the one that voted on more that must be common.
        rate: false discovery rate.
        without: indices of parties that are left out, such as straight-liners, who are alike by being
            straight.
        threads: how many work at once.
    """
    parties = len(votes.parties)
    nothing = AlikePairs(
        np.empty((0, 2), np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0, np.float64)
    )
    long = _long_enough(votes, rate)
    if without is not None:
        long[without] = False
    chosen = np.flatnonzero(long)
    if len(chosen) < 2:
        return nothing
    signed = signatures(votes, chosen, threads=threads)
    banded = bands(signed)
    pairs = chosen[candidate_pairs(signed, banded, alike=SHARED_TOKENS)]
    pairs, common, same = _compared(votes, pairs, least, overlap)
    if not len(pairs):
        return nothing
    pairs, common, same = _nearest_only(pairs, common, same)
    # A crowd of copies must not pass for the habit of its group, so whoever shares a band counts as one.
    weight = np.ones(parties)
    weight[chosen] = 1.0 / crowd(banded)
    member = np.zeros(parties, dtype=np.int64) if group is None else np.asarray(group, dtype=np.int64)
    odds = _log_alike(answer_rates(votes, member, groups=groups, weight=weight))
    shift, variance = _ordinary(votes, chosen, member, odds, least)
    p = np.concatenate(
        [
            _chance(
                votes,
                pairs[at : at + BLOCK_PAIRS],
                same[at : at + BLOCK_PAIRS],
                member,
                odds,
                shift,
                variance,
            )
            for at in range(0, len(pairs), BLOCK_PAIRS)
        ]
    )
    q = false_discovery(p, tests=parties * (parties - 1) // 2)
    found = q <= rate
    return AlikePairs(pairs[found], common[found], same[found] / common[found], q[found])


def _long_enough(votes: Votes, rate: float) -> NDArray[np.bool_]:
    """Which parties voted on enough that a perfect copy of them could be told from chance at all.

    If every party were half of one true pair, the largest p-value called would be 2 rate / P.
    """
    alike = np.log((answer_rates(votes)[0] ** 2).sum(axis=1))
    parties = len(votes.parties)
    long = np.zeros(parties, dtype=bool)
    least = np.log(2 * rate / max(parties, 1))
    for first in range(0, parties, 2**16):
        last = min(first + 2**16, parties)
        begin, end = votes.start[first], votes.start[last]
        running = np.concatenate([[0.0], np.cumsum(alike[votes.demand[begin:end]])])
        edge = running[votes.start[first : last + 1] - begin]
        long[first:last] = np.diff(edge) <= least
    return long


def _together(
    votes: Votes, pairs: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """The common demands of each pair: which pair, which demand, and whether both answered alike."""
    demands = len(votes.demands)
    at, start = votes_of(votes, pairs.ravel())
    owner = np.repeat(np.arange(len(start) - 1) // 2, np.diff(start))
    key = owner * demands + votes.demand[at]
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    both = np.flatnonzero(sorted_key[1:] == sorted_key[:-1])
    value = votes.value[at][order]
    return sorted_key[both] // demands, sorted_key[both] % demands, value[both] == value[both + 1]


def _compared(
    votes: Votes, pairs: NDArray[np.int64], least: float, overlap: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The pairs that are as alike as asked for, counted exactly: pairs, common demands, alike."""
    common = np.zeros(len(pairs), dtype=np.int64)
    same = np.zeros(len(pairs), dtype=np.int64)
    for first in range(0, len(pairs), BLOCK_PAIRS):
        block = pairs[first : first + BLOCK_PAIRS]
        owner, _, equal = _together(votes, block)
        common[first : first + BLOCK_PAIRS] = np.bincount(owner, minlength=len(block))
        same[first : first + BLOCK_PAIRS] = np.bincount(owner[equal], minlength=len(block))
    longer = votes.cast[pairs].max(axis=1, initial=1)
    kept = (same >= least * common) & (common >= overlap * longer) & (common > 0)
    return pairs[kept], common[kept], same[kept]


def _nearest_only(
    pairs: NDArray[np.int64], common: NDArray[np.int64], same: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """For each second party the first party it is most like: n copies make n - 1 pairs, not n^2 / 2."""
    order = np.lexsort((pairs[:, 0], -common, -same / common, pairs[:, 1]))
    second = pairs[order, 1]
    best = order[np.concatenate([[True], second[1:] != second[:-1]])]
    return pairs[best], common[best], same[best]


def _log_alike(rates: Floats) -> Floats:
    """Log of the probability that two members of a group answer a demand alike; shape (groups, S)."""
    return np.asarray(np.log((rates**2).sum(axis=2)), dtype=np.float64)


def _pair_log_odds(
    pairs: NDArray[np.int64],
    owner: NDArray[np.int64],
    demand: NDArray[np.int64],
    member: Ints,
    log_alike: Floats,
) -> Floats:
    """Log-odds that a pair answers a demand alike.

    For members of two groups the geometric mean of both groups' probabilities, which is never less than their
    own (Cauchy-Schwarz), so that nobody is suspected for it.
    """
    both = member[pairs]
    log_p = (log_alike[both[owner, 0], demand] + log_alike[both[owner, 1], demand]) / 2
    return np.asarray(log_p - np.log(-np.expm1(log_p)), dtype=np.float64)


def _ordinary(
    votes: Votes, chosen: Ints, member: Ints, log_alike: Floats, least: float
) -> tuple[float, float]:
    """How much more alike ordinary pairs of a group are than chance: mean and variance of log-odds.

    Pairs are neighbours in a fixed scattering of the parties, so that copies who came one after the other are
    not taken for ordinary; pairs as alike as those that are sought are left out.
    """
    scattered = (chosen.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20)
    order = chosen[np.lexsort((scattered, member[chosen]))]
    pairs = np.stack([order[:-1], order[1:]], axis=1)
    pairs = pairs[member[pairs[:, 0]] == member[pairs[:, 1]]][:: max(len(pairs) // ORDINARY_PAIRS, 1)]
    if not len(pairs):
        return 0.0, 0.0
    owner, demand, equal = _together(votes, pairs)
    p = 1 / (1 + np.exp(-_pair_log_odds(pairs, owner, demand, member, log_alike)))
    size = len(pairs)
    common = np.bincount(owner, minlength=size)
    same = np.bincount(owner, weights=equal, minlength=size)
    excess = same - np.bincount(owner, weights=p, minlength=size)
    information = np.bincount(owner, weights=p * (1 - p), minlength=size)
    told = (information > 0.1) & (same < least * common)
    if not told.any():
        return 0.0, 0.0
    excess, information = excess[told], information[told]
    shift = max(float(excess.sum() / information.sum()), 0.0)
    spread = (excess - shift * information) ** 2 / information - 1
    return shift, max(float(spread.sum() / information.sum()), 0.0)


def _chance(
    votes: Votes,
    pairs: NDArray[np.int64],
    same: NDArray[np.int64],
    member: Ints,
    log_alike: Floats,
    shift: float,
    variance: float,
) -> Floats:
    """An upper bound of the probability that ordinary pairs are at least as alike as these; shape (n,).

    Chernoff's bound for a sum of unlike Bernoulli variables, P(differ <= d) <= e^(td) prod(p + (1 - p)
    e^-t) for any t > 0, averaged over how alike ordinary pairs are.
    """
    owner, demand, _ = _together(votes, pairs)
    odds = _pair_log_odds(pairs, owner, demand, member, log_alike) + shift
    size = len(pairs)
    different = np.bincount(owner, minlength=size) - same

    def bound(tilt: Floats, odds: Floats) -> Floats:
        p = 1 / (1 + np.exp(-odds))
        factor = np.log(p + (1 - p) * np.exp(-tilt[owner]))
        return np.asarray(
            np.bincount(owner, weights=factor, minlength=size) + tilt * different, dtype=np.float64
        )

    tried = np.stack([bound(np.full(size, tilt), odds) for tilt in TILTS])
    tilt = TILTS[tried.argmin(axis=0)]
    if variance == 0:
        return np.asarray(np.minimum(np.exp(tried.min(axis=0)), 1.0), dtype=np.float64)
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    total = np.zeros(size)
    for node, weight in zip(nodes, weights / weights.sum(), strict=True):
        total += weight * np.exp(np.minimum(bound(tilt, odds + node * np.sqrt(variance)), 0.0))
    return np.asarray(np.minimum(total, 1.0), dtype=np.float64)
