"""The opinion map: the axes, every party's place on them, and the opinion groups.

The map is a function of the votes, the number of groups and the number of axes alone, so that a map kept
fresh from increments equals one computed anew.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.axes import Axes, principal_axes
from mufakat.opinion.groups import Choice, axes_needed, choose_groups, learn_groups, learned_axes, sample_of
from mufakat.opinion.mixture import Mixture
from mufakat.opinion.moments import Moments, halved_moments
from mufakat.opinion.placement import Spread, evidence_on, places, spread_of
from mufakat.opinion.threads import linear_algebra_on_one_thread
from mufakat.opinion.votes import Floats, Votes

BLOCK_PARTIES = 2**15


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """P parties on the axes, in k groups.

    Attributes:
        axes: the principal axes, at least as many as the groups need.
        place: shape (P, 2); each party's place on the first two axes (0 on an axis that is not there).
        label: shape (P,); likeliest group; group 0 is the largest share.
        membership: shape (P,); probability of that group. share: shape (P, k); of every group.
        mixture: the groups on the axes. choice: how many groups, and why.
    """

    axes: Axes
    place: Floats
    label: NDArray[np.int32]
    share: Floats
    mixture: Mixture
    choice: Choice

    @property
    def membership(self) -> Floats:
        """Probability of each party's likeliest group; shape (P,)."""
        return np.asarray(self.share.max(axis=1, initial=0), dtype=np.float64)


@linear_algebra_on_one_thread()
def opinion_map(
    votes: Votes,
    moments: Moments,
    *,
    seed: int = 0,
    k: int | None = None,
    halves: tuple[Moments, Moments] | None = None,
    choice: Choice | None = None,
    fill: Floats | None = None,
    threads: int = 2,
    progress: Callable[[float], None] | None = None,
) -> OpinionMap:
    """Draw the map.

    Args:
        votes: the votes. moments: their moments.
        seed: of the sample and the halves; the same seed gives the same map.
        k: a number of groups to make in place of the one that stability chooses.
        halves: from `halved_moments`, where they are at hand; they are summed again if they are needed.
        choice: of an earlier map, to be kept: the number of groups and of axes are not chosen again.
        fill: shape (S,); what a missing vote is taken to be, the mean vote by default.

    Raises:
        StudyError: `k` below 1 or above the number of parties.
    """
    sample = sample_of(votes, seed=seed)
    if choice is None:
        elsewhere = None
        if sample.partial:
            elsewhere = learned_axes(sample, halves or halved_moments(votes, threads=threads))
        choice = choose_groups(sample, seed=seed, learned=elsewhere, k=k, progress=progress)
    axes = principal_axes(moments, count=max(2, choice.axes), fill=fill)
    used = axes_needed(choice, axes)
    spread = spread_of(moments, axes)
    if used:
        learned = evidence_on(sample.votes, axes, 0, len(sample.votes.parties)).on(used)
        mixture = learn_groups(learned, Spread(spread.along[:used], spread.noise), choice.k)
    else:
        mixture = Mixture(np.ones(1), np.zeros((1, 0)), np.ones(0), spread.noise)
    parties = len(votes.parties)
    place = np.zeros((parties, 2))
    share = np.ones((parties, len(mixture.shares)))

    def draw(first: int) -> None:
        last = min(first + BLOCK_PARTIES, parties)
        evidence = evidence_on(votes, axes, first, last)
        place[first:last, : min(2, len(spread.along))] = places(evidence, spread)[:, :2]
        if len(mixture.shares) > 1:
            share[first:last] = mixture.membership(evidence.on(used))

    if len(axes.eigenvalues):
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(draw, range(0, parties, BLOCK_PARTIES)))
    label = share.argmax(axis=1).astype(np.int32)
    return OpinionMap(axes, place, label, share, mixture, choice)
