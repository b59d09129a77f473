"""Serving the site: one process that holds the code, the web server's workers and the background worker.

The code is read once, before the others are split off from it, so that all of them share its memory.
"""

from __future__ import annotations

import contextlib
import gc
import http.client
import logging
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from django.core.checks.urls import check_url_config
from django.db import connections

logger = logging.getLogger(__name__)

TARGET: Final = "mufakat.site.wsgi:application"
PATIENCE: Final = 10
"""Seconds that a process has to end by itself, once it was told to."""
QUIET: Final[dict[str, Any]] = {
    "handlers": {
        name: {"class": "logging.StreamHandler", "formatter": "generic", "stream": "ext://sys.stderr"}
        for name in ("console", "access")
    }
}


class PortTakenError(OSError):
    """The address cannot be served on; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How to serve.

    Attributes:
        host, port: where. workers: processes that answer; threads: in each of them.
        background: whether the background worker runs beside.
        ready: called once the first page can be asked for.
    """

    host: str
    port: int
    workers: int
    threads: int
    background: bool
    ready: Callable[[], None]


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def check_port(host: str, port: int) -> None:
    """Raise `PortTakenError` where the address cannot be served on.

    The web server would share a port with another process in silence; so it is asked for before.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(
                f"cannot serve on {host} port {port}: {error.strerror}; choose another with --port"
            ) from error


def serve(serving: Serving) -> None:
    """Serve until SIGINT or SIGTERM; then stop everything that was started.

    Raises:
        PortTakenError: the address is in use.
        SystemExit: a worker of the web server failed.
    """
    check_port(serving.host, serving.port)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    # Read here once, before it is shared.
    import_module(TARGET.partition(":")[0])
    check_url_config(None)
    connections.close_all()
    gc.collect()
    gc.freeze()
    server = Server(
        TARGET,
        address=serving.host,
        port=serving.port,
        interface=Interfaces.WSGI,
        workers=serving.workers,
        blocking_threads=serving.threads,
        backlog=1024,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.warning,
        log_dictconfig=QUIET,
    )
    background = Background() if serving.background else None
    threading.Thread(target=_when_it_answers, args=(serving,), daemon=True).start()
    try:
        server.serve()
    finally:
        if background is not None:
            background.stop()


class Background:
    """The background worker as a child process, which is started again should it end."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | _Split = _Split() if _can_split() else _fresh()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def _watch(self) -> None:
        while True:
            begun = time.monotonic()
            code = self._child.wait()
            if self._stopping.is_set():
                return
            pause = 1.0 if time.monotonic() - begun > 60 else 5.0
            logger.warning("the background worker ended (%s); it is started again in %.0f s", code, pause)
            if self._stopping.wait(pause):
                return
            self._child = _fresh()

    def stop(self) -> None:
        """Let it end what it does, and wait for it; force it where it takes too long."""
        self._stopping.set()
        self._child.terminate()
        self._watcher.join(PATIENCE)
        if self._watcher.is_alive():
            self._child.kill()
            self._watcher.join()


def _can_split() -> bool:
    return multiprocessing.get_start_method() == "fork"


class _Split:
    """A background worker split off from this process, with which it shares the code it has read."""

    def __init__(self) -> None:
        from mufakat.site.operating.working import Stop, work

        parent = os.getpid()

        def run() -> None:
            stop = Stop(parent=parent)
            stop.on_signals()
            work(stop)

        self._process = multiprocessing.get_context("fork").Process(target=run, name="mufakat-worker")
        self._process.start()

    def wait(self) -> int | None:
        """Wait until it ends; its exit code."""
        self._process.join()
        return self._process.exitcode

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it."""
        self._process.kill()


def _fresh() -> subprocess.Popen[bytes]:
    """A background worker of its own, which ends when this process does."""
    return subprocess.Popen([sys.executable, "-m", "mufakat", "worker", "--parent", str(os.getpid())])


def _when_it_answers(serving: Serving) -> None:
    """Call ``ready`` once the server answers at all, whatever it says."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(serving.host, serving.host)  # noqa: S104
    time.sleep(0.3)  # the server splits its workers off first, while no other thread holds anything
    for _ in range(600):
        with contextlib.suppress(OSError, http.client.HTTPException):
            door = http.client.HTTPConnection(host, serving.port, timeout=5)
            door.request("HEAD", "/", headers={"Host": "localhost"})
            door.getresponse().read()
            door.close()
            serving.ready()
            return
        time.sleep(0.05)
