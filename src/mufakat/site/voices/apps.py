"""The app of voices."""

from __future__ import annotations

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Submissions, demands, votes, moderation, the opinion map."""

    name = "mufakat.site.voices"
    label = "voices"

    def ready(self) -> None:
        """Begin to notice translations."""
        from mufakat.site.voices import watching  # noqa: F401 - importing it connects it
