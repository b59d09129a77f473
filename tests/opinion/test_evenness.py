"""What changes when uneven exposure is weighted for."""

from __future__ import annotations

import numpy as np
import pytest

from mufakat.opinion.consensus import consensus
from mufakat.opinion.evenness import weigh_for_exposure
from mufakat.opinion.map import opinion_map
from mufakat.opinion.moments import moments_of
from mufakat.opinion.result import Exposure
from mufakat.opinion.votes import Floats, Votes, votes_from_events

PARTIES, DEMANDS = 240, 40


def two_groups(seen_by_the_second: float, weight: bool = False) -> tuple[Votes, Floats]:
    """Two equal groups that disagree on most; the second sees the first half of the demands less often.

    Returns the votes, and the share that would agree with each demand if everyone had been asked.
    """
    random = np.random.default_rng(5)
    group = np.arange(PARTIES) % 2
    agrees = np.where(random.random((2, DEMANDS)) < 0.5, 0.9, 0.1)
    agrees[:, :10] = [[0.9], [0.1]]
    opinion = random.random((PARTIES, DEMANDS)) < agrees[group]
    chance = np.ones((PARTIES, DEMANDS))
    chance[group == 1, : DEMANDS // 2] = seen_by_the_second
    asked = random.random((PARTIES, DEMANDS)) < chance
    party, demand = np.nonzero(asked)
    votes, _ = votes_from_events(
        parties=[f"p{i}" for i in range(PARTIES)],
        demands=[str(i) for i in range(DEMANDS)],
        party=party.astype(np.int32),
        demand=demand.astype(np.int32),
        value=np.where(opinion[party, demand], 1, -1).astype(np.int8),
        weight=1 / chance[party, demand] if weight else None,
    )
    return votes, opinion.mean(axis=0)


def weighed(votes: Votes) -> tuple[Exposure, Floats, Floats]:
    moments = moments_of(votes)
    drawn = opinion_map(votes, moments, k=2)
    changed, adjusted = weigh_for_exposure(votes, moments, drawn, consensus(votes, []), shown=None, seed=0)
    return changed, adjusted, moments.agree / moments.cast


def test_the_bias_of_uneven_exposure_is_more_than_halved() -> None:
    votes, truth = two_groups(0.2)
    _, adjusted, naive = weighed(votes)
    skewed = slice(0, 10)
    assert np.abs(naive - truth)[skewed].mean() > 0.2
    assert np.abs(adjusted - truth)[skewed].mean() < np.abs(naive - truth)[skewed].mean() / 2


def test_uneven_exposure_is_reported_and_even_exposure_changes_little() -> None:
    uneven, *_ = weighed(two_groups(0.2)[0])
    even, *_ = weighed(two_groups(1.0)[0])
    assert uneven.source == even.source == "votes"
    assert uneven.uneven >= 0.5
    assert even.uneven == 0
    assert uneven.largest > 0.15 > 0.01 > even.largest
    assert uneven.states > 0
    assert even.states == 0
    assert 0.5 < uneven.axis <= 1
    assert 0 <= uneven.moved < 0.1


def test_weights_that_come_with_the_votes_are_used_instead() -> None:
    votes, truth = two_groups(0.2, weight=True)
    changed, adjusted, _ = weighed(votes)
    assert changed.source == "weights"
    assert adjusted[:10] == pytest.approx(truth[:10], abs=0.12)
