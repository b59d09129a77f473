"""The votes of the invented consultation."""

from __future__ import annotations

from mufakat import story
from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.parties.models import Party
from mufakat.site.voices.models.demands import Demand


def bring_in(
    team: Actor, consultation: Consultation, by_code: dict[str, Party], demands: dict[str, Demand]
) -> None:
    """Bring in all votes of parties and public in the order of their time."""
    sorted((*story.votes(), *story.public_votes()), key=lambda vote: vote.time)
