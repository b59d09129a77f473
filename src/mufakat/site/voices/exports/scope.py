"""Who may take what away: the one rule of the page, the downloads and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import check, may
from mufakat.site.consultations.models import Consultation
from mufakat.site.voices import rules
from mufakat.site.voices.study.history import Cast, history


@dataclass(frozen=True)
class Scope:
    """What a reader may take away of a consultation.

    Attributes:
        full: whether it is everything, as for the team.
        own: primary keys of the parties whose people the reader is of; their votes are theirs to take.
    """

    actor: Actor
    consultation: Consultation
    full: bool
    own: frozenset[int]

    @cached_property
    def votes(self) -> list[Cast]:
        """Every vote that the reader may have."""
        return history(self.consultation.pk, None if self.full else self.own)


def scope_of(actor: Actor, consultation: Consultation) -> Scope:
    """What the actor may take away.

    Raises:
        Refused: the actor may not even read the consultation.
    """
    check(rules.READ, actor, consultation)
    return Scope(
        actor=actor,
        consultation=consultation,
        full=may(rules.SEE_ALL, actor, consultation),
        own=frozenset(voice.party for voice in actor.voices if actor.consultation == consultation.pk),
    )
