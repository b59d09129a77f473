"""The number of groups is chosen or taken; groups are learned from those who read what they vote on."""

from __future__ import annotations

import numpy as np
import pytest
from bench.groups import World, draw

from mufakat.opinion.axes import Axes
from mufakat.opinion.clustering import Evidence
from mufakat.opinion.errors import StudyError
from mufakat.opinion.groups import Choice, axes_needed, learn_groups
from mufakat.opinion.map import opinion_map
from mufakat.opinion.moments import moments_of
from mufakat.opinion.placement import Spread
from mufakat.opinion.stability import Stability
from tests.opinion.consultations import full_votes
from tests.opinion.test_clustering import blobs

SPREAD = Spread(np.array([4.0, 4.0]), 0.5)


def evidence_at(places: np.ndarray) -> Evidence:
    return Evidence(30 * places, np.broadcast_to(30 * np.eye(2), (len(places), 2, 2)).copy())


def test_one_group_stands_in_the_middle_and_is_everybody() -> None:
    places, _ = blobs(np.array([[0.0, 0.0]]), 30, 1.0, 1)
    found = learn_groups(evidence_at(places), SPREAD, 1)
    assert found.shares.tolist() == [1.0]
    assert found.centres.tolist() == [[0.0, 0.0]]


def test_the_largest_group_comes_first() -> None:
    places, label = blobs(np.array([[-4.0, 0.0], [4.0, 0.0], [0.0, 5.0]]), 60, 0.5, 2)
    kept = places[(label == 2) | ((label == 0) & (np.arange(180) % 2 == 0)) | (np.arange(180) % 5 == 0)]
    found = learn_groups(evidence_at(kept), SPREAD, 3)
    assert (np.diff(found.shares) < 0).all()
    assert found.centres[0] == pytest.approx([0.0, 5.0], abs=0.3)
    assert found.shares.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("k", [0, -1, 21])
def test_a_number_of_groups_that_cannot_be_made_is_refused(k: int) -> None:
    votes, _ = draw(World(20, 12), np.random.default_rng(0))
    with pytest.raises(StudyError, match=rf"k={k} groups of 20 parties: k must be from 1 to 20"):
        opinion_map(votes, moments_of(votes), k=k)


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_a_number_of_groups_that_is_asked_for_is_made(k: int) -> None:
    votes, _ = draw(World(40, 30, 3, separation=2.0), np.random.default_rng(1))
    found = opinion_map(votes, moments_of(votes), k=k)
    assert found.choice.k == k
    assert found.choice.forced
    assert found.share.shape == (40, k)
    assert found.choice.stability


def test_groups_are_told_apart_on_the_axes_that_replicate_and_on_one_at_least() -> None:
    two = Axes(np.zeros(3), np.eye(3)[:, :2], np.array([2.0, 1.0]), 4.0)
    none = Axes(np.zeros(3), np.zeros((3, 0)), np.zeros(0), 0.0)
    curve = {2: Stability(0.0, 0.0, 0.0)}
    assert axes_needed(Choice(1, 0, curve), two) == 1
    assert axes_needed(Choice(3, 2, curve), two) == 2
    assert axes_needed(Choice(3, 5, curve), two) == 2
    assert axes_needed(Choice(1, 0, {}), none) == 0


def test_those_who_agree_with_everything_make_no_group_of_their_own() -> None:
    votes, _ = draw(World(60, 40, 2, separation=2.0), np.random.default_rng(2))
    value = votes.value.reshape(60, 40).copy()
    alone = opinion_map(full_votes(value), moments_of(full_votes(value)))
    together = full_votes(np.vstack([value, np.ones((20, 40), dtype=int)]))
    assert alone.choice.k == 2
    assert opinion_map(together, moments_of(together)).choice.k == 2
