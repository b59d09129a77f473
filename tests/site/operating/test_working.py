"""The background worker: tasks, fresh studies, and what it does when the database does not answer."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from mufakat.site.operating import heartbeat, working
from mufakat.site.operating.working import Stop, work

pytestmark = pytest.mark.django_db


class Keeper:
    """Counts its looks; does what it is told at each."""

    def __init__(self, *errors: Exception | None) -> None:
        self.looks = 0
        self.errors = list(errors)

    def look(self) -> None:
        self.looks += 1
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error


@pytest.fixture
def stop(monkeypatch: pytest.MonkeyPatch) -> Stop:
    """A stop whose waiting takes no time, and is written down in ``waits``."""
    found = Stop()
    found.waits = []  # type: ignore[attr-defined]
    monkeypatch.setattr(found, "wait", found.waits.append)  # type: ignore[attr-defined]
    return found


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Any]:
    """Let the worker use a keeper, and run no tasks."""

    def install(keeper: Any) -> Any:
        monkeypatch.setattr(working, "keeper", lambda: keeper)
        monkeypatch.setattr(working, "_tasks", lambda: lambda: None)
        monkeypatch.setattr("mufakat.site.operating.working.settings.CONFIG", _now(working.settings.CONFIG))
        monkeypatch.setattr("mufakat.site.operating.working.connections.close_all", lambda: None)
        monkeypatch.setattr("mufakat.site.operating.working.close_old_connections", lambda: None)
        return keeper

    return install


def _now(config: Any) -> Any:
    from dataclasses import replace

    return replace(config, study_seconds=0.0)


def test_it_looks_for_new_votes_again_and_again(stop: Stop, use: Callable[[Any], Any]) -> None:
    keeper = use(Keeper())
    work(stop, rounds=5)
    assert keeper.looks == 5


def test_it_works_without_anything_to_keep_fresh(stop: Stop, use: Callable[[Any], Any]) -> None:
    use(None)
    work(stop, rounds=2)


def test_errors_of_the_database_are_waited_out_longer_each_time(
    stop: Stop, use: Callable[[Any], Any], caplog: pytest.LogCaptureFixture
) -> None:
    keeper = use(Keeper(*[OperationalError("gone away")] * 8))
    with caplog.at_level(logging.WARNING):
        work(stop, rounds=8)
    assert keeper.looks == 8
    assert stop.waits == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]  # type: ignore[attr-defined]
    assert "the database does not answer (gone away); trying again in 1 s" in caplog.text


def test_once_the_database_answers_again_waits_are_short_again(stop: Stop, use: Callable[[Any], Any]) -> None:
    down = OperationalError("gone away")
    use(Keeper(down, down, None, down))
    work(stop, rounds=4)
    assert [wait for wait in stop.waits if wait >= 1.0] == [1.0, 2.0, 1.0]  # type: ignore[attr-defined]


def test_a_study_that_fails_keeps_nothing_else_from_running(
    stop: Stop, use: Callable[[Any], Any], caplog: pytest.LogCaptureFixture
) -> None:
    keeper = use(Keeper(ValueError("singular"), None))
    work(stop, rounds=2)
    assert keeper.looks == 2
    assert "the study could not be kept fresh" in caplog.text


def test_it_says_that_it_is_alive_and_that_it_stopped(stop: Stop, use: Callable[[Any], Any]) -> None:
    seen = []

    class Watching(Keeper):
        def look(self) -> None:
            seen.append(heartbeat.seconds_since())

    use(Watching())
    work(stop, rounds=1)
    assert len(seen) == 1
    assert seen[0] is not None
    assert seen[0] < 5
    assert heartbeat.seconds_since() is None


def test_it_stops_when_it_is_told_to(stop: Stop, use: Callable[[Any], Any]) -> None:
    class Telling(Keeper):
        def look(self) -> None:
            super().look()
            stop.wanted.set()

    keeper = use(Telling())
    work(stop)
    assert keeper.looks == 1


def test_it_stops_when_whoever_started_it_is_gone() -> None:
    assert not Stop(parent=os.getppid())()
    assert Stop(parent=1 if os.getppid() != 1 else 2)()


def test_waiting_ends_at_once_when_it_is_told_to_stop() -> None:
    stop = Stop()
    stop.wanted.set()
    began = time.monotonic()
    stop.wait(30)
    assert time.monotonic() - began < 5
