"""A map kept fresh is compared with one computed anew, and a difference is noticed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bench.increment import append, new_votes
from bench.sameness import compare
from bench.synthetic import Recipe, write_votes

from mufakat.opinion.increment import VoteEvent, with_events
from mufakat.opinion.map import OpinionMap, opinion_map
from mufakat.opinion.moments import Moments, moments_of
from mufakat.opinion.reading import read_votes
from mufakat.opinion.votes import Votes

Drawn = tuple[Moments, OpinionMap]


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> tuple[Drawn, Drawn, Drawn]:
    """A map after 40 new votes: kept fresh, computed anew, and kept fresh with one vote turned round."""
    path = tmp_path_factory.mktemp("votes") / "votes.csv"
    write_votes(Recipe(300, 40), path)
    votes = read_votes(path).votes
    moments = moments_of(votes)
    choice = opinion_map(votes, moments).choice
    events = new_votes(votes.parties, votes.demands, 40)
    append(path, events)
    last = events[-1]
    turned = [*events[:-1], replace(last, value=-1 if last.value > 0 else 1)]

    def fresh(events: list[VoteEvent]) -> Drawn:
        later, sums, _ = with_events(votes, moments, events)
        return drawn(later, sums)

    def drawn(votes: Votes, moments: Moments) -> Drawn:
        return moments, opinion_map(votes, moments, choice=choice)

    anew = read_votes(path).votes
    return fresh(events), drawn(anew, moments_of(anew)), fresh(turned)


def test_a_map_kept_fresh_is_the_map_computed_anew(ways: tuple[Drawn, Drawn, Drawn]) -> None:
    fresh, anew, _ = ways
    found = compare(fresh, anew)
    assert found.moments
    assert found.holds
    assert max(found.axes, found.places, found.membership) <= 1e-9


def test_one_vote_turned_round_is_noticed(ways: tuple[Drawn, Drawn, Drawn]) -> None:
    _, anew, turned = ways
    found = compare(turned, anew)
    assert not found.moments
    assert found.places > 1e-6
    assert not found.holds


def test_maps_of_different_parties_are_never_the_same(ways: tuple[Drawn, Drawn, Drawn]) -> None:
    (moments, drawn), anew, _ = ways
    found = compare((moments, replace(drawn, place=drawn.place[:-1])), anew)
    assert found.places == float("inf")
    assert not found.holds


def test_new_votes_come_from_parties_that_are_there_and_from_newcomers() -> None:
    parties = [str(p) for p in range(50)]
    events = new_votes(parties, ["0", "1", "2"], 200)
    newcomers = {event.party for event in events} - set(parties)
    assert len(events) == 200
    assert newcomers <= {str(p) for p in range(50, 55)}
    assert np.mean([event.party in newcomers for event in events]) == pytest.approx(0.1, abs=0.06)
