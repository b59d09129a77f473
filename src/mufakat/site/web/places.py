"""Where a page stands: the consultation around it, its stages, and the ways on from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mufakat.site.authority.actor import ANONYMOUS, Actor
from mufakat.site.consultations.models import Consultation, Stage
from mufakat.site.languages.reading import Words, read

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One way on in the navigation.

    Attributes:
        current: whether the page that is shown stands in it.
    """

    label: Label
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The consultation that a page stands in; only what the reader may see of it.

    Attributes:
        title: plain, or as the reader sees it in their language.
        url: of its first page.
        invented: whether everything in it is invented, which every page then says.
    """

    title: str | Words
    url: str
    invented: bool = False
    navigation: tuple[Entry, ...] = ()
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A part of a consultation that has its own entry in the navigation.

    Attributes:
        route: name of its first page, which takes the consultation's slug.
        for_team: whether it is for the team alone. for_parties: whether for those who speak for a party.
        also: where in the consultation its other pages stand, where they do not stand below its first.
    """

    label: Label
    route: str
    for_team: bool = False
    for_parties: bool = False
    also: tuple[str, ...] = ()


ROOMS: Final = (
    Room(_("Overview"), "consultation"),
    Room(_("Voices"), "demands"),
    Room(_("Submissions"), "submissions"),
    Room(_("Vote"), "vote", for_parties=True, also=("votes/",)),
    Room(_("Opinion"), "opinion", also=("export/",)),
    Room(_("Parties"), "parties", also=("add-party/", "import-parties/", "fill-in-parties/", "groups/")),
    Room(_("Desk"), "desk", for_team=True),
    Room(_("Settings"), "settings", for_team=True, also=("stages/", "themes/", "team/", "texts/")),
)


def place_of(request: HttpRequest) -> Place | None:
    """The consultation of the address that was asked for, as this reader sees it; None outside of any.

    The middleware has put it into ``request.consultation``, and only where the reader may see it.
    """
    consultation: Consultation | None = getattr(request, "consultation", None)
    if consultation is None:
        return None
    actor: Actor = getattr(request, "actor", None) or ANONYMOUS
    return Place(
        title=read(consultation.title, get_language() or "en"),
        url=address(ROOMS[0].route, consultation.slug) or "/",
        invented=consultation.invented,
        navigation=ways(
            consultation.slug,
            path=request.path,
            on_team=actor.on_team,
            speaks=actor.voice is not None,
        ),
        stages=tuple(Stage.objects.filter(consultation=consultation)),
    )


def ways(
    slug: str, *, path: str, on_team: bool, speaks: bool, rooms: Sequence[Room] = ROOMS
) -> tuple[Entry, ...]:
    """The navigation of a consultation: rooms that have a page and are open to the reader.

    The current one is the one that *path* stands in; the first page of the consultation holds all others.
    """
    first = address(rooms[0].route, slug) or "/"
    found = [
        (room, url)
        for room in rooms
        if (on_team or not room.for_team)
        and (speaks or not room.for_parties)
        and (url := address(room.route, slug)) is not None
    ]
    beginnings = {
        start: room for room, url in found for start in (url, *(first + part for part in room.also))
    }
    inside = beginnings.get(
        max((start for start in beginnings if path.startswith(start)), key=len, default="")
    )
    return tuple(Entry(room.label, url, current=room is inside) for room, url in found)


def address(route: str, slug: str) -> str | None:
    """Where a route leads in a consultation; None for a route that no page has."""
    try:
        return reverse(route, args=[slug])
    except NoReverseMatch:
        return None
