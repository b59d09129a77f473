"""What a measured program says of itself: the seconds of each of its stages, and what it found."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Stages:
    """Takes the time of one stage after the other, in this process and all its threads.

    Attributes:
        seconds: of each stage by name, as (wall, CPU).
        found: plain values to hand back beside the seconds.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}
        self.found: dict[str, Any] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Take the time of what happens inside."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] = (time.perf_counter() - wall, time.process_time() - cpu)

    def write(self, path: Path) -> None:
        """Write both as JSON, for `bench.process` to read."""
        path.write_text(json.dumps({"stages": self.seconds, "found": self.found}), encoding="utf-8")
