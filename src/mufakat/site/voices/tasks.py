"""Work that nobody waits for; thin background calls of actions."""

from __future__ import annotations

from django_tasks import task

from mufakat.site.consultations.models import Consultation
from mufakat.site.parties.actors import actor_in
from mufakat.site.people.models import Person
from mufakat.site.voices.actions.likeness import suggest


@task()
def look_for_likeness(consultation: int, number: int, person: int) -> int:
    """Hold one demand against all others of its consultation, for the person who drew or translated it.

    Returns:
        How many pairs are new.
    """
    actor = actor_in(Person.objects.get(pk=person), consultation)
    return suggest(actor=actor, consultation=Consultation.objects.get(pk=consultation), among=number)
