"""Taking out of sight what breaks the rules, with a reason, and bringing it back."""

from __future__ import annotations

from mufakat.site.authority.actor import Actor
from mufakat.site.languages.writing import new_text
from mufakat.site.ledger.acting import acting
from mufakat.site.ledger.hashing import text_hash
from mufakat.site.voices import rules
from mufakat.site.voices.models.demands import Demand
from mufakat.site.voices.models.moderation import Moderation
from mufakat.site.voices.models.submissions import Submission


def moderate(
    *, actor: Actor, subject: Submission | Demand, hides: bool, reason: str, language: str = "en"
) -> Moderation | None:
    """Take a submission or a demand out of sight, or bring it back; the author sees both, with the reason.

    Returns:
        The decision; None where it is so already.

    Raises:
        Refused: the actor is not on the team. TextError: no reason.
    """
    with acting(rules.MODERATE, actor, subject) as record:
        subject.refresh_from_db()
        if subject.hidden == hides:
            record.unchanged()
            return None
        subject.hidden = hides
        subject.save(update_fields=["hidden"])
        decision = Moderation.objects.create(
            submission=subject if isinstance(subject, Submission) else None,
            demand=subject if isinstance(subject, Demand) else None,
            hides=hides,
            reason=new_text(reason, language=language, by=actor.person, consultation=subject.consultation_id),
            by_id=actor.person,
            at=record.at,
        )
        kind = "demand" if isinstance(subject, Demand) else "submission"
        record.event(
            act=rules.MODERATE,
            actor=actor,
            subject=f"{kind}:{subject.number}",
            detail={"hides": hides, "reason": text_hash(reason.strip())},
        )
    return decision
