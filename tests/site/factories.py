"""A small consultation for tests, built through the same actions that the pages call."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations import actions as consultations
from mufakat.site.consultations.models import Consultation, Stage
from mufakat.site.parties import actions as parties
from mufakat.site.parties.actors import actor_in
from mufakat.site.parties.models import Accreditation, Party
from mufakat.site.people.actors import actor_of
from mufakat.site.people.models import Person
from mufakat.site.voices.actions import demands, submissions
from mufakat.site.voices.actions.demands import Span
from mufakat.site.voices.models import Demand, Submission

_numbers = count(1)


def person(name: str = "", *, operator: bool = False) -> Person:
    """A person who can sign in."""
    number = next(_numbers)
    return Person.objects.create_user(
        f"person{number}@example.org", name=name or f"Person {number}", is_operator=operator
    )


@dataclass
class World:
    """One consultation with a facilitator; everything else is added by its methods.

    Attributes:
        facilitator: the person. team: the same as an actor.
    """

    consultation: Consultation
    facilitator: Person
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def team(self) -> Actor:
        """The facilitator as an actor."""
        return self.actor(self.facilitator)

    def actor(self, someone: Person | None, *, speaking_for: str = "") -> Actor:
        """A person as an actor in this consultation, as of now."""
        return actor_in(someone, self.consultation.pk, speaking_for=speaking_for)

    def stage(self, kind: str) -> Stage:
        """One of its stages."""
        return self.consultation.stages.get(kind=kind)

    def open(self, kind: str) -> Stage:
        """Open a stage."""
        stage = self.stage(kind)
        consultations.open_stage(actor=self.team, stage=stage)
        return stage

    def close(self, kind: str) -> Stage:
        """Close a stage."""
        stage = self.stage(kind)
        consultations.close_stage(actor=self.team, stage=stage)
        return stage

    def party(self, code: str = "", *, kind: str = "member_state", region: str = "africa") -> Party:
        """Add a party."""
        code = code or f"P{next(_numbers)}"
        return parties.add_party(
            actor=self.team,
            consultation=self.consultation,
            code=code,
            name=f"Party {code}",
            kind=kind,
            region=region,
            language="en",
        )

    def accredited(
        self, party: Party, *, capacity: str = "head", someone: Person | None = None
    ) -> tuple[Person, Accreditation]:
        """A person who may act for a party."""
        someone = someone or person()
        granted = parties.accredit(actor=self.team, party=party, email=someone.email, capacity=capacity)
        return someone, granted

    def voter(self, code: str = "", *, kind: str = "member_state", region: str = "africa") -> Actor:
        """A new party with a head, as an actor."""
        party = self.party(code, kind=kind, region=region)
        someone, _granted = self.accredited(party)
        return self.actor(someone, speaking_for=party.code)

    def submission(self, body: str = "", *, party: Party | None = None, language: str = "en") -> Submission:
        """Something that was said."""
        return submissions.enter(
            actor=self.team,
            consultation=self.consultation,
            party=party,
            body=body or f"We ask for wells. We ask for roads ({next(_numbers)}).",
            language=language,
            channel="meeting",
        )

    def demand(self, wording: str = "", *, submission: Submission | None = None) -> Demand:
        """A demand, drawn from the first characters of a submission."""
        submission = submission or self.submission()
        return demands.draw(
            actor=self.team,
            submission=submission,
            wording=wording or f"Wells are needed ({next(_numbers)}).",
            language="en",
            spans=[Span(0, 16)],
        )


def world(slug: str = "", *, listed: bool = True, invented: bool = False) -> World:
    """A new consultation with a facilitator of its own."""
    operator = person("An operator", operator=True)
    facilitator = person("A facilitator")
    consultation = consultations.open_consultation(
        actor=actor_of(operator),
        slug=slug or f"consultation-{next(_numbers)}",
        title="A consultation for tests",
        summary="What is wanted, and by whom.",
        facilitator=facilitator.email,
        listed=listed,
        invented=invented,
    )
    return World(consultation, facilitator)
