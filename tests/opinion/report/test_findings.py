"""What the report says first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mufakat.opinion.report.findings import (
    Findings,
    Heading,
    gap,
    heading_of,
    least_heard,
    lowest_of_each_family,
    most_awaited,
)
from mufakat.opinion.report.words import ALL
from mufakat.opinion.result import OPINION_GROUPS, Coverage, DemandResult, Standing, State
from tests.opinion import studies

BASE = studies.study().demands[0]


def demand(state: State, *standings: Standing, divides: tuple[str, str] | None = None) -> DemandResult:
    return replace(BASE, state=state, constituencies=standings, divides=divides)


@pytest.mark.parametrize(
    ("state", "divides", "heading"),
    [
        (State.EVERYWHERE, None, Heading.EVERYWHERE),
        (State.CONTESTED, None, Heading.CONTESTED),
        (State.CONTESTED, ("A", "B"), Heading.DIVIDES),
        (State.UNHEARD, ("A", "B"), Heading.DIVIDES),
        (State.UNHEARD, None, Heading.UNHEARD),
    ],
)
def test_a_demand_stands_under_one_heading(
    state: State, divides: tuple[str, str] | None, heading: Heading
) -> None:
    assert heading_of(demand(state, divides=divides)) is heading


def test_every_demand_is_listed_once() -> None:
    made = studies.large()
    found = Findings.of(made)
    assert sorted(d.id for d in found.in_order) == sorted(d.id for d in made.demands)
    assert len(set(found.anchors.values())) == len(made.demands)
    assert found.demand("7") == made.demands[6]
    assert found.demand("no such demand") is None


def test_what_holds_is_listed_surest_first() -> None:
    scores = [d.score for d in Findings.of(studies.large()).lists[Heading.EVERYWHERE]]
    assert scores == sorted(scores, reverse=True)


def test_the_lowest_of_each_family_comes_lowest_first() -> None:
    low, high, other = (
        Standing("kind", "state", 9, 0.6, 0.4, 0.8),
        Standing("kind", "think tank", 9, 0.7, 0.6, 0.8),
        Standing("region", "Africa", 9, 0.6, 0.3, 0.8),
    )
    assert lowest_of_each_family(demand(State.CONTESTED, low, high, other)) == [other, low]


def test_a_demand_waits_for_those_with_fewest_votes() -> None:
    told = Standing("kind", "state", 9, 0.8, 0.6, 0.9)
    few = Standing("kind", "think tank", 3, 0.6, 0.2, 0.9)
    some = Standing("region", "Africa", 12, 0.5, 0.4, 0.6)
    everyone = Standing(*ALL, 21, 0.5, 0.4, 0.6)
    waiting = demand(State.UNHEARD, everyone, told, some, few)
    found = Findings.of(replace(studies.study(), demands=(waiting, replace(waiting, id="2"))))
    assert found.waiting(waiting) == [few, some]
    assert most_awaited(found) == (("kind", "think tank"), 2)


def test_a_demand_waits_for_those_of_whom_fewer_voted_than_are_asked_for() -> None:
    two = Standing("region", "Atlantis", 2, 0.9, 0.6, 0.98)
    small = replace(two, name="Lyonesse")
    coverage = (Coverage("region", "Atlantis", 9, 2, 2), Coverage("region", "Lyonesse", 2, 2, 2))
    found = Findings.of(replace(studies.study(), demands=(), coverage=coverage))
    assert found.waiting(demand(State.UNHEARD, two, small)) == [two]


def test_a_demand_that_nothing_else_holds_up_waits_for_the_one_that_binds() -> None:
    low = Standing("region", "Africa", 9, 0.8, 0.55, 0.9)
    waiting = replace(demand(State.UNHEARD, low), binding=("region", "Africa"))
    assert Findings.of(studies.study()).waiting(waiting) == [low]


def test_all_parties_are_awaited_only_where_there_is_nobody_else() -> None:
    everyone = Standing(*ALL, 4, 0.5, 0.2, 0.8)
    assert Findings.of(studies.study()).waiting(demand(State.UNHEARD, everyone)) == [everyone]


def test_nobody_is_awaited_where_all_was_heard() -> None:
    assert most_awaited(Findings.of(replace(studies.study(), demands=()))) is None


def test_a_division_is_as_wide_as_its_two_groups_are_apart() -> None:
    a, b = (
        Standing(OPINION_GROUPS, name, 20, share, share, share) for name, share in (("A", 0.9), ("B", 0.2))
    )
    assert gap(demand(State.CONTESTED, a, b, divides=("A", "B"))) == pytest.approx(0.7)
    assert gap(demand(State.CONTESTED, a, b)) == 0


def test_the_least_heard_is_the_smallest_share() -> None:
    rows = (
        Coverage("kind", "state", 10, 5, 9),
        Coverage("kind", "body", 4, 1, 9),
        Coverage("r", "x", 3, 3, 9),
    )
    assert least_heard(replace(studies.study(), coverage=rows)) == rows[1]
    assert least_heard(replace(studies.study(), coverage=rows[2:])) is None
    assert least_heard(replace(studies.study(), coverage=(Coverage("r", "none", 0, 0, 0),))) is None


def test_the_only_group_is_all_parties() -> None:
    found = Findings.of(studies.one_group())
    assert {(s.family, s.name) for d in found.in_order for s in d.constituencies} == {ALL}
    assert {d.binding for d in found.in_order} == {ALL}
