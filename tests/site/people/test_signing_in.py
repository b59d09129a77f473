"""Signing in by a code and by a password, over a real mail server, and what attackers of it meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import NoReverseMatch, reverse

from mufakat.site.parties import actions
from mufakat.site.people.models import Person
from tests.site.factories import person, world
from tests.site.people.letterbox import Letterbox, letterbox
from tests.site.signing import errors_of, signed_in, text_of

pytestmark = pytest.mark.django_db

PASSWORD = "a password of some length"


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    """Count from nothing."""
    cache.clear()


@pytest.fixture
def post(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Letterbox]:
    """A real mail server that the site sends to."""
    from django.core.mail.message import DNS_NAME  # type: ignore[attr-defined]

    monkeypatch.setattr(DNS_NAME, "_fqdn", "localhost", raising=False)
    with letterbox() as (box, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield box


def ask_for_code(client: Client, email: str, **more: str) -> Any:
    """Ask for a code, from an address of the network where one is given."""
    named = {"REMOTE_ADDR": more.pop("network")} if "network" in more else {}
    return client.post(reverse("account_request_login_code"), {"email": email, **more}, **named)  # type: ignore[arg-type]


def code_in(letter: str) -> str:
    """The code in a letter."""
    found = re.search(r"^\s{4}(\S+)\s*$", letter, re.MULTILINE)
    assert found is not None, letter
    return found[1]


def test_an_invited_person_comes_in_by_two_letters_alone(post: Letterbox) -> None:
    here = world("compact", listed=False)
    here.party("MRD")
    team = signed_in(here.facilitator)
    invite = reverse("party-invite", args=["compact", "MRD"])
    team.post(invite, {"invite-email": "guest@example.org", "invite-capacity": "head"})
    [(to, letter)] = post.letters
    assert to == ["guest@example.org"]
    found = re.search(r"http://127\.0\.0\.1:8000(/invitation/\S+/)", letter.get_content())
    assert found is not None
    link = found[1]

    guest = Client()
    shown = guest.get(link)
    ask = re.search(r'href="([^"]*login/code/[^"]*)"', shown.content.decode())
    assert ask is not None
    assert guest.get(ask[1].replace("&amp;", "&")).status_code == 200
    sent = guest.post(ask[1].replace("&amp;", "&"), {"email": "guest@example.org", "next": link})
    assert sent.status_code == 302
    assert len(post.letters) == 2
    to, letter = post.letters[1]
    assert to == ["guest@example.org"]
    assert letter.get_content_type() == "text/plain"
    came_in = guest.post(sent["Location"], {"code": code_in(letter.get_content()), "next": link})
    assert came_in["Location"] == link
    assert "Party MRD" in text_of(guest.get(link))
    assert guest.post(link).status_code == 302
    page = guest.get(reverse("consultation", args=["compact"]))
    assert page.context["voice"].code == "MRD"


def test_a_wrong_code_opens_nothing_and_three_end_it(mailoutbox: list[EmailMessage]) -> None:
    someone, client = person(), Client()
    confirm = ask_for_code(client, someone.email)["Location"]
    right = code_in(str(mailoutbox[0].body))
    for _ in range(2):
        assert errors_of(client.post(confirm, {"code": "WRONG1"}), "verify_form")
    assert client.post(confirm, {"code": "WRONG1"}).status_code == 302
    client.post(confirm, {"code": right})
    assert client.get(reverse("me")).status_code == 403


def test_a_code_works_once_and_only_where_it_was_asked_for(mailoutbox: list[EmailMessage]) -> None:
    someone, client = person(), Client()
    confirm = ask_for_code(client, someone.email)["Location"]
    code = code_in(str(mailoutbox[0].body))
    Client().post(confirm, {"code": code})
    assert client.post(confirm, {"code": code}).status_code == 302
    assert client.get(reverse("me")).status_code == 200
    client.post(reverse("account_logout"))
    client.post(confirm, {"code": code})
    assert client.get(reverse("me")).status_code == 403


def test_an_account_that_is_not_in_use_gets_no_further(mailoutbox: list[EmailMessage]) -> None:
    someone = person()
    Person.objects.filter(pk=someone.pk).update(is_active=False)
    client = Client()
    response = ask_for_code(client, someone.email)
    for letter in mailoutbox:
        if found := re.search(r"^\s{4}(\S+)\s*$", str(letter.body), re.MULTILINE):
            client.post(response["Location"], {"code": found[1]})
    assert client.get(reverse("me")).status_code == 403


def test_an_account_that_is_put_out_of_use_is_out_at_the_next_request() -> None:
    someone = person()
    client = signed_in(someone)
    assert client.get(reverse("me")).status_code == 200
    Person.objects.filter(pk=someone.pk).update(is_active=False)
    assert client.get(reverse("me")).status_code == 403


def test_a_password_opens_the_door_where_there_is_one() -> None:
    someone = Person.objects.create_user("ida@example.org", PASSWORD)
    client = Client()
    login = reverse("account_login")
    assert client.post(login, {"login": "ida@example.org", "password": "another"}).status_code == 200
    assert client.get(reverse("me")).status_code == 403
    response = client.post(login, {"login": "IDA@example.org", "password": PASSWORD})
    assert response["Location"] == reverse("me")
    assert someone.email in text_of(client.get(reverse("me")))


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "\\\\evil.example", "javascript:x"]
)
def test_signing_in_leads_nowhere_else(away: str, mailoutbox: list[EmailMessage]) -> None:
    Person.objects.create_user("ida@example.org", PASSWORD)
    said = {"login": "ida@example.org", "password": PASSWORD, "next": away}
    assert Client().post(reverse("account_login"), said)["Location"] == reverse("me")
    client = Client()
    sent = ask_for_code(client, "ida@example.org", next=away)
    code = code_in(str(mailoutbox[0].body))
    assert client.post(sent["Location"], {"code": code, "next": away})["Location"] == reverse("me")


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "confirm-email/x/",
        "password/change/",
        "password/set/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-x/",
        "",
    ],
)
def test_pages_of_the_library_that_are_not_used_have_no_address(path: str) -> None:
    for client in (Client(), signed_in(person())):
        assert client.get(f"/accounts/{path}").status_code == 404
        assert client.post(f"/accounts/{path}").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_reset_password")


def test_nobody_signs_up_where_it_is_said_how_one_is_invited() -> None:
    address = reverse("account_signup")
    assert Client().get(address).status_code == 200
    assert Client().post(address, {"email": "new@example.org"}).status_code == 405
    assert not Person.objects.filter(email="new@example.org").exists()


def test_guessing_the_password_of_one_account_ends_and_a_code_still_opens_it(
    mailoutbox: list[EmailMessage],
) -> None:
    Person.objects.create_user("ida@example.org", PASSWORD)
    login = reverse("account_login")
    for n in range(5):
        # From another network each time: what counts is the account.
        Client().post(
            login, {"login": "ida@example.org", "password": f"guess {n}"}, REMOTE_ADDR=f"192.0.2.{n + 1}"
        )
    client = Client()
    said = {"login": "ida@example.org", "password": PASSWORD}
    assert client.post(login, said, REMOTE_ADDR="192.0.2.99").status_code != 302
    assert client.get(reverse("me")).status_code == 403
    confirm = ask_for_code(client, "ida@example.org")["Location"]
    client.post(confirm, {"code": code_in(str(mailoutbox[0].body))})
    assert client.get(reverse("me")).status_code == 200


@pytest.mark.component
def test_two_hundred_delegates_behind_one_address_all_come_in_within_a_minute(
    mailoutbox: list[EmailMessage],
) -> None:
    hall = "192.0.2.7"
    for _ in range(200):
        someone, client = person(), Client()
        sent = ask_for_code(client, someone.email, network=hall)
        assert sent.status_code == 302
        client.post(sent["Location"], {"code": code_in(str(mailoutbox[-1].body))}, REMOTE_ADDR=hall)
        assert client.get(reverse("me")).status_code == 200
    assert len(mailoutbox) == 200


def test_a_letterbox_is_not_filled_by_asking_again_and_again(mailoutbox: list[EmailMessage]) -> None:
    someone = person()
    for n in range(12):
        ask_for_code(Client(), someone.email, network=f"192.0.2.{n + 1}")
    assert len(mailoutbox) == 5


def test_a_header_that_a_visitor_writes_itself_neither_dodges_a_limit_nor_causes_one(
    settings: Any, mailoutbox: list[EmailMessage]
) -> None:
    from allauth.account.adapter import get_adapter
    from django.test import RequestFactory

    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert get_adapter().get_client_ip(request) == "192.0.2.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get(
        "/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.4"
    )
    assert get_adapter().get_client_ip(request) == "198.51.100.4"


def test_attempts_are_counted_where_every_process_sees_them(settings: Any) -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    from django.db import connection

    assert settings.CACHES["default"]["LOCATION"] in connection.introspection.table_names()


def test_a_person_who_was_invited_has_no_right_before_accepting(mailoutbox: list[EmailMessage]) -> None:
    here = world("compact", listed=False)
    actions.invite(actor=here.team, party=here.party(), email="guest@example.org", capacity="head")
    client = Client()
    confirm = ask_for_code(client, "guest@example.org")["Location"]
    client.post(confirm, {"code": code_in(str(mailoutbox[0].body))})
    assert client.get(reverse("me")).status_code == 200
    assert client.get(reverse("consultation", args=["compact"])).status_code == 404
