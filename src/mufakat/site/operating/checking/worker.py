"""The background worker: is it alive?"""

from __future__ import annotations

from collections.abc import Iterator

from mufakat.site.operating import heartbeat
from mufakat.site.operating.checking.finding import Finding, good, note, wrong


def findings() -> Iterator[Finding]:
    """Look for the worker's last sign of life."""
    silent = heartbeat.seconds_since()
    if silent is None:
        yield note("worker", "not running; studies of votes are not kept fresh", "./mufakat serve, or worker")
    elif silent > heartbeat.SILENT_AFTER:
        yield wrong(
            "worker",
            f"silent for {silent:.0f} seconds; studies of votes are not kept fresh",
            "look into its log, and start ./mufakat serve or worker again",
        )
    else:
        yield good("worker", "alive")
