"""Casting votes."""

from __future__ import annotations

import pytest

from mufakat.site.authority.acts import Refused
from mufakat.site.ledger.models import Event
from mufakat.site.ledger.verification import verify
from mufakat.site.parties import actions as parties
from mufakat.site.voices.actions import demands
from mufakat.site.voices.actions.errors import VoiceError
from mufakat.site.voices.actions.votes import Choice, cast
from mufakat.site.voices.models import EarlierVote, Vote
from tests.site.factories import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def voting() -> World:
    """A consultation in which voting is open."""
    here = world()
    here.open("converge")
    return here


def test_a_vote_is_stored_with_one_event(voting: World) -> None:
    demand, voter = voting.demand(), voting.voter()
    before = Event.objects.count()
    receipt = cast(actor=voter, consultation=voting.consultation, choices={demand.number: Choice(1, True)})
    vote = Vote.objects.get()
    assert (vote.value, vote.important, vote.event) == (1, True, receipt.event)
    assert receipt.counted == (demand.number,)
    assert Event.objects.count() == before + 1
    assert verify().breaks == ()


def test_the_same_vote_again_changes_nothing(voting: World) -> None:
    demand, voter = voting.demand(), voting.voter()
    for _ in range(2):
        receipt = cast(actor=voter, consultation=voting.consultation, choices={demand.number: Choice(-1)})
    assert receipt.event is None
    assert receipt.counted == (demand.number,)
    assert Vote.objects.count() == 1
    assert EarlierVote.objects.count() == 0


def test_a_change_of_mind_keeps_what_was_said_before(voting: World) -> None:
    demand, voter = voting.demand(), voting.voter()
    first = cast(actor=voter, consultation=voting.consultation, choices={demand.number: Choice(1)})
    second = cast(actor=voter, consultation=voting.consultation, choices={demand.number: Choice(0)})
    assert Vote.objects.get().value == 0
    earlier = EarlierVote.objects.get()
    assert (earlier.value, earlier.event, earlier.replaced_by) == (1, first.event, second.event)


def test_a_ballot_counts_what_is_open_and_tells_what_is_not(voting: World) -> None:
    open_, merged, voter = voting.demand(), voting.demand(), voting.voter()
    demands.merge(actor=voting.team, demand=merged, into=open_, reason="The same ask.")
    receipt = cast(
        actor=voter,
        consultation=voting.consultation,
        choices={open_.number: Choice(1), merged.number: Choice(1)},
    )
    assert receipt.counted == (open_.number,)
    assert receipt.closed == (merged.number,)
    assert Vote.objects.get().demand == open_


def test_no_vote_before_a_stage_permits_it_nor_after() -> None:
    here = world()
    demand, voter = here.demand(), here.voter()
    for _ in range(2):
        with pytest.raises(Refused, match="Voting is closed"):
            cast(actor=voter, consultation=here.consultation, choices={demand.number: Choice(1)})
        here.open("converge")
        here.close("converge")
    assert Vote.objects.count() == 0


def test_a_person_whose_accreditation_was_revoked_cannot_vote_with_an_actor_found_before(
    voting: World,
) -> None:
    demand, party = voting.demand(), voting.party()
    someone, granted = voting.accredited(party)
    actor = voting.actor(someone)
    parties.revoke(actor=voting.team, accreditation=granted)
    with pytest.raises(Refused, match="speak for a party"):
        cast(actor=actor, consultation=voting.consultation, choices={demand.number: Choice(1)})


def test_an_observer_cannot_vote(voting: World) -> None:
    demand, party = voting.demand(), voting.party()
    someone, _granted = voting.accredited(party, capacity="observer")
    with pytest.raises(Refused, match="observer"):
        cast(
            actor=voting.actor(someone),
            consultation=voting.consultation,
            choices={demand.number: Choice(1)},
        )


def test_a_vote_that_is_none_is_refused_with_its_place(voting: World) -> None:
    demand, voter = voting.demand(), voting.voter()
    with pytest.raises(VoiceError, match=rf"vote 2 on demand {demand.number}"):
        cast(actor=voter, consultation=voting.consultation, choices={demand.number: Choice(2)})
    with pytest.raises(VoiceError, match="no demand 999"):
        cast(actor=voter, consultation=voting.consultation, choices={999: Choice(1)})
