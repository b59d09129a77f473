"""A text with the passages that were quoted from it, cut so that passages may overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


class Quoted(NamedTuple):
    """A passage that something was drawn from.

    Attributes:
        start, end: in characters of the text, end exclusive.
        label: of what was drawn from it, such as its number. url: of that, where it has a page.
    """

    start: int
    end: int
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text between two places where a passage begins or ends.

    Attributes:
        covered: whether any passage covers it.
        ending: the passages that end with it.
    """

    text: str
    covered: bool
    ending: tuple[Quoted, ...]


def pieces(body: str, passages: Iterable[Quoted]) -> list[Piece]:
    """The whole text, in order; passages that reach beyond it are cut at its end, empty ones are left out."""
    within = sorted(
        (each._replace(start=max(each.start, 0), end=min(each.end, len(body))) for each in passages),
        key=lambda each: each[:2],
    )
    within = [each for each in within if each.start < each.end]
    cuts = sorted({0, len(body), *(place for each in within for place in each[:2])})
    return [
        Piece(
            text=body[start:end],
            covered=any(each.start <= start and end <= each.end for each in within),
            ending=tuple(each for each in within if each.end == end),
        )
        for start, end in pairwise(cuts)
    ]
