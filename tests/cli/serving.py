"""A command that runs until it is stopped, as a process of its own, and a small browser without script."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 120.0


class Running:
    """A command that runs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self._said.extend(iter(self.process.stdout.readline, ""))

    @property
    def said(self) -> str:
        """What it printed so far, on either stream."""
        return "".join(self._said)

    def read_until(self, words: str) -> str:
        """What it printed up to the line that holds these words."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if words in self.said:
                return self.said
            assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.said}"
            time.sleep(0.05)
        raise AssertionError(f"it did not say {words!r} in time, but: {self.said}")

    def read_all(self) -> str:
        """Everything it printed, once it has ended."""
        self.process.wait(timeout=PATIENCE)
        self._reader.join(timeout=10)
        return self.said

    @staticmethod
    def address(said: str) -> str:
        """The address that it printed."""
        found = re.search(r"http://[\d.]+:\d+", said)
        assert found, said
        return found.group()

    def family(self) -> list[int]:
        """The process and everything that it started, by process id."""
        found = [self.process.pid]
        for each in found:
            for task in Path(f"/proc/{each}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        return found

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Tell it to stop, and wait; its exit code."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        self._reader.join(timeout=10)
        return code


@contextmanager
def running(*arguments: str, settings: dict[str, str] | None = None) -> Iterator[Running]:
    """Run ``mufakat`` with arguments, and only with the given settings, until the end of the block."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MUFAKAT_", "DJANGO_"))}
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "mufakat", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=kept | (settings or {}),
    )
    server = Running(process)
    try:
        yield server
    finally:
        if process.poll() is None:
            server.stop()
        assert process.stdout is not None
        process.stdout.close()


@dataclass(frozen=True)
class Answer:
    """A page: where it was found in the end, its status and its text."""

    address: str
    status: int
    text: str


class Browser:
    """Follows addresses and sends forms, keeps cookies, runs no script."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))

    def get(self, path: str) -> Answer:
        """Read a page."""
        return self._open(urllib.request.Request(self._address + path))

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form, with the token of the last page."""
        token = next((cookie.value for cookie in self._cookies if cookie.name == "csrftoken"), None)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token or "", **fields}).encode()
        return self._open(urllib.request.Request(self._address + path, data=body))

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=30) as response:
                return Answer(response.geturl(), response.status, response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(request.full_url, error.code, error.read().decode())
