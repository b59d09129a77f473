"""Small systems of equations, one for each of many parties, solved together.

Every party has a symmetric positive definite matrix of its own, on two to five axes. Eliminating one axis
after the other for all parties at once is many times faster than calling a solver for each.
"""

from __future__ import annotations

import numpy as np

from mufakat.opinion.votes import Floats


def solve_each(matrices: Floats, right: Floats) -> Floats:
    """Solve M_p x = b for every party p and every right side, by elimination without pivots.

    Args:
        matrices: shape (n, r, r); symmetric, positive definite.
        right: shape (n, r, k); k right sides a party.

    Returns:
        The solutions, shape (n, r, k).
    """
    axes = matrices.shape[1]
    # Parties last, so that every step runs along memory.
    left = np.moveaxis(matrices, 0, -1).copy(order="C")
    solved = np.moveaxis(right, 0, -1).copy(order="C")
    for pivot in range(axes):
        for row in range(pivot + 1, axes):
            factor = left[row, pivot] / left[pivot, pivot]
            left[row, pivot + 1 :] -= factor * left[pivot, pivot + 1 :]
            solved[row] -= factor * solved[pivot]
    for pivot in reversed(range(axes)):
        for column in range(pivot + 1, axes):
            solved[pivot] -= left[pivot, column] * solved[column]
        solved[pivot] /= left[pivot, pivot]
    return np.moveaxis(solved, -1, 0)
