"""Every route, by every role, with every verb; and every act, by every role, against ``docs/authority.md``.

The routes come from the site's own list, so a new one is tested the moment it exists. What each role may do
stands in the document and nowhere in this file: a new act without a row there fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import Act, acts, may
from mufakat.site.authority.routes import Door
from mufakat.site.authority.subjects import THE_SITE
from mufakat.site.consultations import actions as consultations
from mufakat.site.consultations.models import Permit
from mufakat.site.parties import actions as parties
from mufakat.site.parties.actors import actor_in
from mufakat.site.parties.models import Invitation
from mufakat.site.people.models import Person
from mufakat.site.voices.actions.votes import Choice, cast
from mufakat.site.voices.models import Descent, Likeness
from mufakat.site.voices.study.keeping import refresh
from tests.conftest import PROJECT_ROOT
from tests.site.factories import World, person, world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DOCUMENT = PROJECT_ROOT / "docs" / "authority.md"
# Pages of the library that signs people in; they ask for no act of ours.
OF_THE_LIBRARY = re.compile(r"^accounts/")
# Acts whose page belongs to one party: the page itself refuses those who head another one.
OF_ONE_PARTY = ("parties.manage_people",)
VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def table() -> dict[str, dict[str, bool]]:
    """What each role may do, as the document says: by act, by role."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in DOCUMENT.read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    start = next(i for i, row in enumerate(rows) if row[0] == "act")
    roles = rows[start][2:]
    return {
        row[0].strip("`"): {role: cell == "yes" for role, cell in zip(roles, row[2:], strict=True)}
        for row in rows[start + 2 :]
        if row[0].startswith("`")
    }


TABLE = table()
ROLES = tuple(next(iter(TABLE.values())))


@dataclass
class Cast:
    """One consultation with somebody in every role, and something of every kind in it."""

    here: World
    people: dict[str, Person | None]
    named: dict[str, Any]
    party: Any
    invitation: Invitation

    def actor(self, role: str) -> Actor:
        """Somebody in a role, in this consultation, as of now."""
        return actor_in(self.people[role], self.here.consultation.pk)


@pytest.fixture
def cast_of_all() -> Cast:
    """Build it."""
    cache.clear()
    here, elsewhere = world("here"), world("elsewhere")
    for kind in ("listen", "converge"):
        here.open(kind)
    Permit.objects.filter(stage__consultation=here.consultation, party_kind="private_sector").delete()
    party, other = here.party("OWN"), here.party("OTHER")
    left_out = here.party("OUT", kind="private_sector")
    secretary, deputy, member, observer = person(), person(), person(), person()
    consultations.grant_role(
        actor=here.team, consultation=here.consultation, email=secretary.email, role="secretariat"
    )
    head, _ = here.accredited(party)
    for someone, capacity in ((deputy, "deputy"), (member, "member"), (observer, "observer")):
        here.accredited(party, capacity=capacity, someone=someone)
    other_head, _ = here.accredited(other)
    out_head, _ = here.accredited(left_out)
    accreditation = party.accreditations.get(person=deputy)
    theme = consultations.add_theme(
        actor=here.team, consultation=here.consultation, code="water", name="Water"
    )
    group = parties.add_group(actor=here.team, consultation=here.consultation, code="G", name="A group")
    membership = parties.join_group(actor=here.team, group=group, party=party)
    speaker = parties.authorise_speaker(actor=here.team, group=group, person=head)
    submission = here.submission(party=party)
    first, second = here.demand(submission=submission), here.demand(submission=submission)
    for voter in [here.voter() for _ in range(6)]:
        cast(
            actor=voter,
            consultation=here.consultation,
            choices={first.number: Choice(1), second.number: Choice(-1)},
        )
    refresh(here.consultation)
    likeness = Likeness.objects.create(first=first, second=second, score=0.9)
    invitation, token = parties.invite(
        actor=here.team, party=party, email="somebody@example.org", capacity="member"
    )
    role = here.consultation.roles.get(person=secretary)
    people: dict[str, Person | None] = {
        "visitor": None,
        "stranger": person(),
        "observer": observer,
        "member": member,
        "deputy": deputy,
        "head": head,
        "head of another party": other_head,
        "head of a kind left out": out_head,
        "secretariat": secretary,
        "facilitator": here.facilitator,
        "facilitator elsewhere": elsewhere.facilitator,
        "operator": person(operator=True),
    }
    named = {
        "slug": here.consultation.slug,
        "party": party.code,
        "group": group.code,
        "theme": theme.code,
        "submission": submission.number,
        "demand": first.number,
        "likeness": likeness.pk,
        "accreditation": accreditation.pk,
        "membership": membership.pk,
        "speaker": speaker.pk,
        "role": role.pk,
        "invitation": invitation.pk,
        "token": token,
        "text": first.wording_id,
        "stage": "converge",
        "heading": "everywhere",
        "name": "demands",
        "form": "csv",
        "descent": Descent.objects.create(
            ancestor=here.demand(), descendant=first, how="merged", carries=True
        ).pk,
    }
    return Cast(here, people, named, party, invitation)


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the site with its whole pattern."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, whole)
        else:
            yield whole, pattern


