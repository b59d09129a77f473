"""Which demand comes next on the site."""

from __future__ import annotations

from collections import Counter

import pytest

from mufakat.site.authority.actor import Actor, Voice
from mufakat.site.parties import actions as parties
from mufakat.site.voices.actions import demands, moderation
from mufakat.site.voices.actions.importing import bring_in_votes
from mufakat.site.voices.actions.votes import Choice, cast
from mufakat.site.voices.models import Demand
from mufakat.site.voices.queries.routing import constituencies_of, next_for
from mufakat.site.voices.study.keeping import refresh
from tests.site.factories import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def voting() -> World:
    here = world()
    here.open("converge")
    for _ in range(8):
        here.demand()
    return here


def voice_of(actor: Actor) -> Voice:
    assert actor.voice is not None
    return actor.voice


def drawn(here: World, voice: Voice, count: int = 20) -> list[int]:
    return [each.number for each in next_for(here.consultation, voice, count).drawn]


def studied(here: World) -> None:
    """Two blocs of states vote on the first six demands; no think tank has said a word."""
    for place in range(12):
        here.party(f"S{place}")
    bring_in_votes(
        actor=here.team,
        consultation=here.consultation,
        events=[
            (f"S{place}", number, 1 if (place + number) % 2 else -1, False, None, None)
            for place in range(12)
            for number in range(1, 7)
        ],
    )
    refresh(here.consultation)


def test_without_a_study_every_demand_that_is_open_can_be_drawn(voting: World) -> None:
    voice = voice_of(voting.voter())
    assert sorted(drawn(voting, voice)) == list(range(1, 9))
    propensities = [each.propensity for each in next_for(voting.consultation, voice, 8).drawn]
    assert propensities[0] == pytest.approx(1 / 8)
    assert propensities[-1] == pytest.approx(1)


def test_what_the_party_voted_on_is_not_drawn_nor_what_is_hidden_or_gone(voting: World) -> None:
    actor = voting.voter()
    cast(actor=actor, consultation=voting.consultation, choices={1: Choice(0)})
    by_number = {demand.number: demand for demand in Demand.objects.all()}
    moderation.moderate(actor=voting.team, subject=by_number[2], hides=True, reason="Names a person.")
    demands.merge(actor=voting.team, demand=by_number[3], into=by_number[4], reason="The same ask.")
    assert sorted(drawn(voting, voice_of(actor))) == [4, 5, 6, 7, 8]


def test_a_vote_on_what_was_reworded_counts_unless_it_asks_something_else_now(voting: World) -> None:
    actor = voting.voter()
    cast(actor=actor, consultation=voting.consultation, choices={1: Choice(1), 2: Choice(1)})
    for number, same in ((1, True), (2, False)):
        demands.reword(
            actor=voting.team,
            demand=Demand.objects.get(number=number),
            wording=f"Other words for {number}.",
            reason="Clearer.",
            same_ask=same,
        )
    assert sorted(drawn(voting, voice_of(actor))) == [3, 4, 5, 6, 7, 8, 10]


def test_the_draw_stays_the_same_until_the_party_votes(voting: World) -> None:
    studied(voting)
    actor = voting.voter(kind="think_tank")
    first = drawn(voting, voice_of(actor))
    assert drawn(voting, voice_of(actor)) == first
    cast(actor=actor, consultation=voting.consultation, choices={first[0]: Choice(1)})
    assert first[0] not in drawn(voting, voice_of(actor))


def test_with_a_study_demands_lean_to_voices_that_are_missing_and_none_is_out_of_reach(voting: World) -> None:
    studied(voting)
    late = voting.demand()
    firsts: Counter[int] = Counter()
    for place in range(60):
        voting.party(f"T{place}", kind="think_tank")
        voice = Voice(0, f"T{place}", "", "think_tank", "head", 0)
        draw = next_for(voting.consultation, voice, 1).drawn[0]
        firsts[draw.number] += 1
        assert 0.2 / 9 <= draw.propensity <= 1
    # Demands 7 and 8 have no vote at all, and the last one came after the study.
    assert firsts[7] + firsts[8] + firsts[late.number] > 60 * 3 / 9
    assert len(firsts) > 3


def test_the_reason_says_why_a_demand_is_shown(voting: World) -> None:
    studied(voting)
    voice = voice_of(voting.voter(kind="think_tank"))
    reasons = {each.number: each.reason for each in next_for(voting.consultation, voice, 9).drawn}
    assert "voices from parties like yours are still missing" in reasons[7]
    assert not any("agree" in reason for reason in reasons.values())


def test_a_party_belongs_to_its_kind_region_groups_and_opinion_group(voting: World) -> None:
    voice = voice_of(voting.voter("P1", kind="think_tank", region="africa"))
    group = parties.add_group(actor=voting.team, consultation=voting.consultation, code="LDC", name="LDC")
    parties.join_group(actor=voting.team, group=group, party=voting.consultation.parties.get(code="P1"))
    assert constituencies_of(voice, "B") == {
        ("kind", "think_tank"),
        ("region", "africa"),
        ("group: LDC", "LDC"),
        ("opinion group", "B"),
    }
