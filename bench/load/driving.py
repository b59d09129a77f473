"""Sends requests and keeps what came back: how long each took and what it acknowledged."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

CSRF = "x" * 32


@dataclass
class Answers:
    """What came back.

    Attributes:
        seconds: of each answer. statuses: how often each status came. size: bytes of the last body, as sent.
    """

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    size: int = 0

    def note(self, status: int, seconds: float, size: int) -> None:
        """Keep one answer."""
        self.seconds.append(seconds)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.size = size

    def percentile(self, share: float) -> float:
        """The time that this share of the answers took at most, in seconds."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


class Client:
    """One connection that is kept open, signed in as one person."""

    def __init__(self, port: int, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        cookies = [f"csrftoken={CSRF}", *([f"sessionid={session}"] if session else [])]
        self.headers = {"Cookie": "; ".join(cookies), "Accept-Encoding": "gzip"}

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body, as sent."""
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def post(self, path: str, fields: dict[str, str]) -> int:
        """Status."""
        body = urlencode({**fields, "csrfmiddlewaretoken": CSRF})
        headers = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            self.connection.request("POST", path, body=body, headers=headers)
            answer = self.connection.getresponse()
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            # The server closed a connection that had been idle; the same vote again changes nothing.
            self.connection.close()
            self.connection.request("POST", path, body=body, headers=headers)
            answer = self.connection.getresponse()
        answer.read()
        return answer.status


def read(port: int, path: str, *, session: str = "", times: int) -> Answers:
    """Read one page some times, one after the other, after three times to warm up."""
    client, answers = Client(port, session), Answers()
    for i in range(times + 3):
        start = time.perf_counter()
        status, body = client.get(path)
        if i >= 3 or status != 200:
            answers.note(status, time.perf_counter() - start, len(body))
    return answers


def at_once(jobs: Sequence[Callable[[Answers], None]]) -> Answers:
    """Run jobs side by side, each in a thread with answers of its own; all answers together."""
    parts = [Answers() for _ in jobs]
    threads = [threading.Thread(target=job, args=(part,)) for job, part in zip(jobs, parts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Answers()
    for part in parts:
        whole.seconds += part.seconds
        for status, count in part.statuses.items():
            whole.statuses[status] = whole.statuses.get(status, 0) + count
    return whole