OWN_ROUTES = {
    pattern.name: (whole, pattern) for whole, pattern in routes() if not OF_THE_LIBRARY.match(whole)
}


def door_of(pattern: URLPattern) -> Door:
    """What a route asks for; fails where it was not made by `mufakat.site.authority.routes.route`."""
    door = getattr(pattern.callback, "door", None)
    assert isinstance(door, Door), (
        f"the route {pattern.name!r} has no door: make it with authority.routes.route"
    )
    return door


def address_of(whole: str, pattern: URLPattern, named: dict[str, Any]) -> str:
    """An address of the route, with something that exists in every place."""
    values = {}
    for name in pattern.pattern.converters:
        # `c/<slug>/parties/<str:code>/`: what a code or a number is of, the word before it says.
        before = re.search(rf"(\w+)/<[^>]*\b{name}>", whole)
        of = {"parties": "party", "groups": "group", "themes": "theme", "stages": "stage"}.get(
            before[1] if before else "", before[1].rstrip("s") if before else ""
        )
        value = named.get(name, named.get(of))
        assert value is not None, f"the test knows no {name!r} for the route {pattern.name!r} at {whole}"
        values[name] = value
    return reverse(str(pattern.name), kwargs=values)


def test_every_act_has_a_row_and_every_row_an_act() -> None:
    assert set(TABLE) == {act.name for act in acts()}


def test_every_route_has_a_door() -> None:
    assert OWN_ROUTES
    for _whole, pattern in OWN_ROUTES.values():
        assert door_of(pattern).methods


def test_every_act_is_open_to_whom_the_document_says(cast_of_all: Cast) -> None:
    found = {
        act.name: {
            role: may(act, cast_of_all.actor(role), subject_of(act.name, cast_of_all)) for role in ROLES
        }
        for act in acts()
    }
    assert found == TABLE


def subject_of(act: str, there: Cast) -> Any:
    """What the table speaks of: one's own party, an invitation to somebody else, or the consultation."""
    if act in ("site.see", "consultations.open") or act.startswith("people."):
        return THE_SITE
    if act in ("parties.see_people", "parties.accredit", "parties.revoke", "parties.invite"):
        return there.party
    return there.invitation if act == "parties.accept" else there.here.consultation


@pytest.mark.parametrize(
    "verbs",
    [
        pytest.param(("GET",), marks=pytest.mark.component),
        ("POST",),
        pytest.param(("HEAD",), marks=pytest.mark.component),
        pytest.param(("PUT", "PATCH", "DELETE", "OPTIONS"), marks=pytest.mark.component),
    ],
)
def test_every_route_answers_every_role_and_verb_as_the_document_says(
    verbs: tuple[str, ...], cast_of_all: Cast
) -> None:
    wrong = []
    for role, client in clients(cast_of_all):
        for whole, pattern in OWN_ROUTES.values():
            door, address = door_of(pattern), address_of(whole, pattern, cast_of_all.named)
            for verb in verbs:
                act = door.act_for(verb)
                status = answered(client, verb, address)
                if not fits(status, act, verb, role):
                    wrong.append(f"{verb} {address} by {role}: {status}, {act.name if act else 'no act'}")
    assert not wrong, "\n".join(wrong)


def clients(there: Cast) -> Iterator[tuple[str, Client]]:
    """Somebody in each role, signed in."""
    for role in ROLES:
        client = Client(raise_request_exception=False)
        someone = there.people[role]
        if someone is not None:
            client.force_login(someone)
        yield role, client


def answered(client: Client, verb: str, address: str) -> int:
    """The status of an answer; whatever the request wrote is taken back."""
    with transaction.atomic():
        status = client.generic(verb, address).status_code
        transaction.set_rollback(True)
    return status


def fits(status: int, act: Act | None, verb: str, role: str) -> bool:
    """Whether an answer is what the document says of an act and a role."""
    if act is None:
        return status == 405
    if not TABLE[act.name][role]:
        return status == 403
    if status == 403:
        # The document tells of the door. Behind it, a rule about one party or one thing may still refuse.
        return verb == "POST" or act.name in OF_ONE_PARTY
    return status not in (404, 405) and status < 500


@pytest.mark.component
def test_a_consultation_that_is_not_listed_does_not_exist_for_outsiders(cast_of_all: Cast) -> None:
    consultation = cast_of_all.here.consultation
    consultation.listed = False
    consultation.save()
    inside = {"observer", "member", "deputy", "head", "head of another party", "head of a kind left out"}
    inside |= {"secretariat", "facilitator", "operator"}
    found = [
        (name, address_of(whole, pattern, cast_of_all.named))
        for name, (whole, pattern) in OWN_ROUTES.items()
        if "slug" in pattern.pattern.converters and "GET" in door_of(pattern).methods
    ]
    for role, client in clients(cast_of_all):
        for name, address in found:
            status = answered(client, "GET", address)
            if role in inside:
                assert status != 404, f"{name} by {role}: {status}"
            else:
                nowhere = answered(client, "GET", address.replace("/c/here/", "/c/nowhere/"))
                assert status == nowhere == 404, f"{name} by {role}: {status}"
