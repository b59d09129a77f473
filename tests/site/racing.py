"""Many at once, for real: threads with connections of their own, and processes."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections


def in_threads(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run every job in a thread of its own, all let go at the same moment; their results or exceptions."""
    gate = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        try:
            gate.wait()
            results[place] = job()
        except Exception as error:  # noqa: BLE001 - the test looks at what came out
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def in_processes(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run every job in a process of its own, all let go at the same moment; their results or exceptions."""
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(len(jobs))
    pipes = [context.Pipe(duplex=False) for _ in jobs]
    # A child must not share a connection with its parent.
    connections.close_all()

    def run(job: Callable[[], Any], sender: Any) -> None:
        try:
            gate.wait()
            result: Any = job()
        except Exception as error:  # noqa: BLE001 - the test looks at what came out
            result = RuntimeError(f"{type(error).__name__}: {error}")
        sender.send(result)
        connections.close_all()

    children = [
        context.Process(target=run, args=(job, sender)) for job, (_, sender) in zip(jobs, pipes, strict=True)
    ]
    for child in children:
        child.start()
    results = [receiver.recv() for receiver, _ in pipes]
    for child in children:
        child.join()
    return results
