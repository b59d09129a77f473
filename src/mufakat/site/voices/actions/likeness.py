"""Suggesting which demands may ask the same; a person decides about each pair."""

from __future__ import annotations

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.ledger.acting import acting
from mufakat.site.voices import rules
from mufakat.site.voices.likeness import THRESHOLD, alike
from mufakat.site.voices.models.demands import LIVE, Demand, Likeness
from mufakat.site.voices.queries.likeness import suggested_pairs, wordings


def suggest(*, actor: Actor, consultation: Consultation, among: int | None = None) -> int:
    """Put pairs of live demands that may ask the same before the team.

    A pair that somebody has decided about is not suggested again. A pair that nobody has decided about and
    that is no longer alike, since one of the two was translated anew, is kept: a person has seen it.

    Args:
        among: number of a demand, to hold only that one against all others.

    Returns:
        How many pairs are new.

    Raises:
        Refused: the actor is not on the team.
    """
    # Found before the act begins, because an act holds up everybody else's.
    said = wordings(consultation)
    only = None
    if among is not None:
        only = [key for key in said if key in _keys(consultation, among)]
    found = alike(said, among=only, threshold=THRESHOLD)
    with acting(rules.SUGGEST, actor, consultation) as record:
        known = suggested_pairs(consultation)
        live = dict(
            Demand.objects.filter(consultation=consultation, state=LIVE, hidden=False).values_list(
                "pk", "number"
            )
        )
        fresh = [
            pair
            for pair in found
            if pair.first in live and pair.second in live and (pair.first, pair.second) not in known
        ]
        if not fresh:
            record.unchanged()
            return 0
        Likeness.objects.bulk_create(
            Likeness(first_id=pair.first, second_id=pair.second, score=pair.score, suggested_at=record.at)
            for pair in fresh
        )
        record.event(
            act=rules.SUGGEST,
            actor=actor,
            subject=f"demand:{among}" if among is not None else "",
            detail={"pairs": [[live[pair.first], live[pair.second], round(pair.score, 4)] for pair in fresh]},
        )
    return len(fresh)


def _keys(consultation: Consultation, number: int) -> set[int]:
    return set(Demand.objects.filter(consultation=consultation, number=number).values_list("pk", flat=True))
