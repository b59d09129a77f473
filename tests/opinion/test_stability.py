"""Stability: agreement of two halves' sortings, held against one cloud without groups."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.opinion.sheet import Sheet
from mufakat.opinion.stability import Stability, adjusted_rand, choose, split, stability_curve
from tests.opinion.consultations import full_votes

LABELS = st.lists(st.integers(0, 3), min_size=2, max_size=30)


def two_camps(*, parties: int, demands: int, noise: float, seed: int) -> Sheet:
    random = np.random.default_rng(seed)
    camp = np.arange(parties) % 2
    value = np.where((camp[:, None] + np.arange(demands) % 2) % 2 == 0, 1, -1)
    value[random.random(value.shape) < noise] *= -1
    return Sheet.of(full_votes(value))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # Table [[2, 1], [0, 3]]: 1 + 3 = 4 pairs together in both; rows 3 + 3, columns 1 + 6, of 15 pairs.
        ([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 1], (4 - 6 * 7 / 15) / (6.5 - 6 * 7 / 15)),
        # Table [[1, 1], [1, 1]]: no pair together in both; 2 of 6 pairs in each.
        ([0, 0, 1, 1], [0, 1, 0, 1], (0 - 4 / 6) / (2 - 4 / 6)),
        ([0, 0, 1, 1, 2], [2, 2, 0, 0, 1], 1.0),
        ([0, 0, 0, 0], [0, 1, 0, 1], 0.0),
        ([0, 0, 0], [0, 0, 0], 0.0),
        ([0], [0], 0.0),
        ([], [], 0.0),
    ],
)
def test_adjusted_rand_equals_what_is_worked_out_by_hand(
    first: list[int], second: list[int], expected: float
) -> None:
    assert adjusted_rand(np.array(first, dtype=int), np.array(second, dtype=int)) == pytest.approx(expected)


@given(LABELS, st.data())
def test_adjusted_rand_does_not_depend_on_names_order_or_side(first: list[int], data: st.DataObject) -> None:
    one = np.array(first)
    other = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(one), max_size=len(one))))
    found = adjusted_rand(one, other)
    order = np.array(data.draw(st.permutations(range(len(one)))))
    names = np.array(data.draw(st.permutations(range(4))))
    assert adjusted_rand(other, one) == pytest.approx(found)
    assert adjusted_rand(one[order], names[other][order]) == pytest.approx(found)
    assert found <= 1


def test_adjusted_rand_of_unrelated_sortings_is_nought_on_average() -> None:
    random = np.random.default_rng(0)
    found = [adjusted_rand(random.integers(0, 3, 40), random.integers(0, 2, 40)) for _ in range(400)]
    assert np.mean(found) == pytest.approx(0.0, abs=0.01)


def test_halves_are_halves_and_show_an_axis_that_is_there() -> None:
    sheet = two_camps(parties=41, demands=30, noise=0.1, seed=6)
    found = split(sheet, np.random.default_rng(0), 3)
    assert sorted(np.concatenate(found.halves).tolist()) == list(range(41))
    assert sorted(map(len, found.halves)) == [20, 21]
    assert found.replication[0] > 5
    assert found.replication[1] < 2


def test_two_camps_are_stable_and_one_cloud_of_the_same_length_is_less_so() -> None:
    curve, axes = stability_curve(two_camps(parties=60, demands=30, noise=0.15, seed=8), seed=0)
    assert axes == 1
    assert list(curve) == [2, 3]
    assert curve[2].value > 0.95
    assert curve[2].reference < 0.9
    assert choose(curve) == 2


def test_noise_shows_no_axis_and_one_group() -> None:
    random = np.random.default_rng(9)
    curve, axes = stability_curve(Sheet.of(full_votes(random.choice([-1, 0, 1], size=(60, 30)))), seed=0)
    assert axes == 0
    assert choose(curve) == 1


def test_the_curve_depends_on_the_seed_alone_and_not_on_the_threads() -> None:
    sheet = two_camps(parties=30, demands=20, noise=0.3, seed=10)
    first, second, other = (
        stability_curve(sheet, seed=seed, threads=threads)[0] for seed, threads in ((3, 1), (3, 2), (4, 2))
    )
    assert first == second
    assert first != other


@pytest.mark.parametrize(("parties", "demands"), [(0, 5), (5, 20), (20, 1)])
def test_too_few_to_halve_give_no_curve(parties: int, demands: int) -> None:
    value = np.resize([1, -1, 0], (parties, demands))
    assert stability_curve(Sheet.of(full_votes(value)), seed=0) == ({}, 0)


def test_progress_ends_at_one() -> None:
    seen: list[float] = []
    stability_curve(two_camps(parties=20, demands=10, noise=0.2, seed=1), seed=0, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1


@pytest.mark.parametrize(
    ("curve", "expected"),
    [
        ({}, 1),
        ({2: Stability(0.9, 0.85, 1.0)}, 1),
        ({2: Stability(0.45, 0.1, 9.0)}, 1),
        ({2: Stability(0.9, 0.6, 5.0), 3: Stability(0.9, 0.3, 4.0)}, 3),
        ({2: Stability(0.9, 0.3, 5.0), 3: Stability(0.9, 0.3, 6.0)}, 3),
        ({2: Stability(1.0, 0.2, 2.0), 3: Stability(0.8, 0.4, 3.0)}, 3),
        ({2: Stability(0.99, 0.8, 9.0), 3: Stability(0.9, 0.2, 9.0)}, 2),
        ({2: Stability(0.96, 0.2, 9.0), 3: Stability(0.99, 0.5, 3.0), 4: Stability(0.7, 0.2, 9.0)}, 3),
    ],
)
def test_the_finest_of_the_most_stable_numbers_that_stand_out_is_chosen(
    curve: dict[int, Stability], expected: int
) -> None:
    assert choose(curve) == expected
