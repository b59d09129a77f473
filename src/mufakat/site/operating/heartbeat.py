"""The sign of life of the background worker: a small file in the data folder, touched while it works."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from django.conf import settings

EVERY: Final = 5.0
"""Seconds between two signs of life."""
SILENT_AFTER: Final = 60.0
"""Seconds without a sign after which the worker is taken for dead."""


def path() -> Path:
    """The file whose time of change tells when the worker was last alive."""
    return Path(settings.CONFIG.data) / "worker-alive"


def beat() -> None:
    """Say that the worker is alive."""
    path().touch()


def stop() -> None:
    """Say that the worker stopped on purpose."""
    path().unlink(missing_ok=True)


def seconds_since() -> float | None:
    """Seconds since the last sign of life; None where there is none."""
    try:
        return max(time.time() - path().stat().st_mtime, 0.0)
    except OSError:
        return None
