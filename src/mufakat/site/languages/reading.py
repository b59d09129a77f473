"""Reading texts: the rendering that suits a reader best, and how it stands to the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from mufakat.site.languages.models import Rendering, Text
from mufakat.site.languages.tags import direction


@dataclass(frozen=True, slots=True)
class Words:
    """A text as one reader sees it; `words` of the template tags shows it.

    Attributes:
        body: what it says. language, direction: of the body.
        translated_from: tag of the source's language where this is a translation, else empty.
        stale: whether the source has changed since it was translated.
        also: tags of the other languages it can be read in.
    """

    body: str
    language: str
    direction: str
    translated_from: str = ""
    stale: bool = False
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.body


def read(text: Text, language: str) -> Words:
    """The rendering in the reader's language where there is one, stale or not, else the author's words."""
    renderings: dict[str, Rendering] = {each.language: each for each in text.renderings.all()}
    wanted = renderings.get(language, renderings[text.language])
    return Words(
        body=wanted.body,
        language=wanted.language,
        direction=direction(wanted.language),
        translated_from="" if wanted.language == text.language else text.language,
        stale=wanted.renders < text.version,
        also=tuple(sorted(renderings.keys() - {wanted.language})),
    )


def source(text: Text) -> Words:
    """The author's own words."""
    return read(text, text.language)


def with_text(*fields: str) -> list[Prefetch[Any, Any, Any]]:
    """What to prefetch, so that a list with these texts takes a query a field and not one an item."""
    return [Prefetch(f"{field}__renderings") for field in fields]
