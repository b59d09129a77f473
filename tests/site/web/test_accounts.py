"""Signing in and out, in the look of the site; nobody signs up at the door."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from mufakat.site.people.models import Person

pytestmark = pytest.mark.django_db
OURS = 'href="/static/web/style.css"'


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/login/code/", "/accounts/invited/", "/accounts/inactive/"]
)
def test_every_page_of_signing_in_has_the_look_of_the_site(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert OURS in response.content.decode()


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    assert "Accounts are made by invitation" in client.get("/accounts/invited/").content.decode()


def test_a_code_comes_by_letter_and_opens_the_door(client: Client, mailoutbox: list[EmailMessage]) -> None:
    Person.objects.create_user("amina@example.org", name="Amina Okoye")
    page = client.post("/accounts/login/code/", {"email": "amina@example.org"}, follow=True)
    assert "amina@example.org" in page.content.decode()
    assert OURS in page.content.decode()
    (letter,) = mailoutbox
    code = re.search(r"^ {4}(\S+)$", str(letter.body), re.MULTILINE)
    assert code is not None
    assert letter.subject.endswith("is your code for Mufakat")
    entered = client.post("/accounts/login/code/confirm/", {"code": code[1]})
    assert entered["Location"] == "/me/"
    assert client.session["_auth_user_id"]


def test_a_stranger_is_answered_like_everybody(mailoutbox: list[EmailMessage]) -> None:
    Person.objects.create_user("amina@example.org")
    pages = []
    for email in ("amina@example.org", "nobody@example.org"):
        shown = Client().post("/accounts/login/code/", {"email": email}, follow=True).content.decode()
        token = r'name="csrfmiddlewaretoken" value="\w+"'
        pages.append(re.sub(token, "", shown).replace(email, "…"))
    assert pages[0] == pages[1]
    assert "There is no account" in mailoutbox[1].subject
    assert "signup" not in str(mailoutbox[1].body)


def test_signing_out_is_one_button(client: Client) -> None:
    client.force_login(Person.objects.create_user("amina@example.org"))
    assert OURS in client.get("/accounts/logout/").content.decode()
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session
