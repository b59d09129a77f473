"""Finds out, before any page is made, who asks and of which consultation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from mufakat.site.authority.acts import may
from mufakat.site.authority.subjects import THE_SITE
from mufakat.site.consultations.finding import consultation_at
from mufakat.site.consultations.rules import READ
from mufakat.site.parties.actors import actor_in
from mufakat.site.people.actors import actor_of
from mufakat.site.people.models import Person

SPEAKING_FOR = "speaking_for"


class ActorMiddleware:
    """Sets ``request.actor`` and ``request.subject``: the consultation named in the address, or the site.

    A consultation that the actor may not read does not exist for it: the answer is the same as for an address
    that was never given out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the work is done once the route is known."""
        request.actor = None  # type: ignore[attr-defined]
        request.subject = THE_SITE  # type: ignore[attr-defined]
        request.consultation = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, arguments: Any, named: dict[str, Any]) -> None:
        """Find the consultation and the actor.

        Raises:
            Http404: no consultation of that name, or none that the actor may read.
        """
        person: Person | None = request.user if request.user.is_authenticated else None
        slug = named.get("slug")
        if slug is None:
            request.actor = actor_of(person)
            return
        consultation = consultation_at(slug)
        if consultation is None:
            raise Http404
        chosen = request.POST.get("party", "") if request.method == "POST" else ""
        if person is not None and not chosen:
            chosen = request.session.get(SPEAKING_FOR, {}).get(str(consultation.pk), "")
        actor = actor_in(person, consultation.pk, speaking_for=chosen)
        if actor.voice is None and actor.voices and request.method != "POST":
            actor = replace(actor, voice=actor.voices[0])
        if not may(READ, actor, consultation):
            raise Http404
        request.actor, request.subject, request.consultation = actor, consultation, consultation
