"""What people try who may not: cases 1, 10, 13 and 18 of the list of attacks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mufakat.site.authority.acts import Refused
from mufakat.site.ledger.models import Event
from mufakat.site.parties import actions
from mufakat.site.parties.models import Accreditation, Invitation, Party
from mufakat.site.people.models import Person
from mufakat.site.voices.actions.votes import Choice, cast
from mufakat.site.voices.models import Vote
from tests.site.factories import World, person, world
from tests.site.signing import errors_of, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def voting() -> World:
    """A consultation in which votes are cast."""
    here = world("compact")
    here.open("converge")
    return here


def test_a_deputy_acts_after_the_head_ended_it(voting: World) -> None:
    demand, party = voting.demand(), voting.party("MRD")
    head, _ = voting.accredited(party)
    deputy, granted = voting.accredited(party, capacity="deputy")
    actor = voting.actor(deputy)
    cast(actor=actor, consultation=voting.consultation, choices={demand.number: Choice(1)})
    client = signed_in(deputy)
    page = reverse("party-people", args=["compact", "MRD"])
    assert client.get(reverse("consultation", args=["compact"])).context["voice"].code == "MRD"
    revoke = reverse("party-revoke", args=["compact", "MRD", granted.pk])
    assert signed_in(head).post(revoke, {"party": "MRD"}).status_code == 302
    assert client.get(reverse("consultation", args=["compact"])).context["voice"] is None
    assert client.get(page).status_code == 403
    with pytest.raises(Refused):
        cast(actor=actor, consultation=voting.consultation, choices={demand.number: Choice(-1)})
    vote = Vote.objects.get()
    assert (vote.person, vote.party, vote.value) == (deputy, party, 1)
    assert Event.objects.filter(act="voices.vote", person=str(deputy.pk), party="MRD").count() == 1


def test_a_deputy_acts_after_the_time_is_over(voting: World) -> None:
    demand, party = voting.demand(), voting.party("MRD")
    deputy, granted = voting.accredited(party, capacity="deputy")
    actor = voting.actor(deputy)
    now = timezone.now()
    Accreditation.objects.filter(pk=granted.pk).update(begins=now - timedelta(days=2), ends=now)
    with pytest.raises(Refused):
        cast(actor=actor, consultation=voting.consultation, choices={demand.number: Choice(1)})
    assert signed_in(deputy).get(reverse("consultation", args=["compact"])).context["voice"] is None
    assert not Vote.objects.exists()


def test_somebody_acts_before_the_time_begins(voting: World) -> None:
    party, someone = voting.party("MRD"), person()
    tomorrow = timezone.now() + timedelta(days=1)
    actions.accredit(actor=voting.team, party=party, email=someone.email, capacity="head", begins=tomorrow)
    assert signed_in(someone).get(reverse("party-people", args=["compact", "MRD"])).status_code == 403


def test_the_head_of_one_party_keeps_the_people_of_another(voting: World) -> None:
    own, other = voting.party("OWN"), voting.party("OTH")
    head, _ = voting.accredited(own)
    deputy, granted = voting.accredited(other, capacity="deputy")
    invitation, _token = actions.invite(
        actor=voting.team, party=other, email="x@example.org", capacity="member"
    )
    client = signed_in(head)
    before = Event.objects.count()
    said = {"party": "OWN"}
    for prefix, name in (("accredit", "party-accredit"), ("invite", "party-invite")):
        form = {f"{prefix}-email": head.email, f"{prefix}-capacity": "head", **said}
        assert client.post(reverse(name, args=["compact", "OTH"]), form).status_code == 403
    for name, number in (
        ("party-revoke", granted.pk),
        ("party-withdraw", invitation.pk),
        ("party-send-again", invitation.pk),
    ):
        assert client.post(reverse(name, args=["compact", "OTH", number]), said).status_code == 403
        # The same number under the own party's address.
        assert client.post(reverse(name, args=["compact", "OWN", number]), said).status_code == 404
    assert client.post(reverse("party-edit", args=["compact", "OTH"]), said).status_code == 403
    assert Event.objects.count() == before
    assert Accreditation.objects.get(pk=granted.pk).revoked_at is None
    assert voting.actor(deputy).voice is not None
    assert Invitation.objects.get(pk=invitation.pk).withdrawn_at is None


@pytest.mark.parametrize("capacity", ["deputy", "member", "observer"])
def test_whoever_is_no_head_lets_others_act(voting: World, capacity: str) -> None:
    someone, _ = voting.accredited(voting.party("MRD"), capacity=capacity)
    form = {"accredit-email": "x@example.org", "accredit-capacity": "head", "party": "MRD"}
    response = signed_in(someone).post(reverse("party-accredit", args=["compact", "MRD"]), form)
    assert response.status_code == 403
    assert not Person.objects.filter(email="x@example.org").exists()


def test_a_head_ends_the_accreditation_of_oneself_and_is_no_head_any_more(voting: World) -> None:
    head, granted = voting.accredited(voting.party("MRD"))
    client = signed_in(head)
    revoke = reverse("party-revoke", args=["compact", "MRD", granted.pk])
    assert client.post(revoke, {"party": "MRD"}).status_code == 302
    assert client.get(reverse("party-people", args=["compact", "MRD"])).status_code == 403


def test_a_name_with_markup_is_shown_as_it_is_written(voting: World) -> None:
    wicked = '<script>alert("1")</script> & <b>bold</b>'
    party = actions.add_party(
        actor=voting.team,
        consultation=voting.consultation,
        code="HTML",
        name=wicked,
        kind="civil_society",
    )
    group = actions.add_group(actor=voting.team, consultation=voting.consultation, code="G", name=wicked)
    actions.join_group(actor=voting.team, group=group, party=party)
    someone = person(wicked)
    voting.accredited(party, someone=someone)
    actions.authorise_speaker(actor=voting.team, group=group, person=someone)
    for client in (signed_in(voting.facilitator), signed_in(someone), Client()):
        for name, code in (
            ("parties", ()),
            ("party", ("HTML",)),
            ("party-people", ("HTML",)),
            ("party-edit", ("HTML",)),
            ("groups", ()),
            ("group", ("G",)),
            ("consultation", ()),
        ):
            page = client.get(reverse(name, args=["compact", *code])).content.decode()
            assert "<script>alert" not in page
            assert "<b>bold" not in page
    assert "<b>bold" not in signed_in(someone).get(reverse("me")).content.decode()


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("Maranda\u202edlrow", "Maranda dlrow"),
        ("Mar\u200banda", "Mar anda"),
        ("  Maranda\t\n of the South ", "Maranda of the South"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("\u0646\u06cc\u200c\u0632\u0627\u0631", "\u0646\u06cc\u200c\u0632\u0627\u0631"),
    ],
)
def test_what_turns_or_hides_in_a_name_is_taken_out(voting: World, name: str, becomes: str) -> None:
    said = {"code": "MRD", "name": name, "kind": "member_state"}
    response = signed_in(voting.facilitator).post(reverse("party-add", args=["compact"]), said)
    assert response.status_code == 302, errors_of(response)
    assert Party.objects.get().name.renderings.get().body == becomes


@pytest.mark.parametrize("name", ["Ken\u0443a", "\u041caranda", "R\u0435public of Sonda"])
def test_a_name_that_passes_for_another_is_refused(voting: World, name: str) -> None:
    team = signed_in(voting.facilitator)
    said = {"code": "KEN", "name": name, "kind": "member_state"}
    assert "scripts that look alike" in errors_of(team.post(reverse("party-add", args=["compact"]), said))
    assert "scripts that look alike" in errors_of(
        team.post(reverse("groups", args=["compact"]), {"code": "G", "name": name})
    )
    someone = signed_in(person("Ida"))
    assert "scripts that look alike" in errors_of(someone.post(reverse("me"), {"name": name}))
    assert not Party.objects.exists()
    assert "Ida" in text_of(someone.get(reverse("me")))
