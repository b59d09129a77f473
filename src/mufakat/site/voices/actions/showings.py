"""Noting which demand was put before which party; no act of a person, so that it stands in no ledger."""

from __future__ import annotations

from collections.abc import Mapping

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import check
from mufakat.site.consultations.models import Consultation
from mufakat.site.voices import rules
from mufakat.site.voices.models.votes import Showing
from mufakat.site.voices.queries.routing import already_shown


def note_showings(*, actor: Actor, consultation: Consultation, propensities: Mapping[int, float]) -> int:
    """Note that demands were put before the party that the actor votes for; each once, not at every reload.

    Args:
        propensities: the chance that each had of being drawn, by the demand's primary key.

    Returns:
        How many were new.

    Raises:
        Refused: the actor cannot vote, so that what it saw says nothing.
    """
    check(rules.VOTE, actor, consultation)
    voice = actor.voice
    if voice is None or not propensities:
        return 0
    fresh = propensities.keys() - already_shown(voice.party, list(propensities))
    if fresh:
        Showing.objects.bulk_create(
            Showing(party_id=voice.party, demand_id=demand, propensity=propensities[demand])
            for demand in sorted(fresh)
        )
    return len(fresh)
