"""A consultation in a few numbers, and what waits for one party: what its first page tells."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from mufakat.site.authority.actor import Actor, Voice
from mufakat.site.consultations.models import Consultation
from mufakat.site.parties.models import Party
from mufakat.site.voices.models.demands import LIVE, Demand
from mufakat.site.voices.models.submissions import Submission
from mufakat.site.voices.models.votes import Vote
from mufakat.site.voices.queries.attribution import heard_by
from mufakat.site.voices.queries.submissions import is_waiting
from mufakat.site.voices.study.lineage import lineage_of


@dataclass(frozen=True, slots=True)
class Figures:
    """A consultation in numbers, as far as a reader may know of what is in it.

    Attributes:
        parties: that take part now. heard: how many of them have submitted or voted.
        submissions: that exist for the reader. demands: open to votes. votes: on any demand.
    """

    parties: int
    heard: int
    submissions: int
    demands: int
    votes: int


def figures(consultation: Consultation, actor: Actor) -> Figures:
    """Count, in five queries however much there is."""
    said = heard_by(actor, consultation)
    parties = Party.objects.filter(consultation=consultation, left_at__isnull=True)
    heard = parties.filter(
        Q(Exists(Vote.objects.filter(party=OuterRef("pk")))) | Q(Exists(said.filter(party=OuterRef("pk"))))
    )
    return Figures(
        parties=parties.count(),
        heard=heard.count(),
        submissions=said.count(),
        demands=Demand.objects.filter(consultation=consultation, state=LIVE, hidden=False).count(),
        votes=Vote.objects.filter(party__consultation=consultation).count(),
    )


def waiting_submissions(consultation: Consultation) -> int:
    """From how many submissions the team has still to draw demands."""
    return Submission.objects.filter(is_waiting(), consultation=consultation).count()


def left_to_vote_on(consultation: Consultation, voice: Voice) -> int:
    """On how many of the demands that are open to votes a party has not said its word.

    A word on a demand that was merged or reworded into another counts for that one.
    """
    lineage = lineage_of(consultation.pk)
    open_to_votes = {key for key, number in lineage.asked.items() if number not in lineage.hidden}
    cast = Vote.objects.filter(party=voice.party).values_list("demand", flat=True)
    said = {lineage.heirs.get(demand) for demand in cast}
    return len(open_to_votes - said)
