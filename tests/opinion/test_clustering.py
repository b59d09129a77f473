"""Groups are fitted to votes and never to filled-in places; with every vote cast it is k-means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from scipy.sparse import csr_array

from mufakat.opinion.axes import principal_axes
from mufakat.opinion.clustering import Evidence, cluster, evidence_of
from mufakat.opinion.moments import moments_of
from mufakat.opinion.placement import evidence_on
from mufakat.opinion.votes import Floats
from tests.opinion.consultations import Events, dense, events


def exact_evidence(places: Floats, weight: float = 1.0) -> Evidence:
    """Evidence of parties that voted so much (`weight`) that only these places fit."""
    axes = places.shape[1]
    return Evidence(weight * places, np.broadcast_to(weight * np.eye(axes), (len(places), axes, axes)).copy())


def blobs(centres: Floats, each: int, spread: float, seed: int) -> tuple[Floats, np.ndarray]:
    random = np.random.default_rng(seed)
    label = np.repeat(np.arange(len(centres)), each)
    return centres[label] + spread * random.normal(size=(len(label), centres.shape[1])), label


@given(events())
def test_misfit_is_the_squared_error_over_cast_votes_up_to_a_constant(drawn: Events) -> None:
    votes = drawn.votes()
    axes = principal_axes(moments_of(votes), count=2)
    if axes.loadings.shape[1] < 2:
        return
    centres = np.array([[0.0, 0.0], [0.5, -1.0], [2.0, 0.3]])
    cast, value = dense(votes)
    expected = [
        (cast * (value - axes.centre - axes.loadings @ centre) ** 2).sum(axis=1) for centre in centres
    ]
    found = evidence_on(votes, axes, 0, len(votes.parties)).misfit(centres)
    assert np.allclose(found - found[0], np.array(expected) - expected[0], atol=1e-9)


def test_evidence_sums_loadings_over_the_votes_cast() -> None:
    loadings = np.array([[1.0, 2.0], [3.0, 5.0], [7.0, 11.0]])
    cast = csr_array(np.array([[1.0, 0.0, 1.0]]))
    centred = csr_array((np.array([0.5, -1.0]), np.array([0, 2]), np.array([0, 2])), shape=(1, 3))
    found = evidence_of(centred, cast, loadings)
    assert found.pull.tolist() == [[0.5 - 7.0, 1.0 - 11.0]]
    assert found.information.tolist() == [[[50.0, 79.0], [79.0, 125.0]]]
    assert found.on(1).information.tolist() == [[[50.0]]]
    assert found.of(np.array([0, 0])).pull.shape == (2, 2)


def test_a_party_without_votes_weighs_nothing() -> None:
    places, _ = blobs(np.array([[-3.0, 0.0], [3.0, 0.0]]), 20, 0.3, 1)
    evidence = exact_evidence(places)
    silent = Evidence(
        np.vstack([evidence.pull, np.zeros((30, 2))]),
        np.concatenate([evidence.information, np.zeros((30, 2, 2))]),
    )
    alone, among = (cluster(e, 0.1 * np.eye(2), 2)[0] for e in (evidence, silent))
    assert np.allclose(alone[alone[:, 0].argsort()], among[among[:, 0].argsort()])


@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_clear_groups_are_found_at_their_means(k: int) -> None:
    corners = np.array([[0.0, 0.0], [8.0, 0.0], [0.0, 8.0], [8.0, 8.0], [16.0, 4.0]])[:k]
    places, label = blobs(corners, 15, 0.5, 3)
    found = cluster(exact_evidence(places), 1e-6 * np.eye(2), k)[-1]
    means = np.array([places[label == g].mean(axis=0) for g in range(k)])
    for mean in means:
        assert np.abs(found - mean).max(axis=1).min() < 1e-6


def test_centres_come_for_every_number_of_groups() -> None:
    places, _ = blobs(np.array([[0.0, 0.0], [8.0, 0.0]]), 15, 1.0, 4)
    assert [len(c) for c in cluster(exact_evidence(places), 1e-6 * np.eye(2), 5)] == [2, 3, 4, 5]


def test_no_party_could_move_to_a_nearer_centre_and_lower_the_misfit() -> None:
    places, _ = blobs(np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]]), 25, 1.2, 5)
    evidence = exact_evidence(places)
    centres = cluster(evidence, 1e-6 * np.eye(2), 3)[-1]
    nearest = evidence.misfit(centres).argmin(axis=0)
    means = np.array([places[nearest == g].mean(axis=0) for g in range(3)])
    assert np.allclose(means, centres, atol=1e-6)


def test_the_order_of_the_parties_does_not_matter() -> None:
    places, _ = blobs(np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]]), 25, 1.0, 6)
    order = np.random.default_rng(0).permutation(len(places))
    first, second = (cluster(exact_evidence(p), np.eye(2), 3)[-1] for p in (places, places[order]))
    assert np.allclose(first[np.lexsort(first.T)], second[np.lexsort(second.T)])


def test_a_prior_draws_places_to_the_middle() -> None:
    evidence = exact_evidence(np.array([[2.0, -4.0]]), weight=3.0)
    assert evidence.places(np.eye(2)).tolist() == [[1.5, -3.0]]
    assert np.allclose(evidence.places(np.zeros((2, 2))), [[2.0, -4.0]])
