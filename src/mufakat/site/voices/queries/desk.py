"""What waits for a decision of the team."""

from __future__ import annotations

from dataclasses import dataclass

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.voices.models.demands import LIVE, Demand
from mufakat.site.voices.models.submissions import Submission
from mufakat.site.voices.queries import demands, likeness, submissions

OF_EACH = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits, the oldest first; the first few of each, and how many there are.

    Attributes:
        submissions: from which no demand was drawn yet. pairs: of demands that may ask the same.
        unthemed: demands that stand under no theme.
    """

    submissions: tuple[submissions.Line, ...]
    submissions_in_all: int
    pairs: tuple[likeness.Suggestion, ...]
    pairs_in_all: int
    unthemed: tuple[demands.Line, ...]
    unthemed_in_all: int

    @property
    def in_all(self) -> int:
        """How many decisions wait."""
        return self.submissions_in_all + self.pairs_in_all + self.unthemed_in_all


def desk(*, actor: Actor, consultation: Consultation, language: str) -> Desk:
    """What waits for a decision of the team of a consultation."""
    waiting = Submission.objects.filter(submissions.is_waiting(), consultation=consultation)
    pairs = likeness.undecided(consultation).order_by("suggested_at", "-score", "pk")
    unthemed = Demand.objects.filter(
        consultation=consultation, theme__isnull=True, state=LIVE, hidden=False
    ).order_by("number")
    return Desk(
        submissions=tuple(
            submissions.lines(
                waiting.order_by("received_at", "number")[:OF_EACH],
                actor=actor,
                consultation=consultation,
                language=language,
            )
        ),
        submissions_in_all=waiting.count(),
        pairs=tuple(
            likeness.suggestions(pairs[:OF_EACH], actor=actor, consultation=consultation, language=language)
        ),
        pairs_in_all=pairs.count(),
        unthemed=tuple(
            demands.lines(unthemed[:OF_EACH], actor=actor, consultation=consultation, language=language)
        ),
        unthemed_in_all=unthemed.count(),
    )
