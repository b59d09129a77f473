"""Drawing demands from submissions, and what becomes of them: merged, split, reworded.

A demand never goes away. Whatever becomes of it is a link to what it became, with who made it and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation, Theme
from mufakat.site.languages.models import Text
from mufakat.site.languages.reading import source
from mufakat.site.languages.writing import new_text
from mufakat.site.ledger.acting import acting
from mufakat.site.ledger.hashing import text_hash
from mufakat.site.voices import rules
from mufakat.site.voices.actions.errors import TakenError, VoiceError
from mufakat.site.voices.models.demands import (
    LIVE,
    MERGED,
    REWORDED,
    SPLIT,
    Demand,
    Descent,
    Likeness,
    Passage,
)
from mufakat.site.voices.models.submissions import Submission


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of a submission's source text: characters `start` to `end`, end exclusive."""

    start: int
    end: int


def draw(
    *,
    actor: Actor,
    submission: Submission,
    wording: str,
    language: str,
    spans: Sequence[Span],
    theme: Theme | None = None,
    translations: Mapping[str, str] | None = None,
) -> Demand:
    """Draw a demand from a submission.

    Args:
        wording: the ask, in ``language``. spans: the passages that say it, at least one.

    Raises:
        Refused: the actor is not on the team.
        VoiceError: no passage, one outside of the text, or a theme of another consultation.
        TextError: no wording.
    """
    if theme is not None and theme.consultation_id != submission.consultation_id:
        raise VoiceError(f"theme {theme.code!r} is of another consultation")
    body = source(submission.body).body
    if not spans:
        raise VoiceError("a demand needs the passage that it is drawn from; choose at least one")
    for span in spans:
        if not 0 <= span.start < span.end <= len(body):
            raise VoiceError(
                f"characters {span.start} to {span.end} are no passage of this submission,"
                f" which has {len(body)} characters"
            )
    with acting(rules.DRAW, actor, submission) as record:
        demand = _new(actor, submission.consultation_id, wording, language, theme, translations)
        Passage.objects.bulk_create(
            Passage(
                demand=demand,
                submission=submission,
                version=submission.body.version,
                start=span.start,
                end=span.end,
                quote=body[span.start : span.end],
            )
            for span in sorted(set(spans), key=lambda span: (span.start, span.end))
        )
        record.event(
            act=rules.DRAW,
            actor=actor,
            subject=f"demand:{demand.number}",
            detail={
                "submission": submission.number,
                "passages": [[span.start, span.end] for span in spans],
                "wording": text_hash(wording.strip()),
            },
        )
    return demand


def merge(
    *,
    actor: Actor,
    demand: Demand,
    into: Demand,
    reason: str,
    language: str = "en",
    same_ask: bool = True,
) -> Descent:
    """Merge a demand into another one, which stays.

    Args:
        same_ask: whether both ask the same in other words; then votes on the one count for the other where
            their party did not vote on that itself.

    Raises:
        Refused: the actor is not on the team.
        TakenError: one of the two is not live any more.
        VoiceError: they are one, or of two consultations, or one of them is moderated away.
    """
    if demand.pk == into.pk:
        raise VoiceError(f"demand {demand.number} cannot be merged into itself")
    if demand.consultation_id != into.consultation_id:
        raise VoiceError("demands of two consultations cannot be merged")
    with acting(rules.DESCEND, actor, demand) as record:
        _live(demand, into)
        link = Descent.objects.create(
            ancestor=demand,
            descendant=into,
            how=MERGED,
            carries=same_ask,
            reason=_reason(actor, demand.consultation_id, reason, language),
            by_id=actor.person,
            at=record.at,
        )
        _become(demand, MERGED)
        Likeness.objects.filter(**_pair(demand, into), verdict="").update(
            verdict=Likeness.SAME, decided_by=actor.person, decided_at=record.at
        )
        record.event(
            act=rules.DESCEND,
            actor=actor,
            subject=f"demand:{demand.number}",
            detail={"how": MERGED, "into": [into.number], "same_ask": same_ask, "reason": text_hash(reason)},
        )
    return link


