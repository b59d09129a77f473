"""The app of the ledger."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The append-only record of every act."""

    name = "mufakat.site.ledger"
    label = "ledger"
