"""What an actor may rely on in a consultation's team."""

from __future__ import annotations

from dataclasses import replace

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.resolving import part
from mufakat.site.consultations.models import Role


@part
def with_roles(actor: Actor, confirm: bool) -> Actor:
    """The actor with its roles in force."""
    if actor.person is None or actor.consultation is None or (confirm and not actor.roles):
        return actor
    found = Role.objects.filter(
        consultation=actor.consultation, person=actor.person, revoked_at__isnull=True
    ).values_list("role", flat=True)
    return replace(actor, roles=frozenset(found))
