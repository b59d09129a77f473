"""Predicates about the actor alone; those about a consultation or a party stand in ``rules.py`` of its app.

The subject of every act inside a consultation has an attribute ``consultation_id``, and so has the actor: an
actor was found for one consultation, and its roles and voices say nothing about another.
"""

from __future__ import annotations

from typing import Any

from rules.predicates import always_allow, predicate

from mufakat.site.authority.actor import FACILITATOR, Actor

anyone = always_allow


@predicate
def is_signed_in(actor: Actor, subject: Any) -> bool:
    """It is known who this is."""
    return actor.signed_in


@predicate
def is_operator(actor: Actor, subject: Any) -> bool:
    """The person runs the whole site."""
    return actor.operator


@predicate
def is_on_team(actor: Actor, subject: Any) -> bool:
    """The person is facilitator or of the secretariat of the subject's consultation."""
    return actor.on_team and _same_consultation(actor, subject)


@predicate
def is_facilitator(actor: Actor, subject: Any) -> bool:
    """The person is a facilitator of the subject's consultation."""
    return FACILITATOR in actor.roles and _same_consultation(actor, subject)


@predicate
def speaks_for_a_party(actor: Actor, subject: Any) -> bool:
    """The person acts for a party of the subject's consultation, in any capacity."""
    return actor.voice is not None and _same_consultation(actor, subject)


@predicate
def may_bind_the_party(actor: Actor, subject: Any) -> bool:
    """The person acts for a party of the subject's consultation, and not merely as its observer."""
    voice = actor.voice
    return voice is not None and voice.capacity != "observer" and _same_consultation(actor, subject)


def _same_consultation(actor: Actor, subject: Any) -> bool:
    where = getattr(subject, "consultation_id", None)
    return where is not None and actor.consultation == where
