"""Finding in a text the words that somebody quotes from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MOST_PLACES: Final = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where quoted words stand: characters `start` to `end`, end exclusive, with what is around them."""

    start: int
    end: int
    around: str


def places(body: str, quote: str, *, around: int = 40) -> list[Place]:
    """Every place where the words stand, in whatever way their spaces and lines are broken.

    >>> [(place.start, place.end) for place in places("Wells now.  Wells", "Wells")]
    [(0, 5), (12, 17)]
    """
    parts = quote.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(re.escape(part) for part in parts))
    found: list[Place] = []
    # Looked for from each place on, so that two that overlap are both found.
    at = 0
    while len(found) < MOST_PLACES and (match := pattern.search(body, at)) is not None:
        found.append(Place(match.start(), match.end(), _around(body, match.start(), match.end(), around)))
        at = match.start() + 1
    return found


def _around(body: str, start: int, end: int, width: int) -> str:
    before, after = body[max(start - width, 0) : start], body[end : end + width]
    begins, ends = "…" if start > width else "", "…" if end + width < len(body) else ""
    told = f"{begins}{before}[{body[start:end]}]{after}{ends}"
    return " ".join(told.split())


def nearest(body: str, quote: str) -> str:
    """The passage that comes closest to words that do not stand in the text; empty where none does."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(quote, body, score_cutoff=70)
    if found is None or len(quote) > len(body):
        return ""
    start, end = found.dest_start, found.dest_end
    while start > 0 and not body[start - 1].isspace():
        start -= 1
    while end < len(body) and not body[end].isspace():
        end += 1
    return body[start:end].strip()
