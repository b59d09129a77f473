"""The pages of a consultation as its readers find them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mufakat.site.people.models import Person
from tests.site.factories import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    """A consultation with a party in a group, a theme and an invitation."""
    return world("compact")


def signed_in(person: Person) -> Client:
    """A browser in which a person has signed in."""
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    "name",
    ["consultation", "settings", "stages", "themes", "team", "parties", "party-add", "parties-import", "groups"],
)
def test_every_page_of_the_team_opens_in_an_empty_consultation(here: World, name: str) -> None:
    response = signed_in(here.facilitator).get(reverse(name, args=["compact"]))
    assert response.status_code == 200, response.content.decode()
