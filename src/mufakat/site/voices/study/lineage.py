"""What became of the demands of a consultation, as far as it decides which votes count for which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mufakat.site.voices.models.demands import LIVE, Demand, Descent
from mufakat.site.voices.study.effective import ancestors


@dataclass(frozen=True)
class Lineage:
    """The demands that are asked, and those whose votes count for them; all by primary key.

    Attributes:
        asked: numbers, as text, of the demands that nothing became of, moderated or not.
        hidden: numbers of those of them that are moderated away.
        wordings: their texts.
        carries: pairs of ancestor and descendant whose link carries votes.
        heirs: for each demand of which votes count, the one that they count for.
    """

    asked: Mapping[int, str]
    hidden: frozenset[str]
    wordings: Mapping[int, int]
    carries: tuple[tuple[int, int], ...]
    heirs: Mapping[int, int]


def lineage_of(consultation: int) -> Lineage:
    """Read it, in two queries."""
    rows = list(
        Demand.objects.filter(consultation=consultation, state=LIVE)
        .order_by("number")
        .values_list("pk", "number", "hidden", "wording")
    )
    asked = {key: str(number) for key, number, _hidden, _wording in rows}
    carries = tuple(
        Descent.objects.filter(ancestor__consultation=consultation, carries=True, undone_at__isnull=True)
        .order_by("pk")
        .values_list("ancestor", "descendant")
    )
    return Lineage(
        asked=asked,
        hidden=frozenset(str(number) for _key, number, hidden, _wording in rows if hidden),
        wordings={key: wording for key, _number, _hidden, wording in rows},
        carries=carries,
        heirs=ancestors(asked, carries),
    )
