"""Reading what was suggested to be alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.models import Rendering
from mufakat.site.languages.reading import Words, source
from mufakat.site.voices.models.demands import LIVE, Demand, Likeness
from mufakat.site.voices.queries.demands import Line, lines


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair of demands that may ask the same.

    Attributes:
        key: of the suggestion. score: of their likeness, in hundredths.
        first_source, second_source: in the author's words, where the line shows a translation.
    """

    key: int
    score: int
    first: Line
    second: Line
    first_source: Words | None
    second_source: Words | None


def undecided(consultation: Consultation) -> QuerySet[Likeness]:
    """Suggestions that wait for a decision, the likeliest first; only between demands that are open."""
    return Likeness.objects.filter(
        first__consultation=consultation,
        verdict="",
        first__state=LIVE,
        second__state=LIVE,
        first__hidden=False,
        second__hidden=False,
    ).order_by("-score", "first", "second")


def suggestions(
    page: QuerySet[Likeness], *, actor: Actor, consultation: Consultation, language: str
) -> list[Suggestion]:
    """These suggestions with both demands of each, side by side."""
    pairs = list(page.values_list("pk", "score", "first", "second", "first__number", "second__number"))
    keys = {key for pair in pairs for key in pair[2:4]}
    demands = Demand.objects.filter(pk__in=keys)
    told = {
        line.number: line
        for line in lines(demands, actor=actor, consultation=consultation, language=language)
    }
    sources = {
        demand.number: source(demand.wording)
        for demand in demands.select_related("wording").prefetch_related("wording__renderings")
    }

    def translated(number: int) -> Words | None:
        return sources[number] if told[number].words.translated_from else None

    return [
        Suggestion(
            key=key,
            score=round(100 * score),
            first=told[first],
            second=told[second],
            first_source=translated(first),
            second_source=translated(second),
        )
        for key, score, _first, _second, first, second in pairs
    ]


def wordings(consultation: Consultation) -> dict[int, dict[str, str]]:
    """What every open demand says, by primary key and language; a stale translation says what it was."""
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    keys = dict(
        Demand.objects.filter(consultation=consultation, state=LIVE, hidden=False).values_list(
            "wording", "pk"
        )
    )
    rows = Rendering.objects.filter(
        text__in=Demand.objects.filter(consultation=consultation, state=LIVE, hidden=False).values("wording")
    ).values_list("text_id", "language", "body")
    for text, language, body in rows:
        found[keys[text]][language] = body
    return dict(found)


def suggested_pairs(consultation: Consultation) -> set[tuple[int, int]]:
    """Every pair of a consultation that was suggested once, decided about or not."""
    return set(Likeness.objects.filter(first__consultation=consultation).values_list("first", "second"))
