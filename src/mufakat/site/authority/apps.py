"""The app of who may do what."""

from __future__ import annotations

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """Who acts, and whether they may."""

    name = "mufakat.site.authority"
    label = "authority"
