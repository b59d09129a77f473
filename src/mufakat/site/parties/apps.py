"""The app of parties."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Organisations, delegations, groups, and who acts for them."""

    name = "mufakat.site.parties"
    label = "parties"

    def ready(self) -> None:
        """Register how an actor is found."""
        from mufakat.site.parties import actors  # noqa: F401
