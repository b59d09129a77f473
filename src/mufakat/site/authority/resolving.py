"""What an actor may rely on, found in the database when a request begins and once more inside its act.

The rooms that know roles and accreditations register here how they find them; nothing here knows those rooms.
"""

from __future__ import annotations

from collections.abc import Callable

from mufakat.site.authority.actor import Actor

Part = Callable[[Actor, bool], Actor]
_parts: list[Part] = []


def part(find: Part) -> Part:
    """Register how one part of an actor is found.

    It takes the actor so far, and whether it is to be confirmed: then it need only look again at what the
    actor has already, and take away what no longer holds.
    """
    _parts.append(find)
    return find


def resolved(actor: Actor) -> Actor:
    """The actor with everything it may rely on now."""
    for find in _parts:
        actor = find(actor, False)
    return actor


def confirmed(actor: Actor) -> Actor:
    """The actor with what still holds of what it relied on."""
    for find in _parts:
        actor = find(actor, True)
    return actor
