"""Where each party stands on the axes, whatever number of demands it voted on.

Filling a missing vote with the mean pulls a party that voted little to the centre, and stretching it back by
sqrt(S / votes), as Polis does, throws it out at random. Here a party's place is its posterior mean in a linear
factor model (Tipping & Bishop 1999, with missing entries left out): its cast votes are the centre plus place
times loadings plus noise; places have the variance that the co-votes show. A party that voted little stays
near the centre because little is known of it, and its uncertainty is part of the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from mufakat.opinion.axes import Axes, scatter
from mufakat.opinion.moments import Moments
from mufakat.opinion.votes import Floats, Votes

BLOCK_PARTIES = 2**15


@dataclass(frozen=True, eq=False)
class Spread:
    """How far parties differ along each axis, and how much of a vote the axes leave unsaid.

    Attributes:
        along: shape (r,); variance of the parties' places along each axis, >= 0.
        noise: variance of a single vote about what its party's place predicts, > 0.
    """

    along: Floats
    noise: float


@dataclass(frozen=True, eq=False)
class Places:
    """The parties on the axes.

    Attributes:
        at: shape (P, r); posterior mean of each party's place, in units in which a vote spans -1 to 1 times
            a unit loading.
        covariance: shape (P, r, r); posterior covariance of each place.
        spread: the variances that the places were computed with.
    """

    at: Floats
    covariance: Floats
    spread: Spread


def spread_of(moments: Moments, axes: Axes, *, hidden: np.ndarray | None = None) -> Spread:
    """Estimate the variances from the moments, by matching what pairs of different demands share.

    Off the diagonal, noise does not contribute: E[G_st] = co_cast_st * sum_a along_a u_sa u_ta for s != t.
    """
    matrix = scatter(moments, fill=axes.centre if hidden is None else None, hidden=hidden)
    co_cast = moments.co_cast
    squares = axes.loadings**2
    on_diagonal = matrix.diagonal()
    cast = moments.cast.astype(np.float64)
    shared = np.einsum("sa,sa->a", axes.loadings, matrix @ axes.loadings) - squares.T @ on_diagonal
    room = np.einsum("sa,sa->a", squares, co_cast @ squares) - (squares**2).T @ cast
    along = np.where(room > 0, np.maximum(shared, 0) / np.maximum(room, 1e-300), 0.0)
    left = on_diagonal.sum() - (squares.T @ cast) @ along
    noise = max(left / max(cast.sum(), 1.0), 1e-3)
    return Spread(along=along, noise=float(noise))


def place(votes: Votes, axes: Axes, spread: Spread, *, threads: int = 2) -> Places:
    """Place every party on the axes; time linear in the votes, nothing made dense."""
    parties, count = len(votes.parties), axes.loadings.shape[1]
    at = np.zeros((parties, count))
    covariance = np.zeros((parties, count, count))
    if count == 0:
        return Places(at=at, covariance=covariance, spread=spread)
    upper = np.triu_indices(count)
    # Per demand: the loadings, the loadings times the centre, and the products of pairs of loadings.
    per_demand = np.hstack(
        [axes.loadings * axes.centre[:, None], axes.loadings[:, upper[0]] * axes.loadings[:, upper[1]]]
    )
    # An axis along which parties do not differ has no room for a place: its precision is made very large.
    prior = np.diag(spread.noise / np.maximum(spread.along, 1e-12))

    def fill(first: int) -> None:
        last = min(first + BLOCK_PARTIES, parties)
        rows = votes.rows(first, last)
        ones = csr_array((np.ones(rows.nnz), rows.indices, rows.indptr), shape=rows.shape)
        valued = csr_array((rows.data.astype(np.float64), rows.indices, rows.indptr), shape=rows.shape)
        sums = ones @ per_demand
        pull = valued @ axes.loadings - sums[:, :count]
        information = np.zeros((last - first, count, count))
        information[:, upper[0], upper[1]] = sums[:, count:]
        information[:, upper[1], upper[0]] = sums[:, count:]
        inverse = np.linalg.inv(information + prior)
        at[first:last] = np.einsum("pab,pb->pa", inverse, pull)
        covariance[first:last] = inverse * spread.noise

    _each_block(fill, parties, threads)
    return Places(at=at, covariance=covariance, spread=spread)


def _each_block(fill: Callable[[int], None], parties: int, threads: int) -> None:
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(fill, range(0, parties, BLOCK_PARTIES)))
