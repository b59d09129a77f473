"""The app of the common look."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The base page, its tags and its style sheet."""

    name = "mufakat.site.web"
    label = "web"
