"""What a person changes about themselves."""

from __future__ import annotations

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.subjects import THE_SITE
from mufakat.site.ledger.acting import acting
from mufakat.site.people.models import Person
from mufakat.site.people.names import clean_name
from mufakat.site.people.rules import CHANGE_ONESELF


def change_name(*, actor: Actor, name: str) -> None:
    """Change what one is called; the ledger tells that it was changed, and no name.

    Raises:
        Refused: nobody is signed in.
        ValidationError: no name is left of it, it is too long, or it mixes scripts that look alike.
    """
    with acting(CHANGE_ONESELF, actor, THE_SITE) as record:
        person, cleaned = Person.objects.get(pk=actor.known_person), clean_name(name)
        if person.name == cleaned:
            record.unchanged()
            return
        person.name = cleaned
        person.save(update_fields=["name"])
        record.event(act=CHANGE_ONESELF, actor=actor, subject=f"person:{person.pk}")
