"""A sheet: its axes, how far parties spread along them, and the same sheet without groups."""

from __future__ import annotations

import numpy as np
import pytest

from mufakat.opinion.sheet import Sheet, leading_axes, one_cloud, spread_along
from tests.opinion.consultations import full_votes
from tests.opinion.test_axes import clear_votes, filled


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
