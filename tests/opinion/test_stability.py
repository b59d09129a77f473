"""Stability: agreement of two halves' sortings, held against one cloud without groups."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.opinion.stability import (
    Sheet,
    Stability,
    adjusted_rand,
    choose,
    leading_axes,
    one_cloud,
    split,
    spread_along,
    stability_curve,
)
from tests.opinion.consultations import full_votes
from tests.opinion.test_axes import clear_votes, filled

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


@pytest.mark.parametrize(("parties", "demands"), [(60, 20), (20, 60)])
def test_the_leading_axes_of_a_sheet_are_its_singular_vectors(parties: int, demands: int) -> None:
    votes = clear_votes(parties=parties, demands=demands, share=0.6, seed=1)
    vectors = np.linalg.svd(filled(votes), full_matrices=False)[2][:2]
    found = leading_axes(Sheet.of(votes).centred, 2)
    assert np.abs(np.einsum("as,sa->a", vectors, found)).min() >= 1 - 1e-9


def test_the_leading_axes_of_a_large_sheet_are_its_singular_vectors() -> None:
    votes = clear_votes(parties=450, demands=420, share=0.6, seed=2)
    vectors = np.linalg.svd(filled(votes), full_matrices=False)[2][:2]
    found = leading_axes(Sheet.of(votes).centred, 2)
    assert np.abs(np.einsum("as,sa->a", vectors, found)).min() >= 1 - 1e-3


def test_part_of_a_sheet_is_centred_on_its_own_means() -> None:
    votes = clear_votes(parties=30, demands=10, share=0.7, seed=3)
    chosen = np.array([1, 4, 9, 20])
    assert np.allclose(
        Sheet.of(votes).part(chosen).centred.toarray(), Sheet.of(votes.of(chosen)).centred.toarray()
    )


def test_noise_alone_spreads_parties_by_nought_on_average() -> None:
    random = np.random.default_rng(5)
    loadings = np.full((30, 1), 1 / np.sqrt(30))
    found = [
        spread_along(Sheet.of(full_votes(random.choice([-1, 1], size=(100, 30)))), loadings)[1][0]
        for _ in range(100)
    ]
    assert np.mean(found) == pytest.approx(0.0, abs=0.4)


def test_halves_are_halves_and_show_an_axis_that_is_there() -> None:
    sheet = two_camps(parties=41, demands=30, noise=0.1, seed=6)
    found = split(sheet, np.random.default_rng(0), 3)
    assert sorted(np.concatenate(found.halves).tolist()) == list(range(41))
    assert sorted(map(len, found.halves)) == [20, 21]
    assert found.replication[0] > 5
    assert found.replication[1] < 2


def test_one_cloud_keeps_the_mean_the_passes_and_the_spread_of_the_votes() -> None:
    random = np.random.default_rng(7)
    value = np.where(random.random((4000, 20)) < np.linspace(0.3, 0.8, 20), 1, -1)
    value[random.random(value.shape) < 0.2] = 0
    sheet = Sheet.of(full_votes(value))
    loadings = np.full((20, 1), 1 / np.sqrt(20))
    cloud = one_cloud(sheet, loadings, np.array([1.0]), random)
    assert np.allclose(cloud.mean, sheet.mean, atol=0.05)
    assert np.allclose(cloud.passed, sheet.passed, atol=0.03)
    assert spread_along(cloud, loadings)[0][0] == pytest.approx(1.0, rel=0.15)


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
        ({2: Stability(0.9, 0.3, 5.0), 3: Stability(0.9, 0.3, 6.0)}, 2),
        ({2: Stability(1.0, 0.2, 2.0), 3: Stability(0.8, 0.4, 3.0)}, 3),
    ],
)
def test_the_number_that_stands_out_most_is_chosen(curve: dict[int, Stability], expected: int) -> None:
    assert choose(curve) == expected
