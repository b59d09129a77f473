"""The axes on which the parties differ most, computed from the moments alone.

With each demand's mean vote taken away, a missing vote filled with that mean counts 0, so the scatter matrix
X'X of the filled votes follows from the integer moments without touching a single party:

    G_st = sum v_s v_t - m_s sum b_s v_t - m_t sum v_s b_t + m_s m_t sum b_s b_t

Its leading eigenvectors are the principal axes of the filled votes (Pearson 1901; Hotelling 1933), exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse.linalg import eigsh

from mufakat.opinion.errors import StudyError
from mufakat.opinion.moments import Moments
from mufakat.opinion.votes import Floats

# Up to this many demands the whole spectrum is computed; past it, Lanczos for the few leading axes is faster.
WHOLE_SPECTRUM = 300


@dataclass(frozen=True, eq=False)
class Axes:
    """The leading principal axes of the votes.

    Attributes:
        centre: shape (S,); what was taken from each vote, the mean vote unless another fill was asked for.
        loadings: shape (S, r); unit columns, strongest axis first; r may be less than asked for.
        eigenvalues: shape (r,); sum of squares along each axis.
        total: sum of squares along all axes.
    """

    centre: Floats
    loadings: Floats
    eigenvalues: Floats
    total: float

    @property
    def explained(self) -> Floats:
        """Share of the total that each axis explains, 0 to 1; shape (r,)."""
        return self.eigenvalues / self.total if self.total > 0 else np.zeros_like(self.eigenvalues)


def scatter(
    moments: Moments, *, fill: Floats | None = None, hidden: NDArray[np.bool_] | None = None
) -> Floats:
    """X'X of the votes with `fill` taken away and missing votes counting 0; shape (S, S).

    Args:
        moments: the sums over S demands.
        fill: shape (S,); what a missing vote is taken to be, the mean vote by default.
        hidden: shape (S,); demands that count 0 for everyone.
    """
    centre = moments.mean if fill is None else fill
    crossed = moments.co_sum * centre[:, None]  # m_s sum b_s v_t
    matrix = moments.co_cast * np.outer(centre, centre)
    matrix -= crossed
    matrix -= crossed.T
    matrix += moments.co_product
    if hidden is not None:
        matrix[hidden, :] = 0
        matrix[:, hidden] = 0
    return matrix


def principal_axes(
    moments: Moments,
    *,
    count: int = 2,
    fill: Floats | None = None,
    hidden: NDArray[np.bool_] | None = None,
) -> Axes:
    """The `count` axes along which the filled votes spread most.

    Fewer axes come back where the votes do not spread in so many directions. The sign of an axis is fixed by
    its loadings: the sum of their cubes is positive (where that is 0, the largest loading is).

    Raises:
        StudyError: `count` below 1.
    """
    if count < 1:
        raise StudyError(f"count={count} must be at least 1")
    matrix = scatter(moments, fill=fill, hidden=hidden)
    demands = len(matrix)
    centre = moments.mean if fill is None else fill
    if hidden is not None:
        centre = np.where(hidden, 0.0, centre)
    total = float(np.trace(matrix))
    count = min(count, demands)
    if demands <= max(WHOLE_SPECTRUM, 4 * count):
        values, vectors = eigh(matrix)
    else:
        # The start must not be chosen at random, nor by the order of the demands.
        values, vectors = eigsh(
            matrix, k=count, v0=matrix.diagonal() + total / demands, ncv=max(20, 4 * count)
        )
    strongest = np.argsort(values)[::-1][:count]
    values, vectors = values[strongest], vectors[:, strongest]
    real = values > max(total, 1e-300) * 1e-12
    values, vectors = values[real], vectors[:, real]
    return Axes(centre=centre, loadings=vectors * _signs(vectors), eigenvalues=values, total=total)


def _signs(vectors: Floats) -> Floats:
    """+1 or -1 for each column, so that one of two opposite columns is always chosen."""
    lean = (vectors**3).sum(axis=0)
    largest = vectors[np.abs(vectors).argmax(axis=0), np.arange(vectors.shape[1])] if vectors.size else lean
    return np.where(np.where(np.abs(lean) > 1e-9, lean, largest) < 0, -1.0, 1.0)
