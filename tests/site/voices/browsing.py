"""Asking for pages of one consultation as somebody, and what of it can be read."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mufakat.site.authority.actor import Actor
from mufakat.site.people.models import Person
from tests.site.factories import World


@dataclass(frozen=True)
class Reader:
    """Somebody before the pages of one consultation."""

    here: World
    client: Client
    speaking_for: str = ""

    def address(self, name: str, *arguments: Any) -> str:
        """The address of a page of this consultation."""
        return reverse(name, args=[self.here.consultation.slug, *arguments])

    def get(self, name: str, *arguments: Any, **query: Any) -> HttpResponse:
        """A page as it is answered."""
        return self.client.get(self.address(name, *arguments), query)  # type: ignore[return-value]

    def post(self, name: str, *arguments: Any, **given: Any) -> Any:
        """Send a form, for the party that one speaks for."""
        if self.speaking_for:
            given.setdefault("party", self.speaking_for)
        return self.client.post(self.address(name, *arguments), given)

    def reads(self, name: str, *arguments: Any, **query: Any) -> str:
        """What can be read on a page, without its markup; the page is there."""
        answer = self.get(name, *arguments, **query)
        assert answer.status_code == 200, answer.status_code
        return read(answer)


def read(answer: HttpResponse) -> str:
    """What can be read on a page, without its markup, in one line."""
    page = answer.content.decode()
    page = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def visitor(here: World) -> Reader:
    """Somebody who is not signed in."""
    return Reader(here, Client())


def team(here: World) -> Reader:
    """The facilitator."""
    client = Client()
    client.force_login(here.facilitator)
    return Reader(here, client)


def delegate(here: World, actor: Actor) -> Reader:
    """Somebody who speaks for a party."""
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person))
    return Reader(here, client, actor.voice.code if actor.voice is not None else "")
