"""Whose words these are, as far as a reader may know, and which submissions exist for whom.

Every list, page, search and count of submissions begins with `heard_by`; every name of who said something
comes out of `speaker`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import may
from mufakat.site.consultations.kinds import PARTY_KINDS
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.reading import Words
from mufakat.site.parties.models import Party
from mufakat.site.voices import rules
from mufakat.site.voices.models.submissions import ATTRIBUTIONS, CONFIDENTIAL, PUBLIC, Submission
from mufakat.site.voices.queries.texts import texts_with, words_of

_KINDS, _LEVELS = dict(PARTY_KINDS), dict(ATTRIBUTIONS)


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
    """Who made a submission."""
    said = (submission.party_id, submission.attribution)
    return speakers([said], actor, submission.consultation, language)[said]


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


def speakers(
    said: Iterable[tuple[int | None, str]], actor: Actor, consultation: Consultation, language: str
) -> dict[tuple[int | None, str], Speaker]:
    """Who said each of many things, by primary key of the party and level of attribution; two queries."""
    said = set(said)
    parties = {
        key: (code, str(_KINDS[kind]), name)
        for key, code, kind, name in Party.objects.filter(
            pk__in={key for key, _level in said if key}
        ).values_list("pk", "code", "kind", "name")
    }
    names = words_of((name for _code, _kind, name in parties.values()), language)
    everything, own = sees_all(actor, consultation), own_parties(actor)
    found: dict[tuple[int | None, str], Speaker] = {}
    for key, attribution in said:
        level = "" if attribution == PUBLIC else str(_LEVELS[attribution])
        if key is None:
            found[key, attribution] = Speaker(level=level)
            continue
        code, kind, name = parties[key]
        known = attribution == PUBLIC or everything or key in own
        found[key, attribution] = (
            Speaker(name=names[name], code=code, kind=kind, level=level)
            if known
            else Speaker(kind=kind, level=level)
        )
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    consultation_id: int


def _subject(consultation: Consultation | int) -> Consultation | _Place:
    return _Place(consultation) if isinstance(consultation, int) else consultation
