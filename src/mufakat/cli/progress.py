"""A progress bar on standard error, for work that turns out to take more than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0  # seconds of silence before a bar appears


class Report(Protocol):
    """What long work calls: how much of it is done, 0 to 1, and what it does now."""

    def __call__(self, done: float, doing: str) -> None:
        """Tell how far it is."""


class _Bar:
    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.shown: tuple[Progress, TaskID] | None = None

    def __call__(self, done: float, doing: str) -> None:
        if self.shown is None:
            if time.monotonic() - self.begun < PATIENCE or not sys.stderr.isatty():
                return
            from rich.console import Console  # heavy, and not needed by short work
            from rich.progress import Progress

            bar = Progress(console=Console(stderr=True), transient=True)
            bar.start()
            self.shown = bar, bar.add_task(doing, total=1.0)
        bar, task = self.shown
        bar.update(task, completed=done, description=doing)

    def end(self) -> None:
        if self.shown is not None:
            self.shown[0].stop()


@contextmanager
def progress_bar() -> Iterator[Report]:
    """A bar that appears when the work inside has taken a second and goes when it ends."""
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.end()