def split(
    *,
    actor: Actor,
    demand: Demand,
    parts: Sequence[str],
    language: str,
    reason: str,
    reason_language: str = "en",
    translations: Sequence[Mapping[str, str]] = (),
) -> list[Demand]:
    """Split a demand that asks several things into its parts, each voted on anew.

    Raises:
        Refused: the actor is not on the team.
        TakenError: the demand is not live any more. VoiceError: fewer than two parts, or two alike.
    """
    wordings = [part.strip() for part in parts if part.strip()]
    if len(set(wordings)) < 2:
        raise VoiceError(
            f"a demand is split into two different parts or more, and here is {len(set(wordings))}"
        )
    with acting(rules.DESCEND, actor, demand) as record:
        _live(demand)
        why = _reason(actor, demand.consultation_id, reason, reason_language)
        drawn = []
        for place, wording in enumerate(wordings):
            known = translations[place] if place < len(translations) else None
            part = _new(actor, demand.consultation_id, wording, language, demand.theme, known)
            _inherit(demand, part)
            Descent.objects.create(
                ancestor=demand, descendant=part, how=SPLIT, reason=why, by_id=actor.person, at=record.at
            )
            drawn.append(part)
        _become(demand, SPLIT)
        record.event(
            act=rules.DESCEND,
            actor=actor,
            subject=f"demand:{demand.number}",
            detail={
                "how": SPLIT,
                "into": [part.number for part in drawn],
                "wordings": [text_hash(wording) for wording in wordings],
                "reason": text_hash(reason),
            },
        )
    return drawn


def reword(
    *,
    actor: Actor,
    demand: Demand,
    wording: str,
    reason: str,
    same_ask: bool,
    language: str = "",
    reason_language: str = "en",
    translations: Mapping[str, str] | None = None,
) -> Demand:
    """Put a demand in other words: a new demand that descends from it.

    Args:
        same_ask: whether it asks the same as before; then votes on the old words count for the new ones.
        language: of the new words; by default that of the old ones.

    Raises:
        Refused: the actor is not on the team.
        TakenError: the demand is not live any more. VoiceError: the words are the same.
    """
    if wording.strip() == source(demand.wording).body:
        raise VoiceError(f"these are the words of demand {demand.number} already; change them to reword it")
    with acting(rules.DESCEND, actor, demand) as record:
        _live(demand)
        newer = _new(
            actor,
            demand.consultation_id,
            wording,
            language or demand.wording.language,
            demand.theme,
            translations,
        )
        _inherit(demand, newer)
        Descent.objects.create(
            ancestor=demand,
            descendant=newer,
            how=REWORDED,
            carries=same_ask,
            reason=_reason(actor, demand.consultation_id, reason, reason_language),
            by_id=actor.person,
            at=record.at,
        )
        _become(demand, REWORDED)
        record.event(
            act=rules.DESCEND,
            actor=actor,
            subject=f"demand:{demand.number}",
            detail={
                "how": REWORDED,
                "into": [newer.number],
                "wordings": [text_hash(wording.strip())],
                "same_ask": same_ask,
                "reason": text_hash(reason),
            },
        )
    return newer


def part_again(*, actor: Actor, link: Descent) -> None:
    """Take a merger back: the ancestor is live again, and its votes are its own.

    Raises:
        Refused: the actor is not on the team. VoiceError: it is no merger, or was taken back before.
    """
    with acting(rules.DESCEND, actor, link.ancestor) as record:
        link.refresh_from_db()
        if link.how != MERGED:
            raise VoiceError("only a merger can be taken back; reword or merge the parts in its place")
        if link.undone_at is not None:
            raise VoiceError("this merger was taken back already")
        link.undone_at = record.at
        link.save(update_fields=["undone_at"])
        _become(link.ancestor, LIVE)
        # Whether the two ask the same is open again, and a person is asked.
        Likeness.objects.filter(**_pair(link.ancestor, link.descendant), verdict=Likeness.SAME).update(
            verdict="", decided_by=None, decided_at=None
        )
        record.event(
            act=rules.DESCEND,
            actor=actor,
            subject=f"demand:{link.ancestor.number}",
            detail={"how": "parted", "from": link.descendant.number},
        )


