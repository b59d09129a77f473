"""The opinion groups as Polis finds them: k-means in two steps, and the number of groups by silhouette.

Parties are first gathered into at most 100 base clusters, then the base clusters into two to five groups.
Both start from the first distinct points, so nothing is random; but the start depends on the order of the
parties, and the engine itself starts from its last result, which no export holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.votes import Floats, Ints

BASE_CLUSTERS = 100
BASE_ROUNDS = 100
GROUP_ROUNDS = 20
MOST_GROUPS = 5
STANDS_STILL = 0.01
BLOCK_POINTS = 2**10  # so that the distances of a block stay in the processor's cache


@dataclass(frozen=True, eq=False)
class BaseClusters:
    """The small clusters that groups are made of.

    Attributes:
        member: shape (P,), int32; the base cluster of each party, -1 for a party outside the map.
        centre: shape (n, 2); mean position of the members.
        size: shape (n,); members of each, at least 1.
    """

    member: NDArray[np.int32]
    centre: Floats
    size: Ints


@dataclass(frozen=True, eq=False)
class Grouping:
    """Base clusters gathered into groups.

    Attributes:
        group: shape (n,), int32; the group of each base cluster, 0 to k - 1.
        silhouette: mean silhouette of the base clusters for every number of groups that was tried.
    """

    group: NDArray[np.int32]
    silhouette: Mapping[int, float]


def base_clusters(positions: Floats, *, clustered: NDArray[np.bool_]) -> BaseClusters:
    """Gather the clustered parties into at most 100 base clusters.

    Args:
        positions: shape (P, 2).
        clustered: shape (P,); the parties that are in the map.
    """
    points = positions[clustered]
    label = k_means(points, BASE_CLUSTERS, rounds=BASE_ROUNDS)
    member = np.full(len(positions), -1, dtype=np.int32)
    member[clustered] = label
    centre, size = _centres(points, label, np.ones(len(points)))
    return BaseClusters(member=member, centre=centre, size=size.astype(np.int64))


def groups_of(base: BaseClusters) -> Grouping:
    """Gather base clusters into k = 2 to min(5, 2 + n // 12) groups, with the k of the best silhouette.

    Base clusters weigh as many as their members in the means, and one each in the silhouette. Of equally good
    numbers of groups the smallest is taken. Base clusters that all stand at one point are one group.
    """
    most = min(MOST_GROUPS, 2 + len(base.size) // 12)
    best, best_value = np.zeros(len(base.size), dtype=np.int32), -np.inf
    silhouettes: dict[int, float] = {}
    for count in range(2, most + 1):
        group = k_means(base.centre, count, rounds=GROUP_ROUNDS, weights=base.size.astype(np.float64))
        found = int(group.max(initial=-1)) + 1
        if found < 2:
            break
        silhouettes[count] = silhouette(base.centre, group)
        if silhouettes[count] > best_value:
            best, best_value = group, silhouettes[count]
    return Grouping(group=best, silhouette=silhouettes)


def k_means(points: Floats, count: int, *, rounds: int, weights: Floats | None = None) -> NDArray[np.int32]:
    """Lloyd's k-means (1982) from the first `count` distinct points.

    Clusters that lose all their points are dropped. It stops after `rounds` + 1 rounds, or when every centre,
    put in order, has moved by less than 0.01.

    Args:
        points: shape (n, 2).
        count: most clusters to make, at least 1.
        rounds: at least 0.
        weights: shape (n,), > 0; how much each point counts in its cluster's mean, 1 by default.

    Returns:
        Shape (n,); labels 0 to (clusters found) - 1.
    """
    if weights is None:
        weights = np.ones(len(points))
    centre = _first_distinct(points, count)
    label = np.zeros(len(points), dtype=np.int32)
    if len(points) == 0:
        return label
    for _ in range(rounds + 1):
        label = _compact(_nearest(points, centre))
        previous, (centre, _) = centre, _centres(points, label, weights)
        if _stand_still(previous, centre):
            break
    return label


def silhouette(points: Floats, label: Ints) -> float:
    """Mean silhouette (Rousseeuw 1987) of points in at least two clusters, -1 to 1; a point alone counts 0.

    Args:
        points: shape (n, 2); distances between all pairs are taken, so n should be in the hundreds at most.
        label: shape (n,); 0 to k - 1, each in use.
    """
    distance = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
    size = np.bincount(label)
    to_cluster = distance @ np.eye(len(size))[label]
    own = np.arange(len(points)), label
    within = to_cluster[own] / np.maximum(size[label] - 1, 1)
    to_others = to_cluster / size
    to_others[own] = np.inf
    between = to_others.min(axis=1)
    larger = np.maximum(within, between)
    alone = (size[label] == 1) | (larger == 0)
    return float(np.where(alone, 0.0, (between - within) / np.where(alone, 1.0, larger)).mean())


def _first_distinct(points: Floats, count: int) -> Floats:
    """The first points that differ from all before them, at most `count`."""
    seen: dict[tuple[float, ...], None] = {}
    for point in points:
        seen[tuple(point.tolist())] = None
        if len(seen) == count:
            break
    return np.array(list(seen), dtype=np.float64).reshape(-1, points.shape[1])


def _nearest(points: Floats, centre: Floats) -> NDArray[np.int32]:
    """The nearest centre of each point, the first of equally near ones."""
    label = np.empty(len(points), dtype=np.int32)
    # |x - c|^2 less |x|^2, which is the same for all centres, as one product.
    to_centre = np.vstack([-2.0 * centre.T, (centre**2).sum(axis=1)])
    with_one = np.column_stack([points, np.ones(len(points))])
    for first in range(0, len(points), BLOCK_POINTS):
        block = slice(first, first + BLOCK_POINTS)
        label[block] = (with_one[block] @ to_centre).argmin(axis=1)
    return label


def _compact(label: NDArray[np.int32]) -> NDArray[np.int32]:
    """The same clusters numbered without gaps."""
    used = np.bincount(label) > 0
    return (np.cumsum(used) - 1).astype(np.int32)[label]


def _centres(points: Floats, label: NDArray[np.int32], weights: Floats) -> tuple[Floats, Floats]:
    """The weighted mean and the total weight of each cluster."""
    weight = np.bincount(label, weights=weights).astype(np.float64)
    sums = [np.bincount(label, weights=weights * axis) for axis in points.T]
    return np.stack(sums, axis=1) / weight[:, None], weight


def _stand_still(previous: Floats, centre: Floats) -> bool:
    """Whether the centres, each list in order of x and then y, moved by less than 0.01 pair by pair."""
    pairs = min(len(previous), len(centre))
    before = previous[np.lexsort(previous.T[::-1])][:pairs]
    after = centre[np.lexsort(centre.T[::-1])][:pairs]
    return bool((np.hypot(*(before - after).T) < STANDS_STILL).all())
