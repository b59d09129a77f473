"""Many small systems solved at once equal each solved alone."""

from __future__ import annotations

import numpy as np
import pytest

from mufakat.opinion.systems import solve_each


@pytest.mark.parametrize("axes", [1, 2, 3, 5])
@pytest.mark.parametrize("sides", [1, 4])
@pytest.mark.parametrize("parties", [0, 1, 50])
def test_every_system_is_solved_as_it_would_be_alone(axes: int, sides: int, parties: int) -> None:
    random = np.random.default_rng(axes * 10 + sides)
    roots = random.normal(size=(parties, axes, axes))
    matrices = roots @ np.swapaxes(roots, 1, 2) + 0.1 * np.eye(axes)
    right = random.normal(size=(parties, axes, sides))
    given = matrices.copy(), right.copy()
    solved = solve_each(matrices, right)
    assert solved.shape == (parties, axes, sides)
    assert np.allclose(matrices @ solved, right)
    assert np.array_equal(matrices, given[0])
    assert np.array_equal(right, given[1])


def test_precisions_that_differ_by_many_orders_are_kept_apart() -> None:
    matrices = np.array([[[1e12, 1.0], [1.0, 1e-6 + 1e-12]]])
    right = np.array([[[1.0], [1.0]]])
    assert np.allclose(matrices @ solve_each(matrices, right), right)
