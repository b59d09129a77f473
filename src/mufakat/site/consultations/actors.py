"""What an actor may rely on in a consultation's team."""

from __future__ import annotations

from dataclasses import replace

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.resolving import part
from mufakat.site.consultations.models import Role
from mufakat.site.prepared import Prepared

_ROLES = Prepared(
    lambda at: Role.objects.filter(
        consultation=at.number("consultation"), person=at.number("person"), revoked_at__isnull=True
    ).values_list("role")
)


@part
def with_roles(actor: Actor, confirm: bool) -> Actor:
    """The actor with its roles in force."""
    if actor.person is None or actor.consultation is None or (confirm and not actor.roles):
        return actor
    held = _ROLES.rows(consultation=actor.consultation, person=actor.person)
    return replace(actor, roles=frozenset(role for (role,) in held))
