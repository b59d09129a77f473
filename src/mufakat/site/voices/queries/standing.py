"""How demands stand, as far as a reader may know: from the team's study, or from the one for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import may
from mufakat.site.consultations.models import Consultation
from mufakat.site.voices import rules
from mufakat.site.voices.models.study import EVERYBODY, TEAM
from mufakat.site.voices.study.shown import Shown, shown


@dataclass(frozen=True, slots=True)
class Standing:
    """How one demand stands.

    Attributes:
        state: ``everywhere``, ``divides``, ``contested`` or ``unheard``.
        told: the same in a sentence or two. bars: every constituency with its interval, finished markup.
        speaks_of: the moment that it speaks of. withheld: whether small cells are left out.
    """

    state: str
    told: str
    bars: str
    speaks_of: datetime
    withheld: bool


def audience_of(actor: Actor, consultation: Consultation, *, as_everybody: bool = False) -> str:
    """Whose study an actor reads; the team may look at the one for everybody too."""
    return TEAM if may(rules.SEE_ALL, actor, consultation) and not as_everybody else EVERYBODY


def study_for(actor: Actor, consultation: Consultation, *, as_everybody: bool = False) -> Shown | None:
    """The study that an actor reads; None where there is none yet."""
    audience = audience_of(actor, consultation, as_everybody=as_everybody)
    return shown(consultation.pk, consultation.slug, audience)


def of_demand(consultation: Consultation, actor: Actor, number: int) -> Standing | None:
    """How a demand stands; None where the actor's study does not know it (yet, or any more)."""
    found = study_for(actor, consultation)
    if found is None or number not in found.states:
        return None
    key = str(number)
    return Standing(
        state=found.states[number],
        told=found.piece(("told", number), lambda: found.parts.told(key)),
        bars=found.piece(("bars", number), lambda: found.parts.standing_bars(key)),
        speaks_of=found.found.speaks_of,
        withheld=bool(found.parts.study.least),
    )


def states(consultation: Consultation, actor: Actor) -> dict[int, str]:
    """How each demand stands that the actor's study knows, by number, in the words of `Standing.state`."""
    found = study_for(actor, consultation)
    return found.states if found is not None else {}
