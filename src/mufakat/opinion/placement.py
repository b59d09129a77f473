"""Where each party stands on the axes, whatever number of demands it voted on.

Filling a missing vote with the mean pulls a party that voted little to the centre, and stretching it back by
sqrt(S / votes), as Polis does, throws it out at random. Here a party's place is its posterior mean in a
linear factor model (Tipping & Bishop 1999, with missing entries left out): its cast votes are the centre plus
place times loadings plus noise; places have the variance that the co-votes show. A party that voted little
stays near the centre because little is known of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mufakat.opinion.axes import Axes
from mufakat.opinion.clustering import Evidence, evidence_of
from mufakat.opinion.moments import Moments
from mufakat.opinion.votes import Floats, Votes, with_values


@dataclass(frozen=True, eq=False)
class Spread:
    """How far parties differ along each axis, and how much of a vote the axes leave unsaid.

    Attributes:
        along: shape (r,); variance of the parties' places along each axis, >= 0.
        noise: variance of a single vote about what its party's place predicts, > 0.
    """

    along: Floats
    noise: float


def spread_of(moments: Moments, axes: Axes) -> Spread:
    """Estimate the variances from the moments, by matching what pairs of different demands share.

    Off the diagonal, noise does not contribute: E[G_st] = co_cast_st * sum_a along_a u_sa u_ta for s != t.
    """
    squares = axes.loadings**2
    cast = moments.cast.astype(np.float64)
    balance, voiced = moments.agree - moments.disagree, moments.agree + moments.disagree
    on_diagonal = voiced - 2 * axes.centre * balance + axes.centre**2 * cast
    # The loadings are eigenvectors of G, so u'Gu is the eigenvalue.
    shared = axes.eigenvalues - squares.T @ on_diagonal
    room = np.einsum("sa,sa->a", squares, moments.co_cast @ squares) - (squares**2).T @ cast
    along = np.where(room > 0, np.maximum(shared, 0) / np.maximum(room, 1e-300), 0.0)
    left = on_diagonal.sum() - (squares.T @ cast) @ along
    noise = max(left / max(cast.sum(), 1.0), 1e-3)
    return Spread(along=along, noise=float(noise))


def evidence_on(votes: Votes, axes: Axes, first: int, last: int) -> Evidence:
    """What the votes of parties `first` to `last - 1` say of their places on the axes."""
    rows = votes.rows(first, last)
    centred = with_values(rows, rows.data - axes.centre[rows.indices])
    return evidence_of(centred, with_values(rows, np.ones(rows.nnz)), axes.loadings)


def places(evidence: Evidence, spread: Spread) -> Floats:
    """Posterior mean of each party's place; shape (n, r), where a unit loading is one vote step."""
    # An axis along which parties do not differ leaves no room for a place: its precision is made very large.
    return evidence.places(np.diag(spread.noise / np.maximum(spread.along, 1e-12)))
