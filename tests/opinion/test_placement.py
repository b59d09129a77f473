"""Places: near the votes of those who voted much, near the middle for those who voted little."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from mufakat.opinion.axes import Axes, principal_axes
from mufakat.opinion.moments import moments_of
from mufakat.opinion.placement import Spread, evidence_on, places, spread_of
from mufakat.opinion.votes import Floats, Votes
from tests.opinion.consultations import Events, dense, events, full_votes
from tests.opinion.test_axes import clear_votes, filled


def placed(votes: Votes, axes: Axes, spread: Spread) -> Floats:
    return places(evidence_on(votes, axes, 0, len(votes.parties)), spread)


def test_with_every_vote_cast_and_low_noise_places_are_the_singular_scores() -> None:
    votes = clear_votes(parties=120, demands=60, share=1.0, seed=1)
    axes = principal_axes(moments_of(votes), count=2)
    scores = filled(votes) @ axes.loadings
    found = placed(votes, axes, Spread(spread_of(moments_of(votes), axes).along, 1e-6))
    assert np.allclose(found, scores, rtol=1e-4, atol=1e-4)


def test_with_every_vote_cast_places_keep_the_order_of_the_scores() -> None:
    votes = clear_votes(parties=120, demands=60, share=1.0, seed=1)
    axes = principal_axes(moments_of(votes), count=2)
    scores = filled(votes) @ axes.loadings
    found = placed(votes, axes, spread_of(moments_of(votes), axes))
    for axis in range(2):
        assert np.corrcoef(found[:, axis], scores[:, axis])[0, 1] > 0.999
        assert found[:, axis].std() < scores[:, axis].std()


def test_the_fewer_votes_a_party_cast_the_nearer_the_middle_it_stands() -> None:
    random = np.random.default_rng(2)
    camp = np.arange(100) % 2
    value = np.where((camp[:, None] + np.arange(40) % 2) % 2 == 0, 1, -1)
    value[random.random(value.shape) < 0.1] *= -1
    value[0] = np.where(np.arange(40) % 2 == 0, 1, -1)
    axes = principal_axes(moments_of(full_votes(value)), count=1)
    spread = spread_of(moments_of(full_votes(value)), axes)
    distance = []
    for cast in (40, 20, 10, 4, 1, 0):
        rows = tuple((0, s, int(value[0, s]), 0) for s in range(cast))
        one = Events(("p",), tuple(str(s) for s in range(40)), rows).votes()
        distance.append(abs(placed(one, axes, spread)[0, 0]))
    assert (np.diff(distance) < 0).all()
    assert distance[0] > 0.9 * np.sqrt(spread.along[0])
    assert distance[-1] == 0


def test_a_party_without_votes_stands_in_the_middle() -> None:
    votes = Events(("p", "q", "r"), ("s", "t"), ((0, 0, 1, 0), (1, 0, -1, 0), (0, 1, 1, 0))).votes()
    axes = principal_axes(moments_of(votes), count=2)
    found = placed(votes, axes, spread_of(moments_of(votes), axes))
    assert found[2].tolist() == [0.0] * found.shape[1]


@pytest.mark.parametrize("share", [1.0, 0.25])
def test_the_spread_of_simulated_places_is_recovered(share: float) -> None:
    random = np.random.default_rng(3)
    parties, demands = 3000, 60
    loading = np.where(np.arange(demands) % 2 == 0, 1, -1) / np.sqrt(demands)
    place = random.normal(size=parties) * 2.0
    chance = (1 + np.clip(place[:, None] * loading, -1, 1)) / 2
    value = np.where(random.random((parties, demands)) < chance, 1, -1)
    party, demand = np.nonzero(random.random((parties, demands)) < share)
    rows = zip(party.tolist(), demand.tolist(), value[party, demand].tolist(), strict=True)
    votes = Events(
        tuple(map(str, range(parties))),
        tuple(map(str, range(demands))),
        tuple((p, s, v, 0) for p, s, v in rows),
    ).votes()
    axes = principal_axes(moments_of(votes), count=1)
    spread = spread_of(moments_of(votes), axes)
    assert spread.along[0] == pytest.approx(4.0, rel=0.1)
    assert spread.noise == pytest.approx(1 - 4.0 / demands, rel=0.02)


def test_noise_alone_spreads_parties_no_more_than_the_largest_of_random_axes() -> None:
    random = np.random.default_rng(4)
    votes = full_votes(random.choice([-1, 1], size=(2000, 30)))
    spread = spread_of(moments_of(votes), principal_axes(moments_of(votes), count=2))
    # The largest eigenvalue of pure noise (Marchenko & Pastur 1967), less the noise itself.
    assert (spread.along < (1 + np.sqrt(30 / 2000)) ** 2 - 1 + 0.02).all()
    assert spread.noise == pytest.approx(1.0, abs=0.02)


@given(events())
def test_places_are_finite_whatever_was_voted(drawn: Events) -> None:
    votes = drawn.votes()
    axes = principal_axes(moments_of(votes), count=2)
    spread = spread_of(moments_of(votes), axes)
    assert (spread.along >= 0).all()
    assert spread.noise > 0
    if len(axes.eigenvalues):
        assert np.isfinite(placed(votes, axes, spread)).all()


@given(events(most_parties=8))
def test_a_place_is_the_mean_that_the_normal_model_gives(drawn: Events) -> None:
    votes = drawn.votes()
    axes = principal_axes(moments_of(votes), count=2)
    if not len(axes.eigenvalues):
        return
    spread = Spread(np.full(len(axes.eigenvalues), 0.7), 0.4)
    cast, value = dense(votes)
    found = placed(votes, axes, spread)
    for p in range(len(votes.parties)):
        answered = np.flatnonzero(cast[p])
        loadings = axes.loadings[answered]
        precision = loadings.T @ loadings / 0.4 + np.eye(loadings.shape[1]) / 0.7
        mean = np.linalg.solve(precision, loadings.T @ (value[p] - axes.centre)[answered] / 0.4)
        assert np.allclose(found[p], mean, atol=1e-8)
