"""Measures the opinion study: ``./mufakat bench opinion``, or ``python -m bench.opinion``.

Every figure comes from a fresh process (`bench.process`). What is finished is kept beside the votes, so that
a run that was stopped goes on where it was; a change of the library, of what is measured, or of the packages
makes everything be measured again, the peer too, because ratios are of one run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import machine
from bench.process import ROOT, Measured, measure
from bench.report import INCREMENT, MUFAKAT, PEER, UNEVEN, Results, as_markdown, budgets, placed
from bench.sizes import EXPOSURE, REVOTES, SEED, SIZES, VOTES_EACH, Size

SCHEMA = "mufakat.bench.opinion/1"
MODULES = {
    MUFAKAT: "bench.study",
    PEER: "bench.peers.red_dwarf",
    UNEVEN: "bench.study",
    INCREMENT: "bench.increment",
}
MEASURED = {
    *MODULES.values(),
    "bench.synthetic",
    "bench.stages",
    "bench.process",
    "bench.sameness",
    "bench.sizes",
}
NEW_VOTES = 1_000
PEER_LIMIT = 15 * 60.0

Say = Callable[[str], None]


class BenchError(Exception):
    """Why nothing could be measured, naming what was wrong."""


@dataclass(frozen=True)
class Cache:
    """The folder that holds the invented votes and the measurements that are finished."""

    folder: Path

    @property
    def finished(self) -> Path:
        """The file of finished measurements."""
        return self.folder / "finished.json"

    def recall(self, mark: str) -> dict[str, Any]:
        """What was measured with the fingerprint *mark*, and on what; nothing of another fingerprint."""
        try:
            kept: dict[str, Any] = json.loads(self.finished.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            kept = {}
        if kept.get("fingerprint") == mark:
            return kept
        return {"fingerprint": mark, "machine": machine.machine(), "measurements": {}}

    def keep(self, finished: dict[str, Any]) -> None:
        """Write what is finished, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.finished.with_suffix(".new")
        unfinished.write_text(json.dumps(finished, indent=1), encoding="utf-8")
        unfinished.replace(self.finished)

    def forget(self) -> None:
        """Drop what is finished."""
        self.finished.unlink(missing_ok=True)


def run(sizes: Sequence[Size], *, peer: bool, cache: Cache, fresh: bool, say: Say) -> Results:
    """Measure what is asked for and not measured yet.

    Raises:
        BenchError: the votes could not be made, or a program of ours failed.
    """
    if fresh:
        cache.forget()
    finished = cache.recall(machine.fingerprint(MEASURED))
    kept = finished["measurements"]
    for size in sizes:
        for what in _planned(size, peer=peer):
            key = f"{size.name}/{what}"
            if key in kept:
                say(f"{size.label}, {what}: kept from before")
                continue
            votes = _votes(size, cache, uneven=what == UNEVEN, say=say)
            say(f"{size.label}, {what}: measuring")
            load = machine.load()
            measured = measure(MODULES[what], _arguments(what, size, votes), limit=_limit(what))
            say(f"{size.label}, {what}: {measured.failure or f'{measured.wall:.1f} s'}")
            _check(size, what, measured)
            kept[key] = {**measured.as_json(), "load": load, "order": len(kept) + 1}
            cache.keep(finished)
    asked = {f"{size.name}/{what}" for size in sizes for what in _planned(size, peer=peer)}
    return Results(
        machine=finished["machine"],
        sizes=tuple(sizes),
        measured={key: Measured.from_json(_cost(kept[key])) for key in kept if key in asked},
        order={key: kept[key]["order"] for key in kept if key in asked},
        load={key: kept[key]["load"] for key in kept if key in asked},
    )


def _planned(size: Size, *, peer: bool) -> Iterable[str]:
    yield MUFAKAT
    if peer and size.peer:
        yield PEER
    if size.uneven:
        yield UNEVEN
    yield INCREMENT


def _arguments(what: str, size: Size, votes: Path) -> list[str]:
    return [str(votes), str(NEW_VOTES) if what == INCREMENT else f"{size.parties},{SEED}"]


def _limit(what: str) -> float | None:
    return PEER_LIMIT if what == PEER else None


def _cost(kept: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if name not in ("load", "order")}


def _check(size: Size, what: str, measured: Measured) -> None:
    """Refuse figures of a failed run of ours, or of other votes than are told."""
    if measured.failure and what != PEER:
        raise BenchError(f"{size.label}, {what}: {measured.failure}")
    if what in (MUFAKAT, PEER) and not measured.failure and measured.found["votes"] != size.votes:
        raise BenchError(f"{size.label}, {what}: read {measured.found['votes']} votes of {size.votes}")


def _votes(size: Size, cache: Cache, *, uneven: bool, say: Say) -> Path:
    """The file of votes, made if it is not there; its folder is named by the program that makes it."""
    made_by = machine.fingerprint_of([ROOT / "bench" / "synthetic.py"])[:8]
    name = f"{size.parties}x{size.demands}{'-uneven' if uneven else ''}.csv"
    path = cache.folder / f"votes-{made_by}" / name
    if not path.is_file():
        say(f"{size.label}: inventing {size.votes:,} votes into {path}")
        options = ["--votes-each", str(VOTES_EACH), "--seed", str(SEED)]
        if uneven:
            options += ["--revotes", str(REVOTES), "--exposure", str(EXPOSURE)]
        made = measure("bench.synthetic", [*options, str(size.parties), str(size.demands), str(path)])
        if made.failure:
            raise BenchError(f"{size.label}: the votes could not be invented: {made.failure}")
        say(f"{size.label}: invented in {made.wall:.0f} s, {made.peak / machine.GB:.1f} GB at most")
    return path


def as_json(results: Results) -> str:
    """Everything measured, as one JSON text."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "machine": results.machine,
            "measurements": [
                {"size": key.split("/")[0], "what": key.split("/")[1], **measured.as_json()}
                | {"order": results.order[key], "load": results.load[key]}
                for key, measured in results.measured.items()
            ],
            "budgets": [{**asdict(budget), "verdict": budget.verdict} for budget in budgets(results)],
        },
        indent=1,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write; the exit code is 1 where it could not be measured."""
    parser = argparse.ArgumentParser(prog="bench.opinion", description="Measure the opinion study.")
    parser.add_argument("--size", choices=[*SIZES, "all"], default="small")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    start = time.monotonic()

    def say(words: str) -> None:
        sys.stderr.write(f"[{time.monotonic() - start:5.0f} s] {words}\n")
        sys.stderr.flush()

    sizes = tuple(SIZES.values()) if given.size == "all" else (SIZES[given.size],)
    try:
        results = run(sizes, peer=not given.no_peer, cache=Cache(given.cache), fresh=given.fresh, say=say)
        text = as_json(results) if given.json else as_markdown(results)
        if given.out is not None:
            given.out.write_text(placed(text, given.out), encoding="utf-8")
    except (BenchError, OSError) as reason:
        sys.stderr.write(f"mufakat bench: {reason}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("mufakat bench: stopped; the next call goes on from what is finished\n")
        return 130
    sys.stdout.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
