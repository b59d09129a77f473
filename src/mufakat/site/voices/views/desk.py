"""What needs a decision of the team today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mufakat.site.consultations.requests import Inside
from mufakat.site.voices.queries import desk as queries
from mufakat.site.voices.views.inside import reader


def desk(request: Inside, slug: str) -> HttpResponse:
    """The oldest first."""
    waiting = queries.desk(actor=request.actor, consultation=request.consultation, language=reader())
    return render(request, "voices/desk.html", {"desk": waiting})
