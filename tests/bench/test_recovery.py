"""The match of found with planted groups."""

from __future__ import annotations

import numpy as np
import pytest
from bench.recovery import adjusted_rand_index


def test_the_same_partition_under_other_names_matches_wholly() -> None:
    assert adjusted_rand_index(np.array([0, 0, 1, 1, 2]), np.array([2, 2, 0, 0, 1])) == 1.0


def test_a_known_case() -> None:
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 2, 1, 1])
    together, in_one, in_other, pairs = 2, 6, 4, 15
    expected = (together - in_one * in_other / pairs) / ((in_one + in_other) / 2 - in_one * in_other / pairs)
    assert adjusted_rand_index(one, other) == pytest.approx(expected)


def test_one_group_found_among_several_matches_by_chance_only() -> None:
    assert adjusted_rand_index(np.array([0, 1, 0, 1]), np.zeros(4, dtype=int)) == 0.0


def test_one_group_found_where_one_was_planted_matches_wholly() -> None:
    assert adjusted_rand_index(np.zeros(4, dtype=int), np.zeros(4, dtype=int)) == 1.0
