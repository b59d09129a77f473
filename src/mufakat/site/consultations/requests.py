"""A request as the middleware hands it to a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation


class Request(HttpRequest):
    """Someone asks for a page.

    Attributes:
        actor: who asks. subject: what the door of the route looked at: the consultation, or the site.
    """

    actor: Actor
    subject: Any


class Inside(Request):
    """Someone asks for a page of a consultation that they may read."""

    consultation: Consultation


def sent(request: HttpRequest) -> QueryDict | None:
    """What was filled in, also where that is nothing at all; None where a form is only asked for."""
    return request.POST if request.method == "POST" else None
