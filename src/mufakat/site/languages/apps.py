"""The app of texts and their languages."""

from __future__ import annotations

from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    """What people wrote, in every language it exists in."""

    name = "mufakat.site.languages"
    label = "languages"
