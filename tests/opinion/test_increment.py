"""Votes that come later give what computing anew gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mufakat.opinion.errors import StudyError
from mufakat.opinion.groups import Choice
from mufakat.opinion.increment import VoteEvent, with_events
from mufakat.opinion.map import opinion_map
from mufakat.opinion.moments import moments_of
from mufakat.opinion.reading import Reading, Rows
from mufakat.opinion.study import study
from mufakat.opinion.votes import Votes
from mufakat.opinion.writing import write_json
from tests.opinion.consultations import IDS, Events, events, pivot, same_votes
from tests.opinion.test_moments import same


@st.composite
def later_events(draw: st.DrawFn, before: Events) -> list[VoteEvent]:
    """Votes by old and new parties on old and new demands, re-votes included."""
    party = st.one_of(st.sampled_from(before.parties), IDS)
    demand = st.one_of(st.sampled_from(before.demands), IDS)
    return draw(st.lists(st.builds(VoteEvent, party, demand, st.sampled_from((-1, 0, 1))), max_size=30))


def anew(before: Events, later: list[VoteEvent]) -> Events:
    """All events as one set of rows, the later ones last."""
    parties = [*before.parties, *dict.fromkeys(e.party for e in later if e.party not in before.parties)]
    demands = [*before.demands, *dict.fromkeys(e.demand for e in later if e.demand not in before.demands)]
    rows = [(parties.index(e.party), demands.index(e.demand), e.value, 9) for e in later]
    return Events(tuple(parties), tuple(demands), (*before.rows, *rows))


@given(st.data())
def test_votes_and_moments_equal_those_computed_anew(data: st.DataObject) -> None:
    before = data.draw(events())
    later = data.draw(later_events(before))
    votes = before.votes()
    found, sums, superseded = with_events(votes, moments_of(votes), later)
    expected = anew(before, later).votes()
    assert same_votes(found, expected)
    assert same(sums, moments_of(expected))
    assert superseded == len(votes) + len(later) - len(expected)


@given(st.data())
def test_the_votes_and_moments_before_stay_as_they_were(data: st.DataObject) -> None:
    before = data.draw(events())
    votes = before.votes()
    sums = moments_of(votes)
    with_events(votes, sums, data.draw(later_events(before)))
    assert same_votes(votes, before.votes())
    assert same(sums, moments_of(votes))


@given(st.data())
@settings(max_examples=40)
def test_the_map_with_the_same_choice_equals_the_one_computed_anew(data: st.DataObject) -> None:
    before = data.draw(events(least_parties=3))
    later = data.draw(later_events(before))
    choice = Choice(2, 2, {}, forced=True)
    votes, sums, _ = with_events(before.votes(), moments_of(before.votes()), later)
    expected = anew(before, later).votes()
    found = opinion_map(votes, sums, choice=choice)
    whole = opinion_map(expected, moments_of(expected), choice=choice)
    assert np.allclose(found.place, whole.place, rtol=0, atol=1e-9)
    assert np.allclose(found.share, whole.share, rtol=0, atol=1e-9)
    assert np.array_equal(found.label, whole.label)


def test_of_two_votes_in_one_increment_the_later_counts() -> None:
    votes = Events(("p",), ("s",), ((0, 0, 1, 0),)).votes()
    later = [VoteEvent("p", "s", -1), VoteEvent("p", "s", 0)]
    found, _, superseded = with_events(votes, moments_of(votes), later)
    assert pivot(found) == {("p", "s"): 0}
    assert superseded == 2


def test_many_increments_end_where_one_does() -> None:
    random = np.random.default_rng(1)
    later = [
        VoteEvent(str(random.integers(30)), str(random.integers(12)), int(random.integers(-1, 2)))
        for _ in range(200)
    ]
    start = Events(("3",), ("5",), ()).votes()
    votes, sums = start, moments_of(start)
    for i in range(0, 200, 7):
        votes, sums, _ = with_events(votes, sums, later[i : i + 7])
    whole, whole_sums, _ = with_events(start, moments_of(start), later)
    assert same_votes(votes, whole)
    assert same(sums, whole_sums)


def studied(votes: Votes, rows: int, path: Path) -> bytes:
    """The study of some votes, as it is written."""
    nothing = np.zeros(len(votes.demands), dtype=np.int64)
    kept = Rows(rows, len(votes), rows - len(votes), 0)
    reading = Reading(
        votes=votes,
        rows=kept,
        rejections=(),
        title="Two camps",
        texts={},
        event_agree=nothing,
        event_disagree=nothing,
        format="long",
    )
    return write_json(study(reading, seed=3), path).read_bytes()


def test_the_study_after_later_votes_is_to_the_byte_the_study_of_all_votes(tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    chance = np.where(np.arange(60)[:, None] % 2 == np.arange(24) % 2, 0.85, 0.15)
    cast = [
        (p, s, 1 if random.random() < chance[p, s] else -1, 0)
        for p, s in (divmod(int(i), 24) for i in random.permutation(60 * 24)[:900])
    ]
    names = [f"p{i:02}" for i in random.permutation(60)]
    # Parties and demands that come only later, and votes that replace earlier ones, are among them.
    early = [row for row in cast[:700] if row[0] < 52 and row[1] < 20]
    late = [row for row in cast if row not in early] + [(p, s, -v, 0) for p, s, v, _ in early[:40]]
    before = Events(tuple(names[:52]), tuple(map(str, range(20))), tuple(early))
    later = [VoteEvent(names[p], str(s), v) for p, s, v, _ in late]
    votes, sums = before.votes(), moments_of(before.votes())
    for first in range(0, len(later), 90):
        votes, sums, _ = with_events(votes, sums, later[first : first + 90])
    rows = len(early) + len(late)
    whole = anew(before, later).votes()
    added = studied(votes, rows, tmp_path / "added.json")
    assert added == studied(whole, rows, tmp_path / "anew.json")
    assert b'"k": 2' in added


@pytest.mark.parametrize("value", [2, -2, 300])
def test_a_value_that_is_no_vote_is_refused(value: int) -> None:
    votes = Events(("p",), ("s",), ((0, 0, 1, 0),)).votes()
    with pytest.raises(StudyError, match=f"vote {value} is not one of"):
        with_events(votes, moments_of(votes), [VoteEvent("p", "s", value)])


def test_weighted_votes_are_refused() -> None:
    votes = Events(("p",), ("s",), ((0, 0, 1, 0),)).votes()
    weighted = replace(votes, weight=np.array([2.0]))
    with pytest.raises(StudyError, match="weights"):
        with_events(weighted, moments_of(votes), [VoteEvent("p", "s", 1)])
