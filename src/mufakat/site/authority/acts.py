"""Acts and what they require.

>>> from mufakat.site.authority.predicates import is_on_team
>>> sort = act("example.sort", "Sort things", (is_on_team, "Only the team of this consultation sorts."))
>>> may(sort, Actor(), None)
False
>>> why_not(sort, Actor(), None)
'Only the team of this consultation sorts.'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from rules.predicates import Predicate

from mufakat.site.authority.actor import Actor

Words = str | Promise


class ImpossibleError(ValueError):
    """Something that cannot be done, whoever tries; the message says what, and what would be right."""


class Refused(PermissionDenied):
    """An act that may not be done: what was tried, by the name of the act, and why not, for a person."""

    def __init__(self, act: str, reason: Words) -> None:
        super().__init__(str(reason))
        self.act = act
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition of an act.

    Attributes:
        predicate: takes the actor and the subject of the act.
        reason: what a person is told where it does not hold.
    """

    predicate: Predicate
    reason: Words


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person may want to do.

    Attributes:
        name: app and verb, as it stands in the ledger and in ``docs/authority.md``.
        title: what it is, in a few words, for people.
        requirements: all must hold; the first that does not is the reason of the refusal.
    """

    name: str
    title: Words
    requirements: tuple[Requirement, ...]


_acts: dict[str, Act] = {}


def act(name: str, title: Words, *requirements: tuple[Predicate, Words]) -> Act:
    """Declare an act.

    Raises:
        ValueError: an act of that name exists.
    """
    if name in _acts:
        raise ValueError(f"the act {name!r} is declared twice")
    _acts[name] = Act(name, title, tuple(Requirement(*requirement) for requirement in requirements))
    return _acts[name]


def acts() -> Iterable[Act]:
    """Every act that was declared, by name."""
    return [_acts[name] for name in sorted(_acts)]


def why_not(wanted: Act, actor: Actor, subject: Any) -> Words | None:
    """The reason why the actor may not do it to the subject, or None where they may."""
    for requirement in wanted.requirements:
        if not requirement.predicate.test(actor, subject):
            return requirement.reason
    return None


def may(wanted: Act, actor: Actor, subject: Any) -> bool:
    """Whether the actor may do it to the subject."""
    return why_not(wanted, actor, subject) is None


def check(wanted: Act, actor: Actor, subject: Any) -> None:
    """Go on where the actor may do it.

    Raises:
        Refused: the actor may not; it says why.
    """
    reason = why_not(wanted, actor, subject)
    if reason is not None:
        raise Refused(wanted.name, reason)
