"""The map: every party has a place and a group, and the same votes draw the same map."""

from __future__ import annotations

import numpy as np
import pytest
from bench.groups import World, draw
from hypothesis import given, settings

from mufakat.opinion import map as module
from mufakat.opinion.groups import Choice
from mufakat.opinion.map import OpinionMap, opinion_map
from mufakat.opinion.moments import moments_of
from mufakat.opinion.stability import adjusted_rand
from mufakat.opinion.votes import Votes
from tests.opinion.consultations import Events, events, full_votes


def drawn_map(votes: Votes, **options: object) -> OpinionMap:
    return opinion_map(votes, moments_of(votes), **options)  # type: ignore[arg-type]


def same_map(first: OpinionMap, second: OpinionMap) -> bool:
    """Whether two maps are the same to the last byte."""
    return first.choice == second.choice and all(
        np.array_equal(a, b)
        for a, b in (
            (first.axes.loadings, second.axes.loadings),
            (first.place, second.place),
            (first.label, second.label),
            (first.share, second.share),
        )
    )


@given(events())
@settings(max_examples=25)
def test_every_party_has_a_place_and_a_group_whatever_was_voted(drawn: Events) -> None:
    votes = drawn.votes()
    found = drawn_map(votes)
    parties, k = len(votes.parties), found.choice.k
    assert found.place.shape == (parties, 2)
    assert np.isfinite(found.place).all()
    assert found.share.shape == (parties, k)
    assert np.allclose(found.share.sum(axis=1), 1)
    assert np.array_equal(found.label, found.share.argmax(axis=1))
    assert np.array_equal(found.membership, found.share.max(axis=1))


@pytest.mark.parametrize(
    "value",
    [np.zeros((10, 4)), np.ones((10, 4)), np.ones((1, 4)), np.resize([1, -1], (10, 1)), np.ones((0, 3))],
    ids=["all pass", "all agree", "one party", "one demand", "nobody"],
)
def test_votes_that_show_no_groups_are_one_group(value: np.ndarray) -> None:
    found = drawn_map(full_votes(value.astype(int)))
    assert found.choice.k == 1
    assert found.label.tolist() == [0] * len(value)
    assert found.membership.tolist() == [1.0] * len(value)


@pytest.mark.parametrize("speaking", [0, 1, 5, 8])
def test_parties_that_did_not_vote_among_those_who_all_agree_are_one_group(speaking: int) -> None:
    rows = tuple((p, s, 1, 0) for p in range(speaking) for s in range(3))
    found = drawn_map(Events(tuple(map(str, range(9))), ("0", "1", "2"), rows).votes())
    assert found.choice.k == 1
    assert found.place.tolist() == [[0.0, 0.0]] * 9


def test_a_demand_nobody_voted_on_changes_nothing() -> None:
    votes, _ = draw(World(30, 20, 2, separation=2.0), np.random.default_rng(1))
    party = np.repeat(np.arange(30), votes.cast).tolist()
    rows = tuple(zip(party, votes.demand.tolist(), votes.value.tolist(), [0] * len(votes), strict=True))
    parties, demands = tuple(map(str, range(30))), tuple(map(str, range(20)))
    without = drawn_map(Events(parties, demands, rows).votes())
    found = drawn_map(Events(parties, (*demands, "20"), rows).votes())
    assert np.allclose(found.place, without.place, atol=1e-10)
    assert np.array_equal(found.label, without.label)


def test_planted_groups_are_found_and_named_by_size() -> None:
    votes, planted = draw(World(120, 60, 3, (0.5, 0.3, 0.2), separation=2.0), np.random.default_rng(2))
    found = drawn_map(votes)
    assert found.choice.k == 3
    assert not found.choice.forced
    assert adjusted_rand(found.label, planted) > 0.95
    assert (np.diff(np.bincount(found.label)) < 0).all()
    assert found.choice.stability[3].value > found.choice.stability[3].reference


def test_membership_is_about_as_sure_as_it_is_right_where_the_groups_hold() -> None:
    votes, planted = draw(World(300, 60, 2, separation=1.5, votes=25), np.random.default_rng(3))
    found = drawn_map(votes)
    assert found.choice.k == 2
    same = float((found.label == planted).mean())
    right = max(same, 1 - same)
    assert 0.85 < right < 0.99
    assert found.membership.mean() == pytest.approx(right, abs=0.03)


def test_a_choice_that_is_kept_is_not_made_again() -> None:
    votes, _ = draw(World(60, 30, 3, separation=2.0), np.random.default_rng(4))
    whole = drawn_map(votes)
    assert same_map(drawn_map(votes, choice=whole.choice), whole)
    kept = drawn_map(votes, choice=Choice(2, 1, {}, forced=True))
    assert kept.share.shape == (60, 2)
    assert kept.choice.stability == {}


def test_the_map_does_not_depend_on_threads_or_blocks() -> None:
    votes, _ = draw(World(90, 40, 3, separation=1.5, votes=25, uneven=True), np.random.default_rng(5))
    whole = drawn_map(votes)
    assert same_map(drawn_map(votes, threads=1), whole)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK_PARTIES", 7)
        assert np.allclose(drawn_map(votes).place, whole.place, atol=1e-12)
        assert np.array_equal(drawn_map(votes).label, whole.label)


def test_the_seed_decides_and_the_same_seed_gives_the_same_map() -> None:
    votes, _ = draw(World(60, 30, 2, separation=1.0), np.random.default_rng(6))
    assert same_map(drawn_map(votes, seed=3), drawn_map(votes, seed=3))
    assert drawn_map(votes, seed=3).choice.stability != drawn_map(votes, seed=4).choice.stability
