"""Studies are kept fresh from what was cast since, and equal those that are read anew."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import pytest

from mufakat.opinion.study import study
from mufakat.opinion.writing import as_json
from mufakat.site.authority.actor import Actor
from mufakat.site.parties import actions as parties
from mufakat.site.voices.actions import demands, moderation
from mufakat.site.voices.actions.importing import bring_in_votes
from mufakat.site.voices.actions.votes import Choice, cast
from mufakat.site.voices.models import Demand, Showing, StoredStudy
from mufakat.site.voices.models.study import EVERYBODY, TEAM
from mufakat.site.voices.study import keeping
from mufakat.site.voices.study.keeping import Keeper, refresh
from mufakat.site.voices.study.reading import read
from mufakat.site.voices.study.stored import stored
from tests.site.factories import World, world

pytestmark = pytest.mark.django_db

KINDS = ("member_state", "think_tank", "civil_society")
REGIONS = ("africa", "asia_pacific")


@pytest.fixture
def voting() -> World:
    here = world()
    here.open("converge")
    for _ in range(6):
        here.demand()
    return here


def voters(here: World, count: int) -> list[Actor]:
    return [
        here.voter(f"P{place}", kind=KINDS[place % 3], region=REGIONS[place % 2]) for place in range(count)
    ]


def say(here: World, actor: Actor, **votes: int) -> None:
    choices = {int(number[1:]): Choice(value) for number, value in votes.items()}
    cast(actor=actor, consultation=here.consultation, choices=choices)


def anew(here: World) -> dict[str, Any]:
    return as_json(study(read(here.consultation), invented=here.consultation.invented))


def team(here: World) -> dict[str, Any]:
    found = stored(here.consultation.pk, TEAM)
    assert found is not None
    return found.document


def public(here: World) -> dict[str, Any]:
    found = stored(here.consultation.pk, EVERYBODY)
    assert found is not None
    return found.document


def bring_in_blocs(here: World, count: int, *, seed: int = 0) -> None:
    """Two blocs of parties that mostly disagree, on all demands."""
    random_ = random.Random(seed)
    numbers = list(Demand.objects.filter(consultation=here.consultation).values_list("number", flat=True))
    bring_in_votes(
        actor=here.team,
        consultation=here.consultation,
        events=[
            (
                f"P{place}",
                number,
                (1 if (place + number) % 2 else -1) if random_.random() < 0.9 else 0,
                False,
                datetime(2026, 5, 1, tzinfo=UTC),
                None,
            )
            for place in range(count)
            for number in numbers
        ],
    )


def test_increments_equal_reading_anew_byte_for_byte(voting: World) -> None:
    actors = voters(voting, 12)
    random_ = random.Random(1)
    keeper = Keeper()
    numbers = [1, 2, 3, 4, 5, 6]
    for act in range(40):
        choices = {
            number: Choice(random_.choice((-1, 0, 1)), random_.random() < 0.2)
            for number in random_.sample(numbers, random_.randint(1, 4))
        }
        cast(actor=random_.choice(actors), consultation=voting.consultation, choices=choices)
        if act % 5 == 4:
            assert keeper.look() == [voting.consultation]
            assert team(voting) == anew(voting)
        if act == 14:
            old, new = (Demand.objects.get(number=number) for number in (2, 5))
            demands.merge(actor=voting.team, demand=old, into=new, reason="The same ask.")
            numbers.remove(2)
        if act == 24:
            newer = demands.reword(
                actor=voting.team,
                demand=Demand.objects.get(number=3),
                wording="Other words for it.",
                reason="Clearer.",
                same_ask=True,
            )
            numbers = [number for number in numbers if number != 3] + [newer.number]


def test_only_votes_are_added_and_anything_else_is_read_anew(
    voting: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mufakat.site.voices.study import held

    whole, later = [], []
    held_now, held_later = held.held_now, held.held_later
    monkeypatch.setattr(held, "held_now", lambda *a: whole.append(1) or held_now(*a))
    monkeypatch.setattr(held, "held_later", lambda *a: later.append(1) or held_later(*a))
    first, second = voters(voting, 2)
    keeper = Keeper()
    say(voting, first, d1=1)
    keeper.look()
    say(voting, second, d1=-1)
    keeper.look()
    assert (len(whole), len(later)) == (1, 1)
    voting.demand()
    keeper.look()
    assert (len(whole), len(later)) == (2, 1)


def test_a_look_at_nothing_new_makes_nothing(voting: World) -> None:
    say(voting, voters(voting, 1)[0], d1=1)
    keeper = Keeper()
    assert keeper.look() == [voting.consultation]
    assert keeper.look() == []
    voting.submission()
    assert keeper.look() == []
    assert Keeper().look() == []
    row = StoredStudy.objects.get(audience=TEAM)
    assert row.through == read_length(voting)


def read_length(here: World) -> int:
    from mufakat.site.voices.study.held import ledger_length

    return ledger_length(here.consultation.pk)


def test_an_error_in_one_consultation_leaves_the_others_fresh_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole = world("broken"), world("whole")
    for here in (broken, whole):
        here.open("converge")
        here.demand()
        say(here, here.voter(), d1=1)
    hold = Keeper._hold
    monkeypatch.setattr(
        Keeper, "_hold", lambda self, pk: _fail() if pk == broken.consultation.pk else hold(self, pk)
    )
    keeper = Keeper()
    assert keeper.look() == [whole.consultation]
    assert "broken on purpose" in caplog.text
    monkeypatch.setattr(Keeper, "_hold", hold)
    assert keeper.look() == []
    monkeypatch.setattr(keeping, "RETRY_AFTER", 0.0)
    keeper._not_before.clear()
    assert keeper.look() == [broken.consultation]


def _fail() -> None:
    raise RuntimeError("broken on purpose")


def test_votes_on_what_was_merged_count_once(voting: World) -> None:
    one, both, other = voters(voting, 3)
    say(voting, one, d1=1)
    say(voting, both, d1=-1, d2=1)
    say(voting, other, d2=1)
    old, new = (Demand.objects.get(number=number) for number in (1, 2))
    demands.merge(actor=voting.team, demand=old, into=new, reason="The same ask.")
    refresh(voting.consultation)
    found = {demand["id"]: demand for demand in team(voting)["demands"]}
    assert "1" not in found
    assert (found["2"]["agree"], found["2"]["disagree"], found["2"]["pass"]) == (3, 0, 0)
    assert team(voting)["rows"] == {"read": 4, "kept": 3, "superseded": 1, "rejected": 0}


def test_votes_on_what_was_split_or_asks_something_else_now_do_not_count(voting: World) -> None:
    (voter,) = voters(voting, 1)
    say(voting, voter, d1=1, d2=1, d3=1)
    demands.split(
        actor=voting.team,
        demand=Demand.objects.get(number=1),
        parts=["Wells.", "Roads."],
        language="en",
        reason="Two asks.",
    )
    demands.reword(
        actor=voting.team,
        demand=Demand.objects.get(number=2),
        wording="Deeper wells.",
        reason="Another ask.",
        same_ask=False,
    )
    refresh(voting.consultation)
    assert sum(demand["agree"] for demand in team(voting)["demands"]) == 1
    assert team(voting)["rows"]["read"] == 1


def test_a_merger_that_is_taken_back_gives_each_its_own_votes_again(voting: World) -> None:
    (voter,) = voters(voting, 1)
    say(voting, voter, d1=1)
    old, new = (Demand.objects.get(number=number) for number in (1, 2))
    link = demands.merge(actor=voting.team, demand=old, into=new, reason="The same ask.")
    demands.part_again(actor=voting.team, link=link)
    refresh(voting.consultation)
    found = {demand["id"]: demand["agree"] for demand in team(voting)["demands"]}
    assert (found["1"], found["2"]) == (1, 0)


def test_hidden_demands_are_not_studied_and_come_back_with_their_votes(voting: World) -> None:
    (voter,) = voters(voting, 1)
    say(voting, voter, d1=1, d2=1)
    hidden = Demand.objects.get(number=1)
    moderation.moderate(actor=voting.team, subject=hidden, hides=True, reason="Names a person.")
    refresh(voting.consultation)
    assert "1" not in {demand["id"] for demand in team(voting)["demands"]}
    moderation.moderate(actor=voting.team, subject=hidden, hides=False, reason="A mistake.")
    refresh(voting.consultation)
    assert {demand["id"]: demand["agree"] for demand in team(voting)["demands"]}["1"] == 1


def test_no_study_is_left_once_nothing_that_was_voted_on_is_asked(voting: World) -> None:
    say(voting, voters(voting, 1)[0], d1=1)
    assert refresh(voting.consultation)
    moderation.moderate(
        actor=voting.team, subject=Demand.objects.get(number=1), hides=True, reason="Names a person."
    )
    assert not refresh(voting.consultation)
    assert not StoredStudy.objects.exists()


def test_kinds_regions_and_groups_are_constituencies(voting: World) -> None:
    actors = voters(voting, 4)
    group = parties.add_group(actor=voting.team, consultation=voting.consultation, code="LDC", name="LDC")
    member = voting.consultation.parties.get(code="P0")
    parties.join_group(actor=voting.team, group=group, party=member)
    for actor in actors:
        say(voting, actor, d1=1)
    refresh(voting.consultation)
    families = {(row["family"], row["name"]) for row in team(voting)["coverage"]}
    assert ("kind", "think_tank") in families
    assert ("region", "africa") in families
    assert ("group: LDC", "LDC") in families


def test_a_vote_without_a_showing_counts_as_shown_once_showings_are_logged(voting: World) -> None:
    first, second = voters(voting, 2)
    say(voting, first, d1=1)
    say(voting, second, d2=1)
    assert read(voting.consultation).showings is None
    shown = Demand.objects.get(number=3)
    assert first.voice is not None
    Showing.objects.create(party_id=first.voice.party, demand=shown, propensity=0.5)
    found = read(voting.consultation).showings
    assert found is not None
    assert list(zip(found.demand.tolist(), found.times.tolist(), strict=True)) == [(0, 1), (2, 1), (1, 1)]


def test_nothing_is_public_until_enough_parties_have_voted(voting: World) -> None:
    actors = voters(voting, 5)
    for actor in actors[:4]:
        say(voting, actor, d1=1)
    refresh(voting.consultation)
    assert stored(voting.consultation.pk, EVERYBODY) is None
    assert stored(voting.consultation.pk, TEAM) is not None
    say(voting, actors[4], d1=1)
    refresh(voting.consultation)
    assert public(voting)["demands"][0]["agree"] == 5


def test_the_public_study_waits_until_its_difference_from_the_last_one_tells_of_enough_parties(
    voting: World,
) -> None:
    actors = voters(voting, 14)
    for actor in actors[:8]:
        say(voting, actor, d1=1)
    keeper = Keeper()
    keeper.look()
    assert public(voting)["demands"][0]["agree"] == 8
    for actor in actors[8:12]:
        say(voting, actor, d1=-1)
        keeper.look()
        assert public(voting)["demands"][0]["disagree"] == 0
        assert team(voting)["demands"][0]["disagree"] > 0
    say(voting, actors[12], d1=-1)
    keeper.look()
    assert public(voting)["demands"][0]["disagree"] == 5


def test_what_is_hidden_leaves_the_public_study_at_once_and_no_new_vote_comes_with_it(voting: World) -> None:
    actors = voters(voting, 9)
    for actor in actors[:8]:
        say(voting, actor, d1=1, d2=1)
    keeper = Keeper()
    keeper.look()
    say(voting, actors[8], d2=-1)
    moderation.moderate(
        actor=voting.team, subject=Demand.objects.get(number=1), hides=True, reason="Names a person."
    )
    keeper.look()
    found = {demand["id"]: demand for demand in public(voting)["demands"]}
    assert "1" not in found
    assert (found["2"]["agree"], found["2"]["disagree"]) == (8, 0)
    assert {demand["id"]: demand["disagree"] for demand in team(voting)["demands"]}["2"] == 1


def test_the_public_study_tells_of_no_small_constituency_also_not_by_difference(voting: World) -> None:
    for place in range(14):
        actor = voting.voter(f"P{place}", kind="member_state" if place < 12 else "think_tank")
        say(voting, actor, d1=1 if place < 12 else -1)
    refresh(voting.consultation)
    told = {(row["family"], row["name"]) for row in public(voting)["demands"][0]["constituencies"]}
    # Two think tanks voted: neither they are told of, nor the states, from whom they would follow.
    assert ("kind", "think_tank") not in told
    assert ("kind", "member_state") not in told
    assert {party["id"] for party in public(voting)["parties"]} == {""}
    assert {row["name"] for row in team(voting)["demands"][0]["constituencies"]} >= {"think_tank"}


def test_votes_that_are_brought_in_keep_their_history_and_are_one_act(voting: World) -> None:
    from mufakat.site.ledger.models import Event
    from mufakat.site.voices.models import EarlierVote, Vote

    voters(voting, 2)
    before = Event.objects.count()
    day = datetime(2026, 5, 1, tzinfo=UTC)
    arrival = bring_in_votes(
        actor=voting.team,
        consultation=voting.consultation,
        events=[
            ("P0", 1, 1, False, day.replace(day=3), None),
            ("P0", 1, -1, True, day, None),
            ("P1", 1, 0, False, None, voting.facilitator.pk),
        ],
    )
    assert (arrival.votes, arrival.earlier) == (2, 1)
    assert Event.objects.count() == before + 1
    assert Vote.objects.get(party__code="P0").value == 1
    assert EarlierVote.objects.get().important
    bring_in_votes(
        actor=voting.team,
        consultation=voting.consultation,
        events=[
            ("P0", 1, 0, False, day.replace(day=2), None),
            ("P0", 1, -1, False, day.replace(day=4), None),
        ],
    )
    assert Vote.objects.get(party__code="P0").value == -1
    assert sorted(EarlierVote.objects.values_list("value", flat=True)) == [-1, 0, 1]
    refresh(voting.consultation)
    assert team(voting)["rows"] == {"read": 5, "kept": 2, "superseded": 3, "rejected": 0}


def test_36_000_votes_come_in_within_seconds(voting: World) -> None:
    import time

    from mufakat.site.voices.models import Vote

    for _ in range(144):
        voting.demand()
    for place in range(240):
        voting.party(f"P{place}")
    began = time.process_time()
    bring_in_blocs(voting, 240)
    assert Vote.objects.count() == 36_000
    assert time.process_time() - began < 5
