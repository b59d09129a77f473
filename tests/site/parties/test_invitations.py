"""Invitations: what they show, whom they let in, and what is refused (case 12 of the list of attacks)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mufakat.site.authority.acts import Refused
from mufakat.site.ledger.models import Event
from mufakat.site.parties import actions
from mufakat.site.parties.links import token_of
from mufakat.site.parties.models import Accreditation, Invitation, Party
from mufakat.site.people.models import Person
from tests.site.factories import World, person, world
from tests.site.signing import signed_in, text_of, told

pytestmark = pytest.mark.django_db

GUEST = "guest@example.org"


@pytest.fixture
def here() -> World:
    """A consultation that the public does not see, with a party."""
    made = world("compact", listed=False)
    made.party("MRD")
    return made


def invited(here: World, **values: object) -> tuple[Invitation, str]:
    """An invitation of the guest, and where it is answered."""
    invitation, token = actions.invite(
        actor=here.team, party=Party.objects.get(code="MRD"), email=GUEST, capacity="deputy"
    )
    Invitation.objects.filter(pk=invitation.pk).update(**values)
    invitation.refresh_from_db()
    return invitation, reverse("invitation", args=[token])


def guest() -> Client:
    """The browser of the person who was invited, signed in."""
    return signed_in(Person.objects.get(email=GUEST))


def test_whoever_is_not_signed_in_learns_of_the_address_alone(here: World) -> None:
    _invitation, address = invited(here)
    page = Client().get(address)
    assert page.status_code == 200
    text = text_of(page)
    assert "g***@example.org" in text
    code_page = f"{reverse('account_request_login_code')}?next={address.replace('/', '%2F')}"
    assert code_page in page.content.decode()
    for told_to_nobody in (GUEST, "MRD", "Party MRD", "A consultation for tests", "compact", "deputy"):
        assert told_to_nobody not in text
    assert "no-store" in page["Cache-Control"]


def test_the_invited_person_accepts_once_and_acts_for_the_party(here: World) -> None:
    _invitation, address = invited(here)
    client = guest()
    text = text_of(client.get(address))
    assert "Party MRD" in text
    assert "A consultation for tests" in text
    assert client.get(reverse("consultation", args=["compact"])).status_code == 404
    response = client.post(address)
    assert response["Location"] == reverse("consultation", args=["compact"])
    page = client.get(response["Location"])
    assert (page.status_code, page.context["voice"].code) == (200, "MRD")
    granted = Accreditation.objects.get()
    assert (granted.capacity, granted.granted_by) == ("deputy", here.facilitator)
    event = Event.objects.get(act="parties.accept")
    assert (event.person, event.subject) == (str(granted.person_id), "party:MRD")
    assert "accepted it already" in text_of(client.get(address))


def test_an_invitation_that_was_used_is_used_again(here: World) -> None:
    _invitation, address = invited(here)
    client = guest()
    client.post(address)
    Accreditation.objects.update(revoked_at=timezone.now())
    response = client.post(address)
    assert response.status_code == 403
    assert "has been used or withdrawn" in text_of(response)
    assert Accreditation.objects.filter(revoked_at__isnull=True).count() == 0


def test_an_invitation_that_is_too_old_is_tried(here: World) -> None:
    _invitation, address = invited(here, expires_at=timezone.now() - timedelta(seconds=1))
    client = guest()
    assert "too old" in text_of(client.get(address))
    assert "too old" in text_of(Client().get(address))
    assert client.post(address).status_code == 403
    assert not Accreditation.objects.exists()


def test_an_invitation_whose_time_to_act_is_over_is_tried(here: World) -> None:
    past = timezone.now() - timedelta(days=1)
    _invitation, address = invited(here, begins=past - timedelta(days=1), ends=past)
    assert guest().post(address).status_code == 403
    assert not Accreditation.objects.exists()


def test_an_invitation_that_was_withdrawn_is_tried(here: World) -> None:
    invitation, address = invited(here)
    team = signed_in(here.facilitator)
    withdraw = reverse("party-withdraw", args=["compact", "MRD", invitation.pk])
    assert team.post(withdraw).status_code == 302
    assert team.post(withdraw).status_code == 302
    assert guest().post(address).status_code == 403
    assert not Accreditation.objects.exists()


def test_an_invitation_to_a_party_that_left_is_tried(here: World) -> None:
    _invitation, address = invited(here)
    Party.objects.update(left_at=timezone.now())
    assert guest().post(address).status_code == 403


def test_an_invitation_for_another_address_is_tried(here: World) -> None:
    invitation, address = invited(here)
    other = person()
    client = signed_in(other)
    text = text_of(client.get(address))
    assert "another address" in text
    for told_to_nobody in (GUEST, "Party MRD", "A consultation for tests"):
        assert told_to_nobody not in text
    response = client.post(address)
    assert response.status_code == 403
    assert "another address" in text_of(response)
    with pytest.raises(Refused, match="another address"):
        actions.accept(actor=here.actor(other), invitation=invitation)
    assert Client().post(address).status_code == 403
    assert not Accreditation.objects.exists()


def test_a_token_that_was_never_given_out_leads_nowhere(here: World) -> None:
    invited(here)
    for token in ("x", "a" * 43, "%2e%2e", "0" * 5000):
        assert Client().get(f"/invitation/{token}/").status_code == 404
        assert guest().post(f"/invitation/{token}/").status_code == 404


def test_the_hash_that_is_kept_opens_nothing(here: World) -> None:
    invitation, _address = invited(here)
    assert guest().post(f"/invitation/{invitation.token_hash}/").status_code == 404


def test_the_link_follows_from_what_is_stored_and_the_secret_alone(here: World, settings: object) -> None:
    invitation, address = invited(here)
    assert token_of(invitation) == address.split("/")[2]
    settings.SECRET_KEY = "another secret of the site, as long as one"  # type: ignore[attr-defined]
    assert token_of(invitation) is None


def test_accepting_takes_the_place_of_an_earlier_accreditation(here: World) -> None:
    _invitation, address = invited(here)
    person_ = Person.objects.get(email=GUEST)
    here.accredited(Party.objects.get(), capacity="observer", someone=person_)
    assert guest().post(address).status_code == 302
    in_force = Accreditation.objects.filter(revoked_at__isnull=True)
    assert [each.capacity for each in in_force] == ["deputy"]


def test_an_invitation_is_sent_in_plain_text_with_its_link(
    here: World, mailoutbox: list[EmailMessage]
) -> None:
    address = reverse("party-invite", args=["compact", "MRD"])
    said = {"invite-email": "Guest@Example.org", "invite-name": "Ida", "invite-capacity": "deputy"}
    assert signed_in(here.facilitator).post(address, said).status_code == 302
    [letter] = mailoutbox
    invitation = Invitation.objects.get()
    assert letter.to == [GUEST]
    assert letter.subject == "You are invited to speak for Party MRD"
    link = f"http://127.0.0.1:8000/invitation/{token_of(invitation)}/"
    assert link in str(letter.body)
    assert letter.content_subtype == "plain"
    assert not getattr(letter, "alternatives", [])
    assert guest().get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_an_invitation_is_sent_again_as_long_as_it_is_open(
    here: World, mailoutbox: list[EmailMessage]
) -> None:
    invitation, address = invited(here)
    team = signed_in(here.facilitator)
    again = reverse("party-send-again", args=["compact", "MRD", invitation.pk])
    assert team.post(again).status_code == 302
    assert address in str(mailoutbox[0].body)
    actions.withdraw(actor=here.team, invitation=invitation)
    assert "invite them anew" in " ".join(told(team.post(again)))
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "Ida\r\nBcc: all@example.org", "Ida\u202egro.live", "{{ link }}"]
)
def test_a_name_in_an_e_mail_stays_a_name(here: World, mailoutbox: list[EmailMessage], name: str) -> None:
    party = actions.add_party(
        actor=here.team, consultation=here.consultation, code="HTML", name=name, kind="civil_society"
    )
    actions.invite(actor=here.team, party=party, email=GUEST, name=name, capacity="head")
    signed_in(here.facilitator).post(
        reverse("party-send-again", args=["compact", "HTML", Invitation.objects.get(party=party).pk])
    )
    [letter] = mailoutbox
    assert letter.recipients() == [GUEST]
    assert "\n" not in letter.subject
    assert "\u202e" not in letter.subject + str(letter.body)
    sent = letter.message()
    assert sent["Bcc"] is None
    assert sent.get_content_type() == "text/plain"
    if name.startswith(("<", "{")):
        assert name in letter.subject


def test_the_queue_holds_no_token(here: World, settings: object) -> None:
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # type: ignore[attr-defined]
    said = {"invite-email": GUEST, "invite-capacity": "deputy"}
    signed_in(here.facilitator).post(reverse("party-invite", args=["compact", "MRD"]), said)
    [queued] = DBTaskResult.objects.all()
    invitation = Invitation.objects.get()
    assert queued.args_kwargs == {"args": [invitation.pk], "kwargs": {}}
    token = token_of(invitation)
    assert token is not None
    assert all(token not in str(values) for values in Event.objects.values_list())


def test_an_invitation_waits_on_the_own_page_of_the_invited_person(here: World) -> None:
    invitation, address = invited(here)
    page = guest().get(reverse("me"))
    assert address in page.content.decode()
    assert address not in signed_in(person()).get(reverse("me")).content.decode()
    actions.withdraw(actor=here.team, invitation=invitation)
    assert address not in guest().get(reverse("me")).content.decode()
