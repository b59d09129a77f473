"""Addresses that belong to no stage, and the first page of a consultation, which tells of them all."""

from __future__ import annotations

from mufakat.site.authority.routes import route
from mufakat.site.consultations.rules import READ
from mufakat.site.people.rules import CHANGE_ONESELF, SEE_ONESELF, SEE_SITE
from mufakat.site.web.home import health, home
from mufakat.site.web.me import me
from mufakat.site.web.overview import overview

urlpatterns = [
    route("", home, name="home", reads=SEE_SITE),
    route("me/", me, name="me", reads=SEE_ONESELF, writes=CHANGE_ONESELF),
    route("-/health/", health, name="health", reads=SEE_SITE),
    route("c/<slug:slug>/", overview, name="consultation", reads=READ),
]