def sort(*, actor: Actor, demand: Demand, theme: Theme | None) -> None:
    """Put a demand under a theme, or under none.

    Raises:
        Refused: the actor is not on the team. VoiceError: the theme is of another consultation.
    """
    if theme is not None and theme.consultation_id != demand.consultation_id:
        raise VoiceError(f"theme {theme.code!r} is of another consultation")
    with acting(rules.SORT, actor, demand) as record:
        demand.refresh_from_db()
        if demand.theme_id == (theme.pk if theme is not None else None):
            record.unchanged()
            return
        demand.theme = theme
        demand.save(update_fields=["theme"])
        record.event(
            act=rules.SORT,
            actor=actor,
            subject=f"demand:{demand.number}",
            detail={"theme": theme.code if theme is not None else ""},
        )


def keep_apart(*, actor: Actor, likeness: Likeness) -> None:
    """Decide that two demands ask two different things.

    Raises:
        Refused: the actor is not on the team.
    """
    with acting(rules.JUDGE, actor, likeness.first) as record:
        likeness.refresh_from_db()
        if likeness.verdict:
            record.unchanged()
            return
        likeness.verdict, likeness.decided_by_id, likeness.decided_at = (
            Likeness.APART,
            actor.person,
            record.at,
        )
        likeness.save(update_fields=["verdict", "decided_by", "decided_at"])
        record.event(
            act=rules.JUDGE,
            actor=actor,
            subject=f"demand:{likeness.first.number}",
            detail={"apart_from": likeness.second.number},
        )


def next_number(consultation: Consultation | int) -> int:
    """The number of the next demand; only inside an act, which holds the lock."""
    last = Demand.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _new(
    actor: Actor,
    consultation: int,
    wording: str,
    language: str,
    theme: Theme | None,
    translations: Mapping[str, str] | None,
) -> Demand:
    return Demand.objects.create(
        consultation_id=consultation,
        number=next_number(consultation),
        wording=new_text(
            wording, language=language, by=actor.person, consultation=consultation, translations=translations
        ),
        theme=theme,
        drawn_by_id=actor.person,
    )


def _inherit(ancestor: Demand, descendant: Demand) -> None:
    """Anchor a descendant where its ancestor was anchored."""
    Passage.objects.bulk_create(
        Passage(
            demand=descendant,
            submission_id=passage.submission_id,
            version=passage.version,
            start=passage.start,
            end=passage.end,
            quote=passage.quote,
        )
        for passage in ancestor.passages.all()
    )


def _live(*demands: Demand) -> None:
    """Read the demands again, now that nobody else can change them, and make sure that they are live."""
    fresh = {each.pk: each for each in Demand.objects.filter(pk__in=[demand.pk for demand in demands])}
    for demand in demands:
        now = fresh[demand.pk]
        demand.state, demand.hidden = now.state, now.hidden
        if now.state != LIVE:
            raise TakenError(
                f"demand {demand.number} was {now.get_state_display()} in the meantime; nothing was changed"
            )
        if now.hidden:
            raise VoiceError(f"demand {demand.number} is out of sight; bring it back first")


def _become(demand: Demand, state: str) -> None:
    demand.state = state
    demand.save(update_fields=["state"])


def _pair(one: Demand, other: Demand) -> dict[str, int]:
    first, second = sorted((one.pk, other.pk))
    return {"first": first, "second": second}


def _reason(actor: Actor, consultation: int, reason: str, language: str) -> Text:
    return new_text(reason, language=language, by=actor.person, consultation=consultation)
