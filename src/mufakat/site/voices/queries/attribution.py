"""Whose words these are, as far as a reader may know, and which submissions exist for whom.

Every list, page, search and count of submissions begins with `heard_by`; every name of who said something
comes out of `speaker`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Length, Substr

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import may
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.models import Rendering, Text
from mufakat.site.languages.reading import Words, read
from mufakat.site.languages.tags import direction
from mufakat.site.parties.models import Party
from mufakat.site.voices import rules
from mufakat.site.voices.models.submissions import CONFIDENTIAL, PUBLIC, Submission


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something, as one reader may know it.

    Attributes:
        name: of the party; None where the reader may not know it, or nobody does.
        code: of the party, as in its address; empty where there is no name.
        kind: what kind of party it is, in words; empty where that is not known either.
        level: words for a level of attribution that is not public, else empty.
    """

    name: Words | None = None
    code: str = ""
    kind: str = ""
    level: str = ""


def sees_all(actor: Actor, consultation: Consultation | int) -> bool:
    """Whether nothing that was said in the consultation is kept from the actor."""
    return may(rules.SEE_ALL, actor, _subject(consultation))


def own_parties(actor: Actor) -> list[int]:
    """Primary keys of the parties whose people the actor is of."""
    return [voice.party for voice in actor.voices]


def heard_by(actor: Actor, consultation: Consultation) -> QuerySet[Submission]:
    """The submissions that exist for the actor: those open to all, and those of its own parties."""
    found = Submission.objects.filter(consultation=consultation)
    if sees_all(actor, consultation):
        return found
    return found.filter((Q(hidden=False) & ~Q(attribution=CONFIDENTIAL)) | Q(party__in=own_parties(actor)))


def speaker(submission: Submission, actor: Actor, language: str) -> Speaker:
    """Who made a submission; its party and the party's name must be at hand."""
    party = submission.party
    level = "" if submission.attribution == PUBLIC else str(submission.get_attribution_display())
    if party is None:
        return Speaker(level=level)
    if submission.attribution == PUBLIC or is_inside(submission, actor):
        return Speaker(
            name=read(party.name, language),
            code=party.code,
            kind=str(party.get_kind_display()),
            level=level,
        )
    return Speaker(kind=str(party.get_kind_display()), level=level)


def is_inside(submission: Submission, actor: Actor) -> bool:
    """Whether the actor is of the team or of the party that made the submission."""
    return sees_all(actor, submission.consultation_id) or submission.party_id in own_parties(actor)


def named_parties(actor: Actor, consultation: Consultation, wanted: str) -> Q:
    """Submissions whose party's name holds these words, where the actor may know the name."""
    named = Q(party__in=parties_called(consultation, wanted))
    if sees_all(actor, consultation):
        return named
    return named & (Q(attribution=PUBLIC) | Q(party__in=own_parties(actor)))


def parties_called(consultation: Consultation, wanted: str) -> QuerySet[Party]:
    """The parties of a consultation whose name, in any language, holds these words."""
    return Party.objects.filter(consultation=consultation, name__in=texts_with(consultation, wanted))


def texts_with(consultation: Consultation, wanted: str) -> QuerySet[Rendering, int]:
    """Primary keys of the texts that hold these words in any language, in capitals or not."""
    # A database may know capitals of ASCII alone, so that each way to write the words is asked for.
    ways = {wanted, wanted.lower(), wanted.upper(), wanted.capitalize(), wanted.title()}
    holds = Q()
    for way in ways:
        holds |= Q(body__icontains=way)
    return Rendering.objects.filter(holds, text__consultation_id=consultation.pk).values_list(
        "text_id", flat=True
    )


def beginnings(texts: Iterable[Text], language: str, *, length: int) -> dict[int, Words]:
    """The first characters of each text in the reader's language, else in its own, by primary key.

    One query, which leaves the rest of long texts where it is.
    """
    by_key = {text.pk: text for text in texts}
    rows = (
        Rendering.objects.filter(text__in=list(by_key), language__in={language} | _languages(by_key.values()))
        .annotate(begin=Substr("body", 1, length), long=Length("body"))
        .values_list("text_id", "language", "renders", "begin", "long")
    )
    found: dict[int, Words] = {}
    for key, tag, renders, begin, long in rows:
        text = by_key[key]
        if tag != language and (tag != text.language or key in found):
            continue
        found[key] = Words(
            body=begin if long <= length else begin.rstrip() + "…",
            language=tag,
            direction=direction(tag),
            translated_from="" if tag == text.language else text.language,
            stale=renders < text.version,
        )
    return found


def _languages(texts: Iterable[Text]) -> set[str]:
    return {text.language for text in texts}


@dataclass(frozen=True, slots=True)
class _Place:
    consultation_id: int


def _subject(consultation: Consultation | int) -> Consultation | _Place:
    return _Place(consultation) if isinstance(consultation, int) else consultation
