"""Least-squares clustering of parties that voted on different demands.

A party's votes say of any place c on the axes how badly it fits: |v - centre - L c|^2 over its cast votes,
which is c'A c - 2 c'h plus a constant, with h = L'(v - centre) and A = L'L over those votes. Clustering by
(h, A) fits group centres to votes and never to filled-in places: a party that voted little weighs little, and
nothing pulls it to the middle. With every vote cast it is ordinary k-means (Lloyd 1982).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from mufakat.opinion.systems import solve_each
from mufakat.opinion.votes import Floats

ITERATIONS = 25
# Steps end when fewer than one party in so many moves; with fewer parties than that, when none does.
SETTLED = 500


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the votes of n parties say about their places on r axes.

    Attributes:
        pull: shape (n, r); h, the loadings weighted by the centred votes.
        information: shape (n, r, r); A, the products of loadings over the votes cast.
    """

    pull: Floats
    information: Floats

    def of(self, chosen: NDArray[np.integer]) -> Evidence:
        """The evidence on some of the parties (indices)."""
        return Evidence(self.pull[chosen], self.information[chosen])

    def on(self, axes: int) -> Evidence:
        """The evidence on the first few axes alone."""
        return Evidence(self.pull[:, :axes], self.information[:, :axes, :axes])

    def misfit(self, centres: Floats) -> Floats:
        """How badly each party's votes fit each centre, up to a constant of the party; shape (k, n)."""
        parties, axes = self.pull.shape
        squares = np.einsum("ka,kb->kab", centres, centres).reshape(len(centres), axes * axes)
        flat = self.information.reshape(parties, axes * axes)
        return np.asarray(squares @ flat.T - 2.0 * (centres @ self.pull.T), dtype=np.float64)

    def places(self, precision: Floats) -> Floats:
        """Each party's place, drawn to the centre by a prior of the given precision (r, r); shape (n, r)."""
        return solve_each(self.information + precision, self.pull[..., None])[..., 0]


def evidence_of(centred: csr_array, cast: csr_array, loadings: Floats) -> Evidence:
    """The evidence of parties' votes on the axes with these loadings.

    Args:
        centred: shape (n, S); votes less the centre, on cast votes only.
        cast: shape (n, S); 1 on cast votes.
        loadings: shape (S, r).
    """
    first, second = np.triu_indices(loadings.shape[1])
    products = cast @ (loadings[:, first] * loadings[:, second])
    information = np.empty((len(products), loadings.shape[1], loadings.shape[1]))
    information[:, first, second] = products
    information[:, second, first] = products
    return Evidence(pull=centred @ loadings, information=information)


def never_flat(along: Floats) -> Floats:
    """Variances along axes, none below a thousandth of the largest, so that no axis is shut out."""
    return np.maximum(along, 1e-3 * max(float(along.max(initial=0)), 1e-6))


def cluster(evidence: Evidence, precision: Floats, most: int) -> list[Floats]:
    """Centres of 2, 3, ..., `most` groups that fit the votes best; nothing random.

    Every k starts twice: from the groups of k - 1 and a party far from them all (at a high quantile, so that
    no single party decides), and from parties that are far from each other. The better fit wins.

    Returns:
        For k = 2 to `most`: centres, shape (k, r).
    """
    places = evidence.places(precision)
    found: list[Floats] = []
    for k in range(2, most + 1):
        starts = [_far_apart(places, k)]
        starts.append(_with_farthest(places, found[-1]) if found else _quantiles(places, k))
        fits = [_descend(evidence, start) for start in starts]
        found.append(min(fits, key=lambda fit: fit[0])[1])
    return found


def middles(evidence: Evidence, group: NDArray[np.integer], groups: int) -> tuple[Floats, NDArray[np.bool_]]:
    """The place that fits the votes of each group best, shape (k, r), and whether it has parties at all."""
    parties, axes = evidence.pull.shape
    belongs = (np.arange(groups)[:, None] == group).astype(np.float64)
    weight = (belongs @ evidence.information.reshape(parties, axes * axes)).reshape(groups, axes, axes)
    pulled = (belongs @ evidence.pull)[..., None]
    return np.linalg.solve(weight + 1e-9 * np.eye(axes), pulled)[..., 0], belongs.any(axis=1)


def _descend(evidence: Evidence, centres: Floats) -> tuple[float, Floats]:
    """Lloyd's steps until hardly a party moves: the misfit reached and the centres."""
    nearest: NDArray[np.intp] | None = None
    misfit = evidence.misfit(centres)
    for _ in range(ITERATIONS):
        now = misfit.argmin(axis=0)
        if nearest is not None and np.count_nonzero(now != nearest) <= len(now) // SETTLED:
            break
        nearest = now
        moved, has_parties = middles(evidence, nearest, len(centres))
        centres = np.where(has_parties[:, None], moved, centres)
        misfit = evidence.misfit(centres)
    return float(misfit.min(axis=0).sum()), centres


def _far_apart(places: Floats, k: int) -> Floats:
    distance = (places**2).sum(axis=1)
    centres = [places[_at_quantile(distance, 0.9)]]
    while len(centres) < k:
        centres = [*centres, places[_at_quantile(_nearest(places, np.array(centres)), 0.95)]]
    return np.array(centres)


def _with_farthest(places: Floats, centres: Floats) -> Floats:
    return np.vstack([centres, places[_at_quantile(_nearest(places, centres), 0.95)]])


def _quantiles(places: Floats, k: int) -> Floats:
    order = np.argsort(places[:, 0], kind="stable")
    return np.array([places[part].mean(axis=0) for part in np.array_split(order, k)])


def _nearest(places: Floats, centres: Floats) -> Floats:
    nearest: Floats = ((places[:, None, :] - centres) ** 2).sum(axis=2).min(axis=1)
    return nearest


def _at_quantile(values: Floats, share: float) -> int:
    return int(np.argmin(np.abs(values - np.quantile(values, share))))
