"""The first page, a person's own page, and the page that says that the site answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mufakat.site.consultations import actions as consultations
from mufakat.site.consultations.models import Consultation
from mufakat.site.ledger.models import Event
from mufakat.site.parties import actions
from mufakat.site.people.models import Person
from tests.site.factories import person, world
from tests.site.signing import errors_of, signed_in, text_of

pytestmark = pytest.mark.django_db


def listed_for(client: Client) -> set[str]:
    """The consultations that the first page shows."""
    return {each.consultation.slug for each in client.get(reverse("home")).context["standings"]}


def test_the_first_page_shows_what_its_reader_may_see_and_nothing_else() -> None:
    public, hidden, other = world("public"), world("hidden", listed=False), world("other", listed=False)
    member, gone, expired = person(), person(), person()
    party = hidden.party()
    hidden.accredited(party, someone=member)
    _, granted = hidden.accredited(party, someone=gone)
    actions.revoke(actor=hidden.team, accreditation=granted)
    actions.accredit(
        actor=hidden.team,
        party=party,
        email=expired.email,
        capacity="member",
        begins=timezone.now() + timedelta(days=1),
    )
    invited = person()
    actions.invite(actor=hidden.team, party=party, email=invited.email, capacity="member")
    assert listed_for(Client()) == {"public"}
    for someone in (person(), gone, expired, invited):
        assert listed_for(signed_in(someone)) == {"public"}
    assert listed_for(signed_in(member)) == {"public", "hidden"}
    assert listed_for(signed_in(hidden.facilitator)) == {"public", "hidden"}
    assert listed_for(signed_in(other.facilitator)) == {"public", "other"}
    assert listed_for(signed_in(person(operator=True))) == {"public", "hidden", "other"}
    # And each of them can be opened by exactly those whom the first page shows it.
    for someone in (None, gone, invited, member, other.facilitator, public.facilitator):
        client = signed_in(someone)
        open_ = {
            slug
            for slug in ("public", "hidden", "other")
            if client.get(reverse("consultation", args=[slug])).status_code == 200
        }
        assert open_ == listed_for(client)


def test_an_empty_site_says_how_to_begin() -> None:
    assert "opened" not in text_of(Client().get(reverse("home")))
    assert "will stand here" in text_of(Client().get(reverse("home")))
    page = signed_in(person(operator=True)).get(reverse("home"))
    assert reverse("new") in page.content.decode()
    assert reverse("new") not in signed_in(person()).get(reverse("home")).content.decode()


def test_where_each_consultation_stands_is_told_in_the_stages() -> None:
    here = world("compact")
    here.open("listen")
    [standing] = Client().get(reverse("home")).context["standings"]
    assert [stage.kind for stage in standing.stages if stage.is_open] == ["listen"]
    assert Consultation.objects.count() == 1


def test_ones_own_page_tells_of_every_voice_role_and_invitation() -> None:
    one, two = world("one"), world("two")
    someone = person("Ida")
    ends = timezone.now() + timedelta(days=3)
    actions.accredit(actor=one.team, party=one.party("AA"), email=someone.email, capacity="deputy", ends=ends)
    consultations.grant_role(
        actor=two.team, consultation=two.consultation, email=someone.email, role="secretariat"
    )
    actions.invite(actor=two.team, party=two.party("BB"), email=someone.email, capacity="head")
    page = signed_in(someone).get(reverse("me"))
    [voice], [role], [invitation] = (page.context[key] for key in ("voices", "roles", "invitations"))
    assert (voice.party.body, voice.capacity, voice.until) == ("Party AA", "deputy", ends)
    assert (role.capacity, role.url) == ("secretariat", reverse("consultation", args=["two"]))
    assert (invitation.party.body, invitation.capacity) == ("Party BB", "head")
    stranger = signed_in(person()).get(reverse("me"))
    assert [stranger.context[key] for key in ("voices", "roles", "invitations")] == [[], [], []]


def test_a_name_is_changed_with_one_event_that_does_not_tell_it() -> None:
    someone = person("Ida")
    client = signed_in(someone)
    assert client.post(reverse("me"), {"name": "  Ida \u202e Okoye "}).status_code == 302
    assert Person.objects.get(pk=someone.pk).name == "Ida Okoye"
    event = Event.objects.get(act="people.change_oneself")
    assert (event.chain.name, event.person, event.subject) == (
        "site",
        str(someone.pk),
        f"person:{someone.pk}",
    )
    assert "Okoye" not in event.detail
    client.post(reverse("me"), {"name": "Ida Okoye"})
    assert Event.objects.filter(act="people.change_oneself").count() == 1
    for wrong in ("", " ", "\u200b", "x" * 201):
        assert "name" in errors_of(client.post(reverse("me"), {"name": wrong}))
    assert Person.objects.get(pk=someone.pk).name == "Ida Okoye"


def test_whoever_is_not_signed_in_is_told_to() -> None:
    page = Client().get(reverse("me"))
    assert page.status_code == 403
    assert "Sign in" in text_of(page)
    assert Client().post(reverse("me"), {"name": "X"}).status_code == 403


def test_the_site_says_that_it_answers(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        response = Client().get("/-/health/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"].startswith("text/plain")
