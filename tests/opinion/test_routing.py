from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.opinion.errors import StudyError
from mufakat.opinion.result import Standing, State
from mufakat.opinion.routing import FLOOR, NEW, TELLING, VOICES, Next, next_demands


def standing(low: float, high: float, name: str = "Africa") -> Standing:
    return Standing("region", name, 5, (low + high) / 2, low, high)


@st.composite
def situations(draw: st.DrawFn) -> dict[str, Any]:
    """Any party before any demands, with any part of what may be known about them."""
    size = draw(st.integers(1, 12))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    situation: dict[str, Any] = {
        "demands": [f"d{i}" for i in range(size)],
        "party": draw(st.text(max_size=5)),
        "voted": np.flatnonzero(random.random(size) < draw(st.floats(0, 1))),
        "floor": draw(st.floats(0.01, 1)),
        "count": draw(st.integers(0, 15)),
        "seed": draw(st.integers(0, 2**32 - 1)),
    }
    if draw(st.booleans()):
        situation["loadings"] = random.normal(size=(size, draw(st.integers(0, 3))))
    if draw(st.booleans()):
        bounds = np.sort(random.random((size, 2)), axis=1)
        situation["standings"] = [[standing(*pair.tolist())] for pair in bounds]
        situation["states"] = [list(State)[i] for i in random.integers(3, size=size)]
    if draw(st.booleans()):
        situation["showings"] = random.integers(0, 500, size)
    if draw(st.booleans()):
        situation["hidden"] = random.random(size) < 0.3
    return situation


def route(situation: dict[str, Any], **changed: Any) -> Next:
    kept = {**situation, **changed}
    return next_demands(kept.pop("demands"), **kept)


@given(situations())
def test_chances_sum_to_one_and_none_is_below_the_floor(situation: dict[str, Any]) -> None:
    candidates = route(situation).candidates
    if candidates:
        assert sum(c.probability for c in candidates) == pytest.approx(1)
        assert min(c.probability for c in candidates) >= situation["floor"] / len(candidates) * (1 - 1e-9)


@given(situations())
def test_the_terms_explain_the_whole_chance(situation: dict[str, Any]) -> None:
    for candidate in route(situation).candidates:
        parts = [part for _, part in candidate.terms]
        assert sum(parts) == pytest.approx(candidate.probability)
        assert parts == sorted(parts, reverse=True)
        assert {words for words, _ in candidate.terms} <= {VOICES, TELLING, NEW, FLOOR}


@given(situations())
def test_only_open_demands_are_drawn_each_once(situation: dict[str, Any]) -> None:
    found = route(situation)
    closed = set(situation["voted"].tolist()) | set(np.flatnonzero(situation.get("hidden", [])).tolist())
    left = [d for i, d in enumerate(situation["demands"]) if i not in closed]
    assert [c.demand for c in found.candidates] == left
    assert set(found.drawn) <= set(left)
    assert len(set(found.drawn)) == len(found.drawn) == min(situation["count"], len(left))
    assert all(0 < p <= 1 for p in found.propensities)


@given(situations())
def test_the_same_party_with_the_same_votes_is_shown_the_same(situation: dict[str, Any]) -> None:
    assert route(situation) == route(situation)


def test_who_voted_on_everything_is_shown_nothing() -> None:
    assert next_demands(["1", "2"], party="x", voted=np.array([0, 1])) == Next((), (), ())


def test_demands_are_drawn_as_often_as_their_chances_say() -> None:
    showings = np.array([0, 10, 1000])
    drawn = Counter(
        next_demands(["a", "b", "c"], party=f"p{i}", voted=np.array([], dtype=int), showings=showings).drawn[
            0
        ]
        for i in range(4000)
    )
    expected = {
        c.demand: c.probability
        for c in next_demands(
            ["a", "b", "c"], party="", voted=np.array([], dtype=int), showings=showings
        ).candidates
    }
    assert expected == pytest.approx({"a": 0.8 * 2 / 3 + 0.2 / 3, "b": 0.8 / 3 + 0.2 / 3, "c": 0.2 / 3})
    assert {d: n / 4000 for d, n in drawn.items()} == pytest.approx(expected, abs=0.025)


def test_the_undecided_constituency_is_named_and_the_decided_one_needs_no_voice() -> None:
    found = next_demands(
        ["open", "decided"],
        party="x",
        voted=np.array([], dtype=int),
        standings=[[standing(0.3, 0.9), standing(0.4, 0.6, "Asia")], [standing(0.7, 0.9)]],
    ).candidates
    assert found[0].constituency == ("region", "Africa")
    assert found[0].terms[0][0] == VOICES
    assert found[1].constituency is None
    assert found[1].terms == ((FLOOR, 0.1),)


def test_a_demand_on_an_axis_already_known_tells_less() -> None:
    loadings = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    fresh = next_demands(["a", "b", "c"], party="x", voted=np.array([0]), loadings=loadings).candidates
    assert [c.demand for c in fresh] == ["b", "c"]
    assert fresh[1].probability > fresh[0].probability


def test_a_demand_that_nobody_was_heard_on_needs_voices() -> None:
    found = next_demands(
        ["a", "b"],
        party="x",
        voted=np.array([], dtype=int),
        states=[State.UNHEARD, State.CONTESTED],
    ).candidates
    assert found[0].probability == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"floor": 0.0}, "floor=0.0 must be above 0"),
        ({"count": -1}, "count=-1"),
        ({"noise": 0.0}, "noise=0.0"),
        ({"voted": np.array([2])}, "voted names demand 2, but demands are 0 to 1"),
        ({"showings": np.array([1, -3])}, "showings of -3"),
        ({"hidden": np.array([True])}, "hidden is of 1 demands, but there are 2"),
    ],
)
def test_what_cannot_be_is_refused_by_name(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(StudyError, match=message):
        route({"demands": ["a", "b"], "party": "x", "voted": np.array([], dtype=int)}, **wrong)
