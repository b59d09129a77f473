"""Opinion groups: how many there are and where they stand.

The number is chosen by `stability`, one group allowed; the centres are the least-squares centres of
`clustering`; `mixture` says how surely each party belongs to one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.axes import Axes, principal_axes
from mufakat.opinion.clustering import Evidence, cluster, never_flat
from mufakat.opinion.errors import StudyError
from mufakat.opinion.mixture import Mixture, fit_mixture
from mufakat.opinion.moments import Moments
from mufakat.opinion.placement import Spread
from mufakat.opinion.sheet import Sheet
from mufakat.opinion.stability import Learned, Stability, choose, stability_curve
from mufakat.opinion.straight import straight_liners
from mufakat.opinion.votes import Votes

MOST_GROUPS = 6
# Stability and centres are learned from a sample of the parties where together they cast more than this.
SAMPLE_VOTES = 120_000
SAMPLE_AT_LEAST = 300
# With this many times more parties than the sample has, axes are learned from all of them.
MANY = 2


@dataclass(frozen=True)
class Choice:
    """How many groups to make of the parties, and on how many axes.

    Attributes:
        k: number of groups, 1 where none stand out. axes: how many axes both halves of the parties show.
        stability: what was tried, by number of groups. forced: whether k was asked for.
    """

    k: int
    axes: int
    stability: dict[int, Stability]
    forced: bool = False


def choose_groups(
    sample: Sample,
    *,
    seed: int,
    learned: Learned | None = None,
    k: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Choice:
    """Choose the number of groups by stability, or take the one asked for.

    Args:
        sample: the parties to sort. seed: of the divisions. k: the number asked for.
        learned: axes of all parties, where the sample is a small part of them.

    Raises:
        StudyError: `k` below 1 or above the number of parties.
    """
    parties = len(sample.votes.parties)
    if k is not None and not 1 <= k <= max(parties, 1):
        raise StudyError(f"k={k} groups of {parties} parties: k must be from 1 to {max(parties, 1)}")
    curve, axes = stability_curve(
        Sheet.of(sample.votes), seed=seed, learned=learned, most=MOST_GROUPS, progress=progress
    )
    return Choice(choose(curve) if k is None else k, axes, curve, k is not None)


@dataclass(frozen=True, eq=False)
class Sample:
    """The parties that groups are learned from.

    Attributes:
        votes: their votes. second: shape (n,), bool; which of them are of the second half of all parties.
        partial: whether there are many more parties that axes can be learned from.
    """

    votes: Votes
    second: NDArray[np.bool_]
    partial: bool


def learned_axes(sample: Sample, halves: tuple[Moments, Moments]) -> Learned:
    """The axes of all parties for a sample of them, from the moments of two halves; see `halved_moments`."""
    first, second, whole = (
        principal_axes(moments, count=MOST_GROUPS - 1).loadings
        for moments in (*halves, halves[0] + halves[1])
    )
    return Learned(
        halves=(np.flatnonzero(~sample.second), np.flatnonzero(sample.second)),
        loadings=(first, second),
        whole=whole,
    )


def sample_of(votes: Votes, *, seed: int) -> Sample:
    """The parties that groups are learned from.

    All of them, or a random sample that casts about `SAMPLE_VOTES` votes, without those that answer
    everything alike beyond chance: a handful that agrees with all of it would make up a group of its own.
    """
    parties = len(votes.parties)
    size = max(SAMPLE_AT_LEAST, int(SAMPLE_VOTES / max(len(votes) / max(parties, 1), 1)))
    chosen = np.arange(parties)
    if parties > size:
        chosen = np.sort(np.random.default_rng(seed).choice(parties, size, replace=False))
        votes = votes.of(chosen)
    unread = straight_liners(votes).party
    if len(unread):
        read = np.setdiff1d(np.arange(len(chosen)), unread)
        votes, chosen = votes.of(read), chosen[read]
    return Sample(votes, chosen % 2 == 1, parties > MANY * size)


def learn_groups(evidence: Evidence, spread: Spread, k: int) -> Mixture:
    """The mixture of k groups, the largest first, that the evidence on some parties shows."""
    along = never_flat(spread.along)
    if k == 1:
        return Mixture(np.ones(1), np.zeros((1, len(along))), along, spread.noise)
    centres = cluster(evidence, np.diag(spread.noise / along), k)[-1]
    mixture = fit_mixture(evidence, centres, spread.noise)
    order = np.lexsort((centres[:, 0], -mixture.shares))
    return Mixture(mixture.shares[order], centres[order], mixture.within, spread.noise)


def axes_needed(choice: Choice, found: Axes) -> int:
    """On how many of the axes found the groups are told apart: those that replicate, at least one."""
    return min(max(choice.axes, 1), len(found.eigenvalues))
