"""What the base page shows around every page: where the reader is, and who they are there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mufakat.site.web.places import place_of

NOWHERE: dict[str, Any] = {"place": None, "navigation": (), "stages": (), "actor": None}
"""The variables of a page that says nothing of where the reader is and who they are."""


def page(request: HttpRequest) -> dict[str, Any]:
    """Variables of every template: ``place``, its ``navigation`` and ``stages``, and ``actor``.

    Found when a template first asks, so that a fragment of a page costs no query for its surroundings.
    """
    place = SimpleLazyObject(lambda: place_of(request))
    return {
        "place": place,
        "navigation": SimpleLazyObject(lambda: place.navigation if place else ()),
        "stages": SimpleLazyObject(lambda: place.stages if place else ()),
        "actor": getattr(request, "actor", None),
    }
