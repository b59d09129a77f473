"""A program is run in a process of its own, and what it cost is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.process import Measured, measure

BUSY = """
import sys
from pathlib import Path
from bench.stages import Stages

stages = Stages()
with stages.stage("hold"):
    held = bytearray(200_000_000)
    held[::4096] = b"x" * len(held[::4096])
with stages.stage("count"):
    stages.found["sum"] = sum(range(3_000_000))
stages.write(Path(sys.argv[-1]))
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose modules can be measured."""
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}")
    return tmp_path


def test_time_memory_and_findings_are_told(programs: Path) -> None:
    (programs / "busy.py").write_text(BUSY)
    cost = measure("busy", [])
    assert cost.failure == ""
    assert cost.found == {"sum": sum(range(3_000_000))}
    assert 0 < cost.of_stages("hold", "count")[1] <= cost.cpu
    assert cost.cpu <= 2.5 * cost.wall
    assert 200e6 < cost.peak < 500e6
    assert Measured.from_json(cost.as_json()) == cost


def test_a_program_that_fails_tells_its_last_words(programs: Path) -> None:
    (programs / "failing.py").write_text("raise MemoryError('cannot hold 16 GB')")
    cost = measure("failing", [])
    assert cost.failure == "MemoryError: cannot hold 16 GB"
    assert cost.found == {}


def test_a_program_past_its_limit_is_stopped(programs: Path) -> None:
    (programs / "endless.py").write_text("while True: pass")
    cost = measure("endless", [], limit=1.0)
    assert cost.failure == "stopped after 1 s"
    assert cost.wall < 20


def test_what_starts_the_measured_programs_imports_nothing_large(programs: Path) -> None:
    (programs / "starter.py").write_text(
        "import sys; import bench.opinion, bench.stages; from pathlib import Path\n"
        "stages = bench.stages.Stages()\n"
        "large = ('numpy', 'scipy', 'pyarrow', 'mufakat')\n"
        "stages.found['large'] = [name for name in large if name in sys.modules]\n"
        "stages.write(Path(sys.argv[-1]))\n"
    )
    assert measure("starter", []).found == {"large": []}
