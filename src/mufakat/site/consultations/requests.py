"""A request as the middleware hands it to a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

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
