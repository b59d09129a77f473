"""How many groups hold when the parties are divided and asked again.

The parties are split in two halves at random. Each half alone yields axes and group centres, and each then
sorts all parties; the adjusted Rand index of the two sortings (Hubert & Arabie 1985) is the stability of k
groups, after Lange, Roth, Braun & Buhmann (2004). Chance makes no two halves agree, but a cloud without
groups that is longer than it is wide will be cut across its length by both. So every k is held against a
reference: votes simulated on the same showings from parties in one normal cloud along the same axes. Groups
are found where the real votes are more stable than that by a margin; where no k is, there is one group.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.clustering import cluster, evidence_of, never_flat
from mufakat.opinion.sheet import Sheet, leading_axes, one_cloud, spread_along
from mufakat.opinion.threads import linear_algebra_on_one_thread
from mufakat.opinion.votes import Floats

# An axis is real if the other half of the parties shows it too, by this many standard errors on average.
REPLICATION = 2.0
# About the one-sided 97.5 % point of a t distribution with eleven degrees of freedom, for one more draw.
MARGIN = 2.3
# Groups of which the halves of the parties do not agree by this much are of no use to anyone.
WORTH = 0.5
# Stabilities this close are taken for alike: one group too many costs more than this.
NEAR = 0.06


@dataclass(frozen=True)
class Stability:
    """How stable k groups are.

    Attributes:
        value: mean adjusted Rand index between the two halves' sortings; 1 is the same, 0 is chance.
        reference: the same for one cloud without groups.
        margin: how far `value` lies above `reference`, in standard deviations of the reference.
    """

    value: float
    reference: float
    margin: float


def adjusted_rand(first: NDArray[np.integer], second: NDArray[np.integer]) -> float:
    """Agreement of two sortings of the same parties, corrected for chance (Hubert & Arabie 1985).

    1 where they are the same, about 0 where they are unrelated; 0 where either puts all parties together.
    """
    table = np.zeros((int(first.max(initial=0)) + 1, int(second.max(initial=0)) + 1))
    np.add.at(table, (first, second), 1)
    together = _pairs(table)
    rows, columns = _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0))
    total = _pairs(np.array([len(first)]))
    expected = rows * columns / total if total else 0.0
    most = (rows + columns) / 2
    return float((together - expected) / (most - expected)) if most > expected and total > most else 0.0


def _pairs(counts: Floats) -> float:
    return float((counts * (counts - 1) / 2).sum())


@dataclass(frozen=True, eq=False)
class Split:
    """One division of the parties in two.

    Attributes:
        halves: the parties of each. loadings: the axes that each shows alone, shape (S, r).
        along: variance of the *other* half along each axis, shape (r,).
        replication: shape (r,); by how many standard errors that variance lies above 0, mean of both halves.
    """

    halves: tuple[NDArray[np.integer], NDArray[np.integer]]
    loadings: tuple[Floats, Floats]
    along: tuple[Floats, Floats]
    replication: Floats


@dataclass(frozen=True, eq=False)
class Learned:
    """Axes learned from far more parties than are on the sheet, from two halves of them apart.

    Attributes:
        halves: which parties of the sheet (indices) are of the first half, and which of the second.
        loadings: the axes that each half shows. whole: those that all show; each of shape (S, r).
    """

    halves: tuple[NDArray[np.integer], NDArray[np.integer]]
    loadings: tuple[Floats, Floats]
    whole: Floats


def split(sheet: Sheet, random: np.random.Generator, most_axes: int, learned: Learned | None = None) -> Split:
    """Halve the parties at random and find each half's axes, and how well the other half shows them.

    Where axes are learned elsewhere the halves are given; a random four fifths of each are then used.
    """
    if learned is None:
        order = random.permutation(sheet.centred.shape[0])
        halves = (np.sort(order[: len(order) // 2]), np.sort(order[len(order) // 2 :]))
    else:
        some = [np.sort(random.choice(half, 4 * len(half) // 5, replace=False)) for half in learned.halves]
        halves = (some[0], some[1])
    first, second = sheet.part(halves[0]), sheet.part(halves[1])
    if learned is None:
        loadings = (leading_axes(first.centred, most_axes), leading_axes(second.centred, most_axes))
    else:
        loadings = (learned.loadings[0][:, :most_axes], learned.loadings[1][:, :most_axes])
    shown = spread_along(second, loadings[0]), spread_along(first, loadings[1])
    shared = min(len(shown[0][1]), len(shown[1][1]))
    replication = (shown[0][1][:shared] + shown[1][1][:shared]) / 2
    return Split(halves, loadings, (shown[0][0], shown[1][0]), replication)


def agreement(sheet: Sheet, halved: Split, axes: int, most: int) -> Floats:
    """Adjusted Rand index of the two halves' sortings for k = 2 to `most`; shape (most - 1,)."""
    noise = max(float(sheet.centred.power(2).sum() / max(sheet.cast.nnz, 1)), 1e-3)
    sortings: list[list[NDArray[np.intp]]] = []
    for i in (0, 1):
        loadings = halved.loadings[i][:, :axes]
        everyone = evidence_of(sheet.centred, sheet.cast, loadings)
        precision = np.diag(noise / never_flat(np.maximum(halved.along[i][:axes], 0)))
        centres = cluster(everyone.of(halved.halves[i]), precision, most)
        sortings.append([everyone.misfit(centre).argmin(axis=0) for centre in centres])
    return np.array([adjusted_rand(first, second) for first, second in zip(*sortings, strict=True)])


