"""Which demands to put before a party next, with why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from mufakat.site.authority.actor import Voice
from mufakat.site.consultations.models import Consultation
from mufakat.site.parties.models import Membership, Party, in_force
from mufakat.site.voices.models.study import TEAM
from mufakat.site.voices.models.votes import Showing, Vote
from mufakat.site.voices.study.lineage import Lineage, lineage_of
from mufakat.site.voices.study.stored import Found, stored

REASONS: Final = {
    "needs voices from your constituency": _("voices from parties like yours are still missing"),
    "would tell where you stand": _("your answer would tell most about where you stand"),
    "is new": _("few have seen it yet"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A demand to be shown.

    Attributes:
        number: of the demand. propensity: the chance it had among those that were left.
        reason: what speaks for it most, in words; empty where it was drawn as any other.
    """

    number: int
    propensity: float
    reason: str


@dataclass(frozen=True, slots=True)
class Draw:
    """What to show a party next.

    Attributes:
        drawn: in the order in which to show them. left: how many demands it has not voted on.
        asked: how many demands are open to votes.
    """

    drawn: tuple[Drawn, ...]
    left: int
    asked: int


def next_for(consultation: Consultation, voice: Voice, count: int) -> Draw:
    """Draw the next demands for a party by the library's routing, from the team's study where there is one.

    A demand that the party said its word on counts as voted on, also where it did so on one that was merged
    or reworded into it.
    """
    from mufakat.opinion.routing import FLOOR, next_demands

    lineage = lineage_of(consultation.pk)
    open_to_votes = [number for number in lineage.asked.values() if number not in lineage.hidden]
    voted = _voted(lineage, voice.party)
    place = {number: s for s, number in enumerate(open_to_votes)}
    told = {}
    found = stored(consultation.pk, TEAM)
    if found is not None:
        told = _told(found, open_to_votes, voice)
    drawn = next_demands(
        open_to_votes,
        party=voice.code,
        voted=_indices(place, voted),
        count=count,
        **told,
    )
    best = {
        candidate.demand: next((words for words, _part in candidate.terms if words != FLOOR), "")
        for candidate in drawn.candidates
        if candidate.demand in drawn.drawn
    }
    return Draw(
        drawn=tuple(
            Drawn(int(number), propensity, str(REASONS.get(best[number], "")))
            for number, propensity in zip(drawn.drawn, drawn.propensities, strict=True)
        ),
        left=len(drawn.candidates),
        asked=len(open_to_votes),
    )


def already_shown(party: int, demands: Collection[int]) -> set[int]:
    """Which of these demands, by primary key, were put before the party before."""
    return set(Showing.objects.filter(party=party, demand__in=demands).values_list("demand", flat=True))


def _voted(lineage: Lineage, party: int) -> set[str]:
    """Numbers of the demands for which a vote of the party counts."""
    cast = Vote.objects.filter(party=party).values_list("demand", flat=True)
    heirs = (lineage.heirs.get(demand) for demand in cast)
    return {lineage.asked[heir] for heir in heirs if heir is not None}


def _indices(place: dict[str, int], numbers: Collection[str]) -> Any:
    import numpy as np

    return np.array(sorted(place[number] for number in numbers if number in place), dtype=np.int64)


def _told(found: Found, demands: list[str], voice: Voice) -> dict[str, Any]:
    """What the study knows of these demands, in the words of `mufakat.opinion.routing.next_demands`."""
    import numpy as np

    from mufakat.opinion.result import State
    from mufakat.site.voices.study.routing import Routes

    routes = found.once("routes", lambda: Routes.of(found.routing))
    at = np.array([routes.place.get(number, -1) for number in demands], dtype=np.int64)
    known = at >= 0
    loadings = np.where(known[:, None], routes.loadings[at], 0.0)
    standings = routes.standings(constituencies_of(voice, routes.groups.get(voice.code)))
    return {
        "loadings": loadings,
        "spread": routes.spread,
        "noise": routes.noise,
        "showings": np.where(known, routes.showings[at], 0),
        # What the study does not know yet was not heard at all.
        "states": [routes.states[s] if s >= 0 else State.UNHEARD for s in at.tolist()],
        "standings": [standings[s] if s >= 0 else () for s in at.tolist()],
    }


def constituencies_of(voice: Voice, group: str | None) -> frozenset[tuple[str, str]]:
    """The constituencies that a party belongs to, by family and name as in a study.

    Args:
        group: letter of its opinion group, where it has one.
    """
    region = Party.objects.filter(pk=voice.party).values_list("region", flat=True).first()
    groups = Membership.objects.filter(in_force(), party=voice.party).values_list("group__code", flat=True)
    mine = {("kind", voice.kind), ("region", region or "")}
    mine |= {(f"group: {code}", code) for code in groups}
    if group is not None:
        mine.add(("opinion group", group))
    return frozenset(mine)
