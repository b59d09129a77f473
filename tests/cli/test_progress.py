"""The progress bar: silent for short work and where nobody watches."""

from __future__ import annotations

import io

import pytest

from mufakat.cli import progress
from mufakat.cli.progress import progress_bar


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_short_work_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress_bar() as report:
        report(0.5, "reading")
    assert terminal.getvalue() == ""


def test_long_work_shows_what_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress_bar() as report:
        report(0.25, "summing votes")
        report(0.5, "finding opinion groups")
    assert "finding opinion groups" in terminal.getvalue()
    assert "50%" in terminal.getvalue()


def test_long_work_that_nobody_watches_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress_bar() as report:
        report(0.5, "reading")
    assert stream.getvalue() == ""
