"""The opinion page, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.voices.models.study import TEAM
from mufakat.site.voices.queries.standing import study_for
from mufakat.site.voices.study.keeping import votes_since
from mufakat.site.voices.study.shown import Shown

HEADINGS = ("everywhere", "divides", "contested", "unheard")
OF_A_LIST = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """One of the four lists.

    Attributes:
        heading: as in its address. title, question, nothing: in words. count: of its demands.
        items: finished markup.
    """

    heading: str
    title: str
    question: str
    nothing: str
    count: int
    items: str

    @property
    def more(self) -> bool:
        """Whether the first page does not hold all."""
        return self.count > OF_A_LIST


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader sees of the study; all pieces are finished markup and may be empty.

    Attributes:
        full: whether it is the team's study. speaks_of: the moment that it speaks of.
        parties, votes: how many it rests on. since: how many votes were cast after that moment.
        integrity, members: for the team alone.
    """

    full: bool
    speaks_of: datetime
    parties: int
    votes: int
    since: int
    tally: str
    map: str
    groups: str
    representative: str
    members: str
    lists: tuple[Listed, ...]
    coverage: str
    exposure: str
    integrity: str
    counting: str


def opinion_for(consultation: Consultation, actor: Actor, *, as_everybody: bool = False) -> Opinion | None:
    """The study as this reader may see it; None where there is none yet."""
    shown = study_for(actor, consultation, as_everybody=as_everybody)
    if shown is None:
        return None
    full = shown.found.audience == TEAM
    parts = shown.parts
    return Opinion(
        full=full,
        speaks_of=shown.found.speaks_of,
        parties=shown.found.parties,
        votes=shown.found.votes,
        since=votes_since(consultation.pk, shown.found.through),
        tally=shown.piece("tally", parts.tally),
        map=_map(shown, actor),
        groups=shown.piece("groups", parts.groups),
        representative=shown.piece("representative", parts.representative),
        members=shown.piece("members", lambda: _members(shown)) if full else "",
        lists=tuple(listed(shown, heading, 1, OF_A_LIST) for heading in HEADINGS),
        coverage=shown.piece("coverage", parts.coverage),
        exposure=shown.piece("exposure", parts.exposure),
        integrity=shown.piece("integrity", parts.integrity) if full else "",
        counting=shown.piece("counting", parts.counting),
    )


def listed(shown: Shown, heading: str, page: int, of_a_page: int) -> Listed:
    """A page of one of the four lists."""
    titles = {
        "everywhere": (
            _("What holds everywhere"),
            _("On what do most agree in every constituency, beyond doubt?"),
            _("No demand holds in every constituency so far."),
        ),
        "divides": (
            _("What divides, and whom"),
            _("Where does one opinion group agree and another does not?"),
            _("No demand sets one opinion group against another beyond doubt."),
        ),
        "contested": (
            _("Contested in other ways"),
            _("What is disputed without setting one opinion group against another?"),
            _("Nothing else is contested."),
        ),
        "unheard": (
            _("Not heard enough"),
            _("What cannot be told yet, and whose votes would tell?"),
            _("Every demand has been heard enough to tell."),
        ),
    }
    first = (page - 1) * of_a_page
    return Listed(
        heading,
        *titles[heading],
        count=shown.parts.count(heading),
        items=shown.piece(
            ("list", heading, first, of_a_page), lambda: shown.parts.listed(heading, first, of_a_page)
        ),
    )


def heat(shown: Shown, page: int, of_a_page: int) -> str:
    """A page of the table of every demand in every constituency."""
    first = (page - 1) * of_a_page
    return shown.piece(("heat", first, of_a_page), lambda: shown.parts.heat(first, of_a_page))


def _map(shown: Shown, actor: Actor) -> str:
    """The map, with a ring around the reader's own party where it is on it."""
    voice, found = actor.voice, shown.found
    if voice is None:
        return shown.piece("map", shown.parts.map_figure)
    if found.audience == TEAM:
        return shown.parts.map_figure(highlight=voice.code)
    place = found.routing.get("places", {}).get(voice.code)
    if place is None:
        return shown.piece("map", shown.parts.map_figure)
    return shown.parts.map_figure(at=(place[0], place[1]), name=voice.name)


def _members(shown: Shown) -> str:
    from mufakat.opinion.report.groups import members

    return members(shown.parts.study)
