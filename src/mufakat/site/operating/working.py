"""The background worker: runs the tasks that pages put into the database, and keeps the studies fresh."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Final, Protocol

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils.crypto import get_random_string

from mufakat.site.operating import heartbeat

logger = logging.getLogger(__name__)

LOOK_FOR_TASKS_EVERY: Final = 1.0
LONGEST_PAUSE: Final = 60.0
"""Seconds to wait, at most, after one error of the database follows another."""


class Looking(Protocol):
    """What keeps studies fresh: each look takes in the votes that came since the last."""

    def look(self) -> object:
        """Look once."""


class Stop:
    """Tells the worker to stop: at a signal, or when whoever started it is gone.

    Attributes:
        wanted: set once it is to stop.
    """

    def __init__(self, *, parent: int | None = None) -> None:
        self.wanted = threading.Event()
        self._parent = parent

    def on_signals(self) -> None:
        """Stop at SIGINT and SIGTERM, after what is being done now."""
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, self._signalled)

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        self.wanted.set()

    def __call__(self) -> bool:
        """Whether it is time to stop."""
        if self._parent is not None and os.getppid() != self._parent:
            self.wanted.set()
        return self.wanted.is_set()

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than until it is time to stop."""
        self.wanted.wait(seconds)


def work(stop: Stop, *, rounds: int | None = None) -> None:
    """Work until told to stop; an error of the database is waited out, longer each time it comes again.

    Args:
        rounds: how many rounds to make; None goes on until ``stop``.
    """
    turns = _Turns(stop)
    pause, made = 1.0, 0
    while not stop() and (rounds is None or made < rounds):
        made += 1
        try:
            turns.take()
            pause = 1.0
        except (DatabaseError, InterfaceError) as error:
            logger.warning("the database does not answer (%s); trying again in %.0f s", _line(error), pause)
            connections.close_all()
            turns = _Turns(stop)
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
    heartbeat.stop()
    connections.close_all()


class _Turns:
    """What the worker does, each at its own pace."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self._keeper = keeper()
        self._tasks = _tasks()
        self._next = {"beat": 0.0, "tasks": 0.0, "look": 0.0}

    def take(self) -> None:
        """Do what is due, then wait for what comes next."""
        close_old_connections()
        self._when_due("beat", heartbeat.EVERY, heartbeat.beat)
        self._when_due("tasks", LOOK_FOR_TASKS_EVERY, self._tasks)
        if self._keeper is not None:
            self._when_due("look", settings.CONFIG.study_seconds, self._look)
        self._stop.wait(max(min(self._next.values()) - time.monotonic(), 0.05))

    def _when_due(self, what: str, every: float, do: Callable[[], object]) -> None:
        if time.monotonic() >= self._next[what] and not self._stop():
            do()
            self._next[what] = time.monotonic() + every

    def _look(self) -> None:
        try:
            if self._keeper is not None:
                self._keeper.look()
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            # One study that fails must not keep tasks from running; the next look begins anew.
            logger.exception("the study could not be kept fresh")
            self._keeper = keeper()


def keeper() -> Looking | None:
    """What keeps the studies fresh; None in an installation without it."""
    try:
        from mufakat.site.voices.study.keeping import Keeper
    except ModuleNotFoundError as missing:
        if not str(missing.name).startswith("mufakat.site.voices.study"):
            raise
        return None
    found: Looking = Keeper()
    return found


def _tasks() -> Callable[[], object]:
    """A function that runs every task that waits, and returns when there is none left."""
    from django_tasks_db.management.commands.db_worker import Worker

    name = f"mufakat-{get_random_string(20)}"

    def run_waiting() -> None:
        Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
        ).run()

    return run_waiting


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
