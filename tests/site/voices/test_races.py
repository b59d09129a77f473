"""Many people at once, in real threads and processes, on the database that the run is on."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db.models import Count

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import Refused
from mufakat.site.consultations import actions as consultations
from mufakat.site.ledger.models import Event
from mufakat.site.ledger.verification import verify
from mufakat.site.voices.actions import demands
from mufakat.site.voices.actions.errors import TakenError
from mufakat.site.voices.actions.votes import Choice, Receipt, cast
from mufakat.site.voices.models import Demand, Descent, Vote
from tests.site.factories import World, world
from tests.site.racing import in_processes, in_threads

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def vote(here: World, voter: Actor, number: int, value: int) -> Receipt | str:
    """Cast one vote; the words of the refusal where there is one."""
    try:
        return cast(actor=voter, consultation=here.consultation, choices={number: Choice(value)})
    except Refused as refusal:
        return str(refusal)


@pytest.mark.parametrize("at_once", [in_threads, in_processes])
def test_fifty_equal_votes_at_once_give_one(at_once: Any) -> None:
    here = world()
    here.open("converge")
    demand, voter = here.demand(), here.voter()
    receipts = at_once([partial(vote, here, voter, demand.number, 1)] * 50)
    assert [receipt.counted for receipt in receipts] == [(demand.number,)] * 50
    assert Vote.objects.count() == 1
    assert Event.objects.filter(act="voices.vote").count() == 1
    assert verify().breaks == ()


def test_a_hundred_voters_while_voting_closes_fifty_times_are_each_counted_or_told() -> None:
    here = world()
    stage = here.open("converge")
    demand = here.demand()
    voters = [here.voter() for _ in range(100)]
    team = here.team

    def close_and_open() -> None:
        for _ in range(50):
            consultations.close_stage(actor=team, stage=here.stage("converge"))
            consultations.open_stage(actor=team, stage=here.stage("converge"))

    jobs = [partial(vote, here, voter, demand.number, 1) for voter in voters]
    results = in_threads([*jobs[:50], close_and_open, *jobs[50:]])
    told = results[:50] + results[51:]
    assert results[50] is None
    counted = [result for result in told if isinstance(result, Receipt)]
    refused = [result for result in told if isinstance(result, str)]
    assert len(counted) + len(refused) == 100
    assert all("Voting is closed" in words for words in refused)
    assert Vote.objects.filter(demand=demand).count() == len(counted)
    stage.refresh_from_db()
    assert Event.objects.filter(act="consultations.stage", detail__contains="open").count() == 101
    assert verify().breaks == ()


@pytest.mark.parametrize("at_once", [in_threads, in_processes])
def test_overlapping_mergers_leave_no_orphan_and_no_double(at_once: Any) -> None:
    here = world()
    here.open("converge")
    first, second, third = (here.demand() for _ in range(3))
    team = here.team
    pairs = [
        (first, second),
        (second, first),
        (first, third),
        (third, first),
        (second, third),
        (third, second),
    ]

    def merge(demand: Demand, into: Demand) -> str:
        try:
            demands.merge(actor=team, demand=demand, into=into, reason="The same ask.")
        except TakenError:
            return "taken"
        return "merged"

    outcomes = Counter(at_once([partial(merge, *pair) for pair in pairs * 3]))
    states = Counter(Demand.objects.values_list("state", flat=True))
    assert outcomes["merged"] == 2
    assert outcomes["taken"] == 16
    assert states == {"live": 1, "merged": 2}
    ways_on = Demand.objects.filter(state="merged").annotate(ways=Count("descents"))
    assert [demand.ways for demand in ways_on] == [1, 1]
    assert Descent.objects.count() == 2
    # Whoever follows the links from a merged demand arrives at the live one.
    live = Demand.objects.get(state="live")
    for demand in Demand.objects.filter(state="merged"):
        reached = demand
        while reached.state == "merged":
            reached = Descent.objects.get(ancestor=reached).descendant
        assert reached == live


def test_a_split_and_a_merger_of_one_demand_at_once_leave_one_of_them() -> None:
    here = world()
    wanted, other = here.demand(), here.demand()
    team = here.team

    def attempt(act: Any, **named: Any) -> str:
        try:
            act(actor=team, **named)
        except TakenError:
            return "taken"
        return "done"

    for_split = partial(
        attempt, demands.split, demand=wanted, parts=["Wells.", "Roads."], language="en", reason="Two asks."
    )
    for_merger = partial(attempt, demands.merge, demand=wanted, into=other, reason="The same ask.")
    assert sorted(in_threads([for_split, for_merger] * 5)) == ["done"] + ["taken"] * 9
    assert Descent.objects.filter(ancestor=wanted).values("how").distinct().count() == 1
