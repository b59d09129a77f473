"""Runs a program in a fresh process and tells what it cost: wall and CPU seconds, and peak memory.

This module and what starts it import nothing large: on Linux the peak memory of a process starts out at the
size of the process that started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# ru_maxrss is in kilobytes on Linux and in bytes on macOS.
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
LAST_WORDS = 300


@dataclass(frozen=True)
class Measured:
    """What one run of a program cost, from the start of its process to its end, imports included.

    Attributes:
        wall, cpu: seconds; cpu is user and system time of all its threads.
        peak: bytes; the most memory that the process held in RAM.
        stages: seconds of each stage as (wall, CPU), as the program itself took them.
        found: what it handed back.
        failure: why there is no result, or "".
    """

    wall: float
    cpu: float
    peak: int
    stages: dict[str, tuple[float, float]] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    failure: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values, which `from_json` takes back."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Measured:
        """What `as_json` gave."""
        stages = {name: (float(wall), float(cpu)) for name, (wall, cpu) in values["stages"].items()}
        return cls(**{**values, "stages": stages})

    def of_stages(self, *names: str) -> tuple[float, float]:
        """Wall and CPU seconds of some stages together."""
        both = [self.stages[name] for name in names]
        return sum(wall for wall, _ in both), sum(cpu for _, cpu in both)


def measure(module: str, arguments: Sequence[str], *, limit: float | None = None) -> Measured:
    """Run `python -m MODULE ARGUMENTS REPORT` from the project's root; it writes its stages to REPORT.

    Args:
        limit: seconds after which the process is ended, and the run counts as failed.
    """
    with tempfile.TemporaryDirectory(prefix="mufakat-bench-") as folder:
        report, words = Path(folder, "report.json"), Path(folder, "words")
        command = [sys.executable, "-m", module, *arguments, str(report)]
        with words.open("wb") as said:
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, env=_environment())
            too_late = threading.Timer(limit, process.kill) if limit is not None else None
            if too_late is not None:
                too_late.start()
            try:
                _, status, usage = os.wait4(process.pid, 0)
            except BaseException:
                process.kill()
                process.wait()
                raise
            finally:
                if too_late is not None:
                    too_late.cancel()
            wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        cost = Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * MAXRSS_UNIT)
        if process.returncode != 0:
            stopped = limit is not None and wall >= limit
            reason = f"stopped after {limit:.0f} s" if stopped else _last_line(words, process.returncode)
            return Measured(cost.wall, cost.cpu, cost.peak, failure=reason)
        return Measured.from_json({**cost.as_json(), **json.loads(report.read_text(encoding="utf-8"))})


def _environment() -> dict[str, str]:
    source = str(ROOT / "src")
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{known}" if known else source}


def _last_line(words: Path, code: int) -> str:
    """The last thing that a failed program said, or how it ended."""
    lines = words.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    if code < 0:
        return f"ended by signal {-code}"
    return lines[-1][:LAST_WORDS] if lines else f"ended with code {code}"
