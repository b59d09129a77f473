"""What an actor may rely on as a person: that the account is in use, and whether it runs the site."""

from __future__ import annotations

from dataclasses import replace

from mufakat.site.authority.actor import ANONYMOUS, Actor
from mufakat.site.authority.resolving import part
from mufakat.site.people.models import Person


def actor_of(person: Person | None) -> Actor:
    """The person as an actor, outside of any consultation."""
    if person is None or not person.is_active:
        return ANONYMOUS
    return Actor(person=person.pk, name=str(person), operator=person.is_operator)


@part
def with_account(actor: Actor, confirm: bool) -> Actor:
    """The actor as long as its account is in use; an operator as long as it is one."""
    if not confirm or not actor.operator:
        return actor
    still = Person.objects.filter(pk=actor.known_person, is_active=True, is_operator=True).exists()
    return actor if still else replace(actor, operator=False)
