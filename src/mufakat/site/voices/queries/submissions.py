"""Reading submissions: the list, and one of them with what was drawn from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.reading import Words, read, source
from mufakat.site.voices.models.demands import Demand, Passage
from mufakat.site.voices.models.moderation import Moderation
from mufakat.site.voices.models.submissions import Submission
from mufakat.site.voices.queries.attribution import (
    Speaker,
    heard_by,
    is_inside,
    named_parties,
    sees_all,
    speaker,
    speakers,
)
from mufakat.site.voices.queries.texts import texts_with, words_of

SHOWN_OF_EACH = 280


@dataclass(frozen=True, slots=True)
class Line:
    """A submission as it stands in a list.

    Attributes:
        begins: how it begins. said_on: when it was said, where that is known; received_at: when it came.
        demands: how many demands that the reader may see were drawn from it.
        waits: whether it waits for the secretariat; only ever told to the team.
    """

    number: int
    begins: Words
    speaker: Speaker
    channel: str
    said_on: date | None
    received_at: datetime
    demands: int
    hidden: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of moderation, as it is told."""

    hides: bool
    reason: Words
    at: datetime


@dataclass(frozen=True, slots=True)
class Drawn:
    """A demand that was drawn from a submission, with the passages that say it."""

    number: int
    words: Words
    state: str
    state_name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A submission as one reader sees it.

    Attributes:
        submission: itself. inside: whether the reader is of the team or of its party.
        body: as it was received. rendered: in the reader's language, where that is another one.
        marks: start, end and number of the demand, of each passage.
        drawn: the demands. decisions: of moderation; only for those inside, and the last one where it is
            hidden.
    """

    submission: Submission
    inside: bool
    speaker: Speaker
    body: Words
    rendered: Words | None
    marks: tuple[tuple[int, int, int], ...]
    drawn: tuple[Drawn, ...]
    decisions: tuple[Decision, ...]


def listed(
    *,
    actor: Actor,
    consultation: Consultation,
    wanted: str = "",
    channel: str = "",
    language: str = "",
    kind: str = "",
    waiting: bool = False,
) -> QuerySet[Submission]:
    """The submissions that the actor may see, newest first.

    Args:
        wanted: words in any language of the text, or in the name of a party that the actor may know.
        channel, language, kind: how it came, what it is written in, of which kind its party is.
        waiting: only those from which demands have still to be drawn; asked for by the team alone.
    """
    found = heard_by(actor, consultation)
    if wanted:
        found = found.filter(
            Q(body__in=texts_with(consultation, wanted)) | named_parties(actor, consultation, wanted)
        )
    if channel:
        found = found.filter(channel=channel)
    if language:
        found = found.filter(body__language=language)
    if kind:
        found = found.filter(party__kind=kind)
    if waiting:
        found = found.filter(is_waiting())
    return found.order_by("-received_at", "-number")


def is_waiting() -> Q:
    """Nothing was drawn from it, and nobody said that there is nothing to draw; not moderated away."""
    drawn = Passage.objects.filter(submission=OuterRef("pk"))
    return Q(~Exists(drawn), settled_at__isnull=True, hidden=False)


def lines(
    page: QuerySet[Submission], *, actor: Actor, consultation: Consultation, language: str
) -> list[Line]:
    """What a list shows of these submissions, in the same order; a handful of queries however many."""
    all_ = list(page)
    keys = [each.pk for each in all_]
    team = sees_all(actor, consultation)
    begins = words_of((each.body_id for each in all_), language, length=SHOWN_OF_EACH)
    said_by = speakers(((each.party_id, each.attribution) for each in all_), actor, consultation, language)
    drawn = _counts(keys, hidden_too=team)
    waiting = _waiting(keys) if team else set()
    return [
        Line(
            number=each.number,
            begins=begins[each.body_id],
            speaker=said_by[each.party_id, each.attribution],
            channel=str(each.get_channel_display()),
            said_on=each.said_on,
            received_at=each.received_at,
            demands=drawn.get(each.pk, 0),
            hidden=each.hidden,
            waits=each.pk in waiting,
        )
        for each in all_
    ]


def _counts(keys: Sequence[int], *, hidden_too: bool) -> Mapping[int, int]:
    passages = Passage.objects.filter(submission__in=keys)
    if not hidden_too:
        passages = passages.filter(demand__hidden=False)
    return dict(
        passages.order_by()
        .values("submission")
        .annotate(drawn=Count("demand", distinct=True))
        .values_list("submission", "drawn")
    )


def _waiting(keys: Sequence[int]) -> set[int]:
    return set(Submission.objects.filter(is_waiting(), pk__in=keys).values_list("pk", flat=True))


def account(submission: Submission, *, actor: Actor, language: str) -> Account:
    """A submission with everything that its page shows."""
    inside = is_inside(submission, actor)
    team = sees_all(actor, submission.consultation_id)
    passages = list(
        Passage.objects.filter(submission=submission)
        .filter(Q() if team or inside else Q(demand__hidden=False))
        .order_by("demand__number", "start")
        .values_list("demand", "demand__number", "start", "end")
    )
    demands = (
        Demand.objects.filter(pk__in={key for key, *_rest in passages})
        .select_related("wording")
        .prefetch_related("wording__renderings")
    )
    rendered = read(submission.body, language)
    decisions = decisions_on(submission, language=language)
    return Account(
        submission=submission,
        inside=inside,
        speaker=speaker(submission, actor, language),
        body=source(submission.body),
        rendered=rendered if rendered.translated_from else None,
        marks=tuple((start, end, number) for _key, number, start, end in passages),
        drawn=tuple(
            Drawn(
                number=demand.number,
                words=read(demand.wording, language),
                state=demand.state,
                state_name=str(demand.get_state_display()),
                hidden=demand.hidden,
            )
            for demand in demands
        ),
        decisions=decisions if inside else decisions[-1:] if submission.hidden else (),
    )


def decisions_on(subject: Submission | Demand, *, language: str) -> tuple[Decision, ...]:
    """Every decision of moderation about it, the oldest first."""
    found = Moderation.objects.select_related("reason").prefetch_related("reason__renderings")
    of = found.filter(demand=subject) if isinstance(subject, Demand) else found.filter(submission=subject)
    return tuple(
        Decision(hides=each.hides, reason=read(each.reason, language), at=each.at)
        for each in of.order_by("at", "pk")
    )
