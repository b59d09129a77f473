"""What an actor may rely on as somebody who acts for a party."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import F, QuerySet
from django.utils import timezone

from mufakat.site.authority.actor import Actor, Voice
from mufakat.site.authority.resolving import part, resolved
from mufakat.site.parties.models import Accreditation, in_force
from mufakat.site.people.actors import actor_of
from mufakat.site.people.models import Person
from mufakat.site.prepared import Places, Prepared


def _held(at: Places) -> QuerySet[Accreditation]:
    """Accreditations of a person in a consultation that are in force, to parties that have not left."""
    return Accreditation.objects.filter(
        in_force(at.moment("now")),
        party__left_at__isnull=True,
        person=at.number("person"),
        party__consultation=at.number("consultation"),
    )


_VOICES = Prepared(
    lambda at: (
        _held(at)
        .annotate(shown=F("party__name__renderings__body"))
        .filter(party__name__renderings__language=F("party__name__language"))
        .order_by("party__code")
        .values_list("party_id", "party__code", "shown", "party__kind", "capacity", "pk")
    )
)
_HELD = Prepared(lambda at: _held(at).filter(pk=at.number("accreditation")).values_list("pk"))


@part
def with_voices(actor: Actor, confirm: bool) -> Actor:
    """The actor with the parties it may act for; the chosen one stays chosen as long as it may."""
    if actor.person is None or actor.consultation is None or (confirm and actor.voice is None):
        return actor
    asked = {"person": actor.person, "consultation": actor.consultation, "now": timezone.now()}
    if confirm and actor.voice is not None:
        held = _HELD.rows(**asked, accreditation=actor.voice.accreditation)
        return actor if held else replace(actor, voice=None, voices=())
    return replace(actor, voices=tuple(Voice(*row) for row in _VOICES.rows(**asked)))


def actor_in(person: Person | None, consultation: int, *, speaking_for: str = "") -> Actor:
    """The person as an actor in one consultation.

    Args:
        consultation: its primary key.
        speaking_for: code of the party it acts for; where it is left out, the only one, or the first.
    """
    actor = resolved(replace(actor_of(person), consultation=consultation))
    if speaking_for or not actor.voices:
        return actor.speaking_for(speaking_for)
    return replace(actor, voice=actor.voices[0])
