"""Who is in the invented consultation: the team, the parties, the people who act for them, and the groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password

from mufakat import story
from mufakat.site.authority.actor import SECRETARIAT, Actor
from mufakat.site.consultations import kinds
from mufakat.site.consultations.actions import grant_role
from mufakat.site.consultations.models import Consultation
from mufakat.site.demo.dating import Dating
from mufakat.site.parties import actions as parties
from mufakat.site.parties.actions import NewParty
from mufakat.site.parties.models import Party
from mufakat.site.people.models import Person
from mufakat.story.party import CIVIL_SOCIETY, INDIVIDUAL, INTERGOVERNMENTAL, STATE, THINK_TANK


@dataclass(frozen=True, slots=True)
class Role:
    """A person of the invented team: name and address."""

    name: str
    email: str


OPERATOR: Final = Role("Oluchi Venn", "operator@secretariat.example")
FACILITATOR: Final = Role("Marisol Tadeng", "facilitator@secretariat.example")
COLLEAGUE: Final = Role("Ibo Kerensa", "desk@secretariat.example")

KINDS: Final = {
    STATE: kinds.MEMBER_STATE,
    INTERGOVERNMENTAL: kinds.INTERGOVERNMENTAL,
    THINK_TANK: kinds.THINK_TANK,
    CIVIL_SOCIETY: kinds.CIVIL_SOCIETY,
    INDIVIDUAL: kinds.INDIVIDUAL,
}
REGIONS: Final = {
    "Africa": "africa",
    "Asia-Pacific": "asia_pacific",
    "Eastern Europe": "eastern_europe",
    "Latin America and the Caribbean": "latin_america",
    "Western Europe and Others": "western_europe",
}
LISTED: Final = "2025-01-13"
"""The day on which the people of the parties were named."""


def add_team(operator: Actor, consultation: Consultation) -> None:
    """Take the facilitator's colleague into the team, beside the facilitator who opened it."""
    grant_role(
        actor=operator,
        consultation=consultation,
        email=COLLEAGUE.email,
        name=COLLEAGUE.name,
        role=SECRETARIAT,
    )


def add_people() -> None:
    """Everyone's account; without a password, but for those who get one later."""
    nobody_signs_in = make_password(None)
    team = [
        Person(email=who.email, name=who.name, password=nobody_signs_in)
        for who in (OPERATOR, FACILITATOR, COLLEAGUE)
    ]
    team[0].is_operator = True
    delegates = [
        Person(email=who.email, name=who.name, language=who.language, password=nobody_signs_in)
        for who in story.people()
    ]
    known = set(Person.objects.values_list("email", flat=True))
    Person.objects.bulk_create(person for person in (*team, *delegates) if person.email not in known)


def add_groups(team: Actor, consultation: Consultation) -> None:
    """The groups, each by its name and as yet without members."""
    for code, name in story.GROUPS.items():
        parties.add_group(actor=team, consultation=consultation, code=code, name=_headed(name))


def add_parties(team: Actor, consultation: Consultation) -> dict[str, Party]:
    """All parties with their groups, and the individuals of the public round, by code."""
    added = parties.add_parties(
        actor=team,
        consultation=consultation,
        parties=[
            NewParty(
                code=party.party,
                name=party.name,
                kind=KINDS[party.kind],
                region=REGIONS[party.region],
                language=party.language,
                groups=party.groups,
            )
            for party in (*story.parties(), *story.individuals())
        ],
    )
    return {party.code: party for party in added.stored}


def accredit_people(team: Actor, by_code: dict[str, Party], dating: Dating) -> None:
    """Let the people act for their parties."""
    for person in story.people():
        parties.accredit(
            actor=team,
            party=by_code[person.party],
            email=person.email,
            capacity=person.capacity,
            function=person.function,
            begins=dating.noon(LISTED),
        )


def _headed(name: str) -> str:
    """A name of a group as a heading: without what is told after a comma, with a capital letter."""
    short = name.partition(",")[0].removeprefix("the ")
    return short[0].upper() + short[1:]
