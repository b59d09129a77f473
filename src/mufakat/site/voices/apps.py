"""The app of voices."""

from __future__ import annotations

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Submissions, demands, votes, moderation, the opinion map."""

    name = "mufakat.site.voices"
    label = "voices"
