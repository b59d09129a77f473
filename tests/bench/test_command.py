"""``mufakat bench opinion`` hands what is asked for to the runner, and hands its exit code back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bench.sizes import SIZES
from click.testing import CliRunner

from mufakat.cli import bench as command
from mufakat.cli.bench import bench
from mufakat.cli.checkout import checkout


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that are run, none of which is."""
    made: list[list[str]] = []

    def note(arguments: list[str], *, cwd: Path) -> int:
        assert cwd == checkout()
        made.append(arguments)
        return 1 if "large" in arguments else 0

    monkeypatch.setattr(command, "call", note)
    return made


def test_the_small_size_beside_the_peer_is_the_default(calls: list[list[str]]) -> None:
    assert CliRunner().invoke(bench, ["opinion"]).exit_code == 0
    assert calls == [[sys.executable, "-m", "bench.opinion", "--size", "small"]]


def test_every_option_is_handed_on_with_whole_paths(
    calls: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    options = ["--size", "all", "--no-peer", "--out", "table.md", "--cache", "kept", "--fresh", "--json"]
    assert CliRunner().invoke(bench, ["opinion", *options]).exit_code == 0
    out, cache = str(tmp_path / "table.md"), str(tmp_path / "kept")
    handed = ["--size", "all", "--no-peer", "--out", out, "--cache", cache, "--fresh", "--json"]
    assert calls == [[sys.executable, "-m", "bench.opinion", *handed]]


def test_a_failed_measurement_fails_the_command(calls: list[list[str]]) -> None:
    assert CliRunner().invoke(bench, ["opinion", "--size", "large"]).exit_code == 1
    assert len(calls) == 1


def test_every_size_that_the_runner_knows_can_be_asked_for() -> None:
    assert (*SIZES, "all") == command.SIZES


def test_an_interrupt_waits_for_what_was_called_to_clear_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = []

    class Interrupted(subprocess.Popen[bytes]):
        def wait(self, timeout: float | None = None) -> int:
            waited.append(timeout)
            if len(waited) == 1:
                raise KeyboardInterrupt
            return super().wait(timeout)

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    assert command.call([sys.executable, "-c", "raise SystemExit(130)"], cwd=tmp_path) == 130
    assert len(waited) >= 2
