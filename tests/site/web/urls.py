"""Addresses under which the common look can be tested alone, before any page of a stage."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest, slug: str = "") -> HttpResponse:
    return HttpResponse("")


ROOMS = ("consultation", "demands", "submissions", "vote", "opinion", "parties", "desk", "settings")

handler400 = "mufakat.site.web.views.bad_request"
handler403 = "mufakat.site.web.views.forbidden"
handler404 = "mufakat.site.web.views.not_found"
handler500 = "mufakat.site.web.views.server_error"

urlpatterns = [
    path("", nothing, name="home"),
    path("me/", nothing, name="me"),
    path("accounts/", include("mufakat.site.people.urls")),
    path("c/<slug:slug>/", nothing, name="consultation"),
    *(path(f"c/<slug:slug>/{room}/", nothing, name=room) for room in ROOMS[1:]),
]
