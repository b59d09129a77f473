"""Measures what a newcomer waits for: from a fresh copy of the project to the first page of the demo.

    python3 -m bench.first_page

Copies the checkout as it is committed into a temporary folder, calls there the README's own command for the
demo, and asks for its first page until it comes: cold, which installs and loads everything, and warm, where
all is there. Needs Python's standard library alone. The exit code is 1 where a budget is not met.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = re.compile(r"^\./mufakat demo.*$", re.MULTILINE)
BUDGETS = {"cold": 120.0, "warm": 5.0}
MEGABYTES = 300.0
SETTLE = 10.0
"""Seconds that memory is watched after the first page, when the background worker looks around."""


@dataclass(frozen=True)
class Start:
    """One start of the demo.

    Attributes:
        seconds: from the call to the first page.
        peak, at_rest: megabytes of all processes together (PSS), at most, and when all is quiet.
        processes: how many there are then.
    """

    seconds: float
    peak: float
    at_rest: float
    processes: int


def family(root: int) -> list[int]:
    """A process and all that came out of it and still run, by process id."""
    found = [root]
    for each in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{each}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def megabytes(processes: Sequence[int]) -> float:
    """Memory of processes together; what they share counts once (PSS)."""
    total = 0
    for each in processes:
        with contextlib.suppress(OSError):
            found = re.search(
                r"^Pss:\s+(\d+) kB", Path(f"/proc/{each}/smaps_rollup").read_text(), re.MULTILINE
            )
            total += int(found.group(1)) if found else 0
    return total / 1024


class Watch:
    """Watches the memory of a process and its children until it is stopped."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._end = threading.Event()
        self.peak = 0.0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._end.wait(0.1):
            self.peak = max(self.peak, megabytes(family(self._root)))

    def stop(self) -> float:
        """The most it saw, in megabytes."""
        self._end.set()
        self._thread.join()
        return self.peak


def start(command: list[str], *, folder: Path, environment: dict[str, str], limit: float) -> Start:
    """Call the demo in *folder*, wait for its first page, watch it for a while and stop it.

    Raises:
        RuntimeError: it ends by itself, or no page comes within *limit* seconds.
    """
    log = folder.parent / "demo.log"
    began = time.monotonic()
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT)
    watch = Watch(process.pid)
    try:
        while True:
            address = re.search(r"http://[\d.]+:\d+/", log.read_text())
            if address and answers(address.group()):
                break
            if process.poll() is not None or time.monotonic() - began > limit:
                raise RuntimeError(f"no page within {time.monotonic() - began:.0f} s:\n{log.read_text()}")
            time.sleep(0.02)
        seconds = time.monotonic() - began
        time.sleep(SETTLE)
        alive = family(process.pid)
        return Start(round(seconds, 2), round(watch.stop()), round(megabytes(alive)), len(alive))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def answers(address: str) -> bool:
    """Whether the page is there, with status 200."""
    try:
        with urllib.request.urlopen(address, timeout=30) as page:
            return bool(page.status == 200)
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"the first page answers with {error.code}") from error
    except OSError:
        return False


def measure(*, limit: float) -> dict[str, Start]:
    """A cold start in a fresh copy, and a warm one after it."""
    found = COMMAND.search((ROOT / "README.md").read_text("utf-8"))
    if found is None:
        raise RuntimeError("the README names no ./mufakat demo")
    command = [sys.executable, *shlex.split(found.group())]
    with tempfile.TemporaryDirectory(prefix="mufakat-first-") as temporary:
        folder = Path(temporary, "mufakat")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MUFAKAT_")},
            "MUFAKAT_DATA": str(Path(temporary, "data")),
            "PIP_NO_CACHE_DIR": "1",
            "PYTHONUNBUFFERED": "1",
        }
        began = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", "--no-local", str(ROOT), str(folder)], check=True)
        copying = time.monotonic() - began
        cold = start(command, folder=folder, environment=environment, limit=limit)
        cold = Start(round(cold.seconds + copying, 2), cold.peak, cold.at_rest, cold.processes)
        warm = start(command, folder=folder, environment=environment, limit=limit)
    return {"cold": cold, "warm": warm}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether it was quick and small enough."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--limit", type=float, default=600.0, help="seconds after which to give up")
    parser.add_argument("--slack", type=float, default=1.0, help="times the budget that are allowed")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    found = measure(limit=given.limit)
    if given.json:
        print(json.dumps({name: asdict(one) for name, one in found.items()}))
    for name, one in found.items() if not given.json else ():
        print(
            f"{name}: first page after {one.seconds:.1f} s (budget {BUDGETS[name]:.0f});"
            f" {one.peak:.0f} MB at most (budget {MEGABYTES:.0f}), {one.at_rest:.0f} MB at rest"
            f" in {one.processes} processes"
        )
    met = all(one.seconds <= BUDGETS[name] * given.slack for name, one in found.items())
    return 0 if met and found["warm"].peak <= MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
