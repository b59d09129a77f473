"""Lists ask the database as often for three things as for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mufakat.site.consultations import actions as consultations
from mufakat.site.parties import actions
from mufakat.site.parties.models import Group, Party
from mufakat.site.people.models import Person
from tests.site.factories import World, person, world
from tests.site.signing import signed_in

pytestmark = pytest.mark.django_db


def a_party(here: World, number: int) -> None:
    """A party in two groups, with two people and an invitation."""
    party = here.party(f"P{number}")
    for code in ("G", "H"):
        actions.join_group(actor=here.team, group=Group.objects.get(code=code), party=party)
    for _ in range(2):
        here.accredited(party)
    actions.invite(actor=here.team, party=party, email=f"x{number}@example.org", capacity="member")


def a_person(here: World, number: int) -> None:
    """People, former people, an invitation and a speaker of the first party."""
    party, group = Party.objects.get(code="P1"), Group.objects.get(code="G")
    someone, _ = here.accredited(party)
    actions.authorise_speaker(actor=here.team, group=group, person=someone)
    _gone, granted = here.accredited(party)
    actions.revoke(actor=here.team, accreditation=granted)
    actions.invite(actor=here.team, party=party, email=f"y{number}@example.org", capacity="member")


def a_group(here: World, number: int) -> None:
    """A group with the first party in it."""
    group = actions.add_group(
        actor=here.team, consultation=here.consultation, code=f"X{number}", name=f"Group {number}"
    )
    actions.join_group(actor=here.team, group=group, party=Party.objects.get(code="P1"))


def a_theme(here: World, number: int) -> None:
    """A theme, described, and somebody on the team."""
    consultations.add_theme(
        actor=here.team,
        consultation=here.consultation,
        code=f"t{number}",
        name=f"Theme {number}",
        description="More.",
    )
    consultations.grant_role(
        actor=here.team, consultation=here.consultation, email=person().email, role="secretariat"
    )


def a_consultation(here: World, number: int) -> None:
    """A consultation in which the facilitator is on the team, acts for a party and is invited to another."""
    other = world(f"other{number}")
    consultations.grant_role(
        actor=other.team, consultation=other.consultation, email=here.facilitator.email, role="secretariat"
    )
    other.accredited(other.party("OWN"), someone=here.facilitator)
    actions.invite(actor=other.team, party=other.party("NEW"), email=here.facilitator.email, capacity="head")


@pytest.mark.parametrize(
    ("name", "code", "more"),
    [
        ("parties", (), a_party),
        ("party", ("P1",), a_person),
        ("party", ("P1",), a_group),
        ("party-people", ("P1",), a_person),
        ("groups", (), a_group),
        ("group", ("G",), a_party),
        ("group", ("G",), a_person),
        ("themes", (), a_theme),
        ("team", (), a_theme),
        ("stages", (), a_theme),
        ("consultation", (), a_theme),
        ("consultation", (), a_party),
        ("home", None, a_consultation),
        ("me", None, a_consultation),
    ],
)
def test_a_list_asks_as_often_for_three_as_for_one(
    name: str, code: tuple[str, ...] | None, more: Callable[[World, int], None]
) -> None:
    here = world("compact")
    for group in ("G", "H"):
        actions.add_group(actor=here.team, consultation=here.consultation, code=group, name=group)
    a_party(here, 1)
    address = reverse(name) if code is None else reverse(name, args=["compact", *code])
    client = signed_in(Person.objects.get(pk=here.facilitator.pk))
    counts = []
    for numbers in ((2,), (3, 4)):
        for number in numbers:
            more(here, number)
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30
