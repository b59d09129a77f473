"""The app of consultations."""

from __future__ import annotations

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """The process, its stages, themes and team."""

    name = "mufakat.site.consultations"
    label = "consultations"

    def ready(self) -> None:
        """Register how an actor is found."""
        from mufakat.site.consultations import actors  # noqa: F401
