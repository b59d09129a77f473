"""The app of persons."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The persons who sign in."""

    name = "mufakat.site.people"
    label = "people"

    def ready(self) -> None:
        """Register how an actor is found."""
        from mufakat.site.people import actors  # noqa: F401