@linear_algebra_on_one_thread()
def stability_curve(
    sheet: Sheet,
    *,
    seed: int,
    learned: Learned | None = None,
    most: int = 6,
    splits: int | None = None,
    clouds: int | None = None,
    splits_each: int | None = None,
    threads: int = 2,
    progress: Callable[[float], None] | None = None,
) -> tuple[dict[int, Stability], int]:
    """The stability of k = 2, 3, ... groups, and how many axes both halves of the parties show.

    k goes up to two more than the axes that replicate, and never past `most`.

    Args:
        sheet: the votes of the parties to sort.
        seed: of the splits and the clouds.
        learned: axes from elsewhere, where the sheet holds a sample of many more parties.
        most: the largest number of groups tried.
        splits: divisions of the real parties. clouds: simulated sets. splits_each: divisions of each cloud.
            By default 12, 12 and 4; where axes are learned elsewhere, which leaves less to chance, 10, 10, 2.

    Returns:
        Stability by k (empty where there are too few parties or demands to halve), and the number of axes.
    """
    usual = (12, 12, 4) if learned is None else (10, 10, 2)
    splits, clouds, splits_each = splits or usual[0], clouds or usual[1], splits_each or usual[2]
    parties, demands = sheet.centred.shape
    if parties < 6 or demands < 2:
        return {}, 0
    # Every split and every cloud has a generator of its own, so that the threads' order does not matter.
    seeds = np.random.SeedSequence(seed).spawn(splits + clouds)
    with ThreadPoolExecutor(threads) as pool:
        divided = list(
            pool.map(lambda s: split(sheet, np.random.default_rng(s), most - 1, learned), seeds[:splits])
        )
    shown = np.mean([d.replication for d in divided], axis=0) > REPLICATION
    axes = int(np.cumprod(shown).sum())
    used, most = max(axes, 1), min(most, axes + 2, parties // 3)
    if most < 2:
        return {}, axes
    loadings = leading_axes(sheet.centred, used) if learned is None else learned.whole[:, :used]
    along = np.maximum(spread_along(sheet, loadings)[0], 0) * (axes > 0)

    def in_cloud(own: np.random.SeedSequence) -> Floats:
        random = np.random.default_rng(own)
        cloud = one_cloud(sheet, loadings, along, random)
        inside = [
            agreement(cloud, split(cloud, random, used, learned), used, most) for _ in range(splits_each)
        ]
        return np.asarray(np.mean(inside, axis=0))

    values: list[Floats] = []
    references: list[Floats] = []
    with ThreadPoolExecutor(threads) as pool:
        for results, work in (
            (values, pool.map(lambda halved: agreement(sheet, halved, used, most), divided)),
            (references, pool.map(in_cloud, seeds[splits:])),
        ):
            for result in work:
                results.append(result)
                if progress is not None:
                    progress((len(values) + len(references)) / (splits + clouds))
    value, reference = np.mean(values, axis=0), np.mean(references, axis=0)
    # Fisher's transformation keeps the spread alike near 0 and near 1. A reference that happens not to vary
    # must not turn a small difference into a large margin.
    scaled = np.arctanh(np.clip(references, -0.999, 0.999))
    margin = np.arctanh(np.clip(value, -0.999, 0.999)) - scaled.mean(axis=0)
    margin /= scaled.std(axis=0, ddof=1) + 0.02
    return {
        k: Stability(float(value[i]), float(reference[i]), float(margin[i]))
        for i, k in enumerate(range(2, most + 1))
    }, axes


def choose(curve: dict[int, Stability]) -> int:
    """The largest number of groups about as stable as the most stable one, or 1 where none stands out.

    A number stands out by `MARGIN` over its own clouds. Among those that do, clouds are no measure, since
    more groups are cut from a cloud less stably: what counts is stability itself, within `NEAR` of the best.
    """
    stands_out = {k: s.value for k, s in curve.items() if s.margin > MARGIN and s.value > WORTH}
    best = max(stands_out.values(), default=0.0)
    return max((k for k, value in stands_out.items() if value >= best - NEAR), default=1)
