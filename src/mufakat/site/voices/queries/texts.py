"""The texts of a whole list in one query, and the texts that hold some words."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length, Substr

from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.models import Rendering
from mufakat.site.languages.reading import Words
from mufakat.site.languages.tags import direction
from mufakat.site.languages.writing import LONGEST


def words_of(texts: Iterable[int], language: str, *, length: int = LONGEST) -> dict[int, Words]:
    """Each text in the reader's language, else in its own, by primary key.

    Args:
        texts: primary keys. length: characters of each that are read; the rest stays where it is.
    """
    rows = (
        Rendering.objects.filter(text__in=set(texts))
        .filter(Q(language=language) | Q(language=F("text__language")))
        .annotate(begin=Substr("body", 1, length), long=Length("body"))
        .values_list("text_id", "language", "renders", "begin", "long", "text__language", "text__version")
    )
    found: dict[int, Words] = {}
    for key, tag, renders, begin, long, source, version in rows:
        if tag != language and key in found:
            continue
        found[key] = Words(
            body=begin if long <= length else begin.rstrip() + "…",
            language=tag,
            direction=direction(tag),
            translated_from="" if tag == source else source,
            stale=renders < version,
        )
    return found


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
