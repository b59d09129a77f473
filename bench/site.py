"""Measures the site under load: ``./mufakat bench site``, or ``python -m bench.site``.

On each database an installation is filled, served by the real server, and asked: pages one after the other,
then votes from several connections at once, each vote through the page's door. Afterwards every vote that was
acknowledged is looked for in the database.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from bench import machine
from bench.load.driving import Answers, Client, at_once, read
from bench.load.serving import Server, installation, serving
from bench.process import ROOT

SIZES = {"small": (60, 80, 2_000, 300, 20), "full": (700, 1_000, 100_000, 6_000, 200)}
"""Parties, demands and votes stored; votes cast and readings of each page while measured."""
CONNECTIONS, WORKERS, THREADS = 8, 2, 2
VALUES = ("1", "-1", "0")
BUDGET_VOTE, BUDGET_PAGE, BUDGET_BYTES = 2.0, 100.0, 50_000


@dataclass
class Outcome:
    """What one database gave.

    Attributes:
        pages: by name: milliseconds at the median and at 95 of 100, and bytes on the wire.
        bare: CPU milliseconds of the server for a page that says only that it answers; what follows is to be
            read beside it, because machines differ.
        vote: CPU milliseconds of the server a vote; database: of PostgreSQL; p50, p95 in milliseconds.
        acknowledged, stored: votes; stored are those found as they were acknowledged.
        verified: whether the ledger is whole, and of how many events.
    """

    pages: dict[str, tuple[float, float, int]] = field(default_factory=dict)
    bare: float = 0.0
    vote: float = 0.0
    database: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    rate: float = 0.0
    ten: float = 0.0
    acknowledged: int = 0
    stored: int = 0
    refused: int = 0
    verified: str = ""


def measure(*, postgres: bool, size: str, say: Callable[[str], None]) -> Outcome:
    """Fill, serve, ask and look on one database."""
    parties, demands, votes, cast, readings = SIZES[size]
    name = "PostgreSQL" if postgres else "SQLite"
    with installation(postgres=postgres) as (environment, database):
        say(f"{name}: filling with {parties} parties, {demands} demands, {votes} votes")
        known_file = Path(environment["MUFAKAT_DATA"], "known.json")
        command = [sys.executable, "-m", "bench.load.filling", str(known_file)]
        sizes = list(map(str, (parties, demands, votes)))
        subprocess.run([*command, *sizes], env=environment, cwd=ROOT, check=True)
        known = json.loads(known_file.read_text(encoding="utf-8"))
        outcome = Outcome()
        with serving(environment, database, workers=WORKERS, threads=THREADS) as server:
            for page, path, session in pages(known):
                say(f"{name}: reading {page}")
                answers = read(server.port, path, session=session, times=readings)
                if set(answers.statuses) != {200}:
                    raise RuntimeError(f"{page} at {path} answered {answers.statuses}")
                outcome.pages[page] = (
                    1000 * answers.percentile(0.5),
                    1000 * answers.percentile(0.95),
                    answers.size,
                )
            before = server.cpu()[0]
            answers = read(server.port, "/-/health/", times=10 * readings)
            outcome.bare = 1000 * (server.cpu()[0] - before) / len(answers.seconds)
            say(f"{name}: casting {cast} votes, one a request")
            expected = vote(server, known, outcome, count=cast, together=1)
            say(f"{name}: casting {cast} votes, ten a request")
            expected |= vote(server, known, outcome, count=cast, together=10)
        count_stored(environment, expected, outcome)
        done = subprocess.run(
            [sys.executable, "-m", "mufakat", "verify"],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        outcome.verified = (done.stdout + done.stderr).strip().splitlines()[-1]
    return outcome


def pages(known: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Name, address and session of every page that is read."""
    start, head = f"/c/{known['slug']}", known["sessions"][0][1]
    some = known["demands"][len(known["demands"]) // 2]
    return [
        ("overview", f"{start}/", ""),
        ("demands", f"{start}/demands/", ""),
        ("one demand", f"{start}/demands/{some}/", head),
        ("submissions", f"{start}/submissions/", ""),
        ("one submission", f"{start}/submissions/1/", ""),
        ("parties", f"{start}/parties/", ""),
        ("vote, one", f"{start}/vote/", head),
        ("vote, ten", f"{start}/vote/?n=10", head),
        ("opinion", f"{start}/opinion/", ""),
        ("opinion, one list", f"{start}/opinion/contested/", ""),
        ("opinion, every constituency", f"{start}/opinion/table/", ""),
    ]


def vote(
    server: Server, known: dict[str, Any], outcome: Outcome, *, count: int, together: int
) -> dict[tuple[str, int], int]:
    """Cast votes from several connections; what each party was last told is counted, by party and demand."""
    path = f"/c/{known['slug']}/vote/"
    told: list[dict[tuple[str, int], int]] = [{} for _ in range(CONNECTIONS)]

    def voter(place: int, answers: Answers) -> None:
        chance = random.Random(place * 1000 + together)
        mine = known["sessions"][place::CONNECTIONS]
        for _ in range(count // CONNECTIONS // together):
            code, session = chance.choice(mine)
            client = clients.setdefault((place, code), Client(server.port, session))
            chosen = {number: chance.choice(VALUES) for number in chance.sample(known["demands"], together)}
            fields = {"party": code, **{f"vote-{number}": value for number, value in chosen.items()}}
            start = time.perf_counter()
            status = client.post(path, fields)
            answers.note(status, time.perf_counter() - start, 0)
            if status in (302, 303):
                told[place] |= {(code, number): int(value) for number, value in chosen.items()}

    clients: dict[tuple[int, str], Client] = {}
    before, start = server.cpu(), time.perf_counter()
    answers = at_once([partial(voter, place) for place in range(CONNECTIONS)])
    seconds, after = time.perf_counter() - start, server.cpu()
    accepted = sum(answers.statuses.get(status, 0) for status in (302, 303)) * together
    outcome.refused += len(answers.seconds) * together - accepted
    spent = 1000 * (after[0] - before[0]) / max(accepted, 1)
    if together == 1:
        outcome.vote, outcome.database = spent, 1000 * (after[1] - before[1]) / max(accepted, 1)
        outcome.p50, outcome.p95 = 1000 * answers.percentile(0.5), 1000 * answers.percentile(0.95)
        outcome.rate = accepted / seconds
    else:
        outcome.ten = spent
    return {key: value for part in told for key, value in part.items()}


def count_stored(environment: dict[str, str], expected: dict[tuple[str, int], int], outcome: Outcome) -> None:
    """Look every acknowledged vote up in the database, in a process of its own."""
    script = (
        "import django, json, sys; django.setup()\n"
        "from mufakat.site.voices.models import Vote\n"
        "rows = Vote.objects.filter(demand__consultation__slug=sys.argv[1])"
        ".values_list('party__code', 'demand__number', 'value')\n"
        "json.dump([list(row) for row in rows], sys.stdout)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script, "load"], env=environment, capture_output=True, text=True, check=True
    ).stdout
    stored = {(party, demand): value for party, demand, value in json.loads(printed)}
    outcome.acknowledged = len(expected)
    outcome.stored = sum(stored.get(key) == value for key, value in expected.items())


def as_markdown(outcomes: dict[str, Outcome], size: str, known: dict[str, Any]) -> str:
    """The tables."""
    parties, demands, votes, cast, readings = SIZES[size]
    names = list(outcomes)
    lines = [
        f"{machine.line(known)}. {parties} parties, {demands:,} demands, {votes:,} votes stored. Each page"
        f" was read {readings} times, one after the other; {cast:,} votes were cast over {CONNECTIONS}"
        f" connections; {WORKERS} server processes of {THREADS} threads. Clients and server share the cores.",
        "",
        "| page | "
        + " | ".join(f"{name}: median, 95 of 100 (ms)" for name in names)
        + " | bytes on the wire |",
        "|---|" + "---|" * (len(names) + 1),
    ]
    for page in outcomes[names[0]].pages:
        times = [outcomes[name].pages[page] for name in names]
        cells = [f"{median:.0f}, {late:.0f}" for median, late, _size in times]
        lines.append(f"| {page} | {' | '.join(cells)} | {times[0][2]:,} |")
    rows: list[tuple[str, Callable[[Outcome], str]]] = [
        ("server CPU for a bare page, to compare with (ms)", lambda found: f"{found.bare:.2f}"),
        ("server CPU a vote, one vote a request (ms)", lambda found: f"{found.vote:.2f}"),
        ("database CPU a vote (ms)", lambda found: f"{found.database:.2f}"),
        ("server CPU a vote, ten votes a request (ms)", lambda found: f"{found.ten:.2f}"),
        ("a vote's answer: median, 95 of 100 (ms)", lambda found: f"{found.p50:.0f}, {found.p95:.0f}"),
        ("votes a second", lambda found: f"{found.rate:.0f}"),
        (
            "votes acknowledged, found as acknowledged",
            lambda found: f"{found.acknowledged:,}, {found.stored:,}",
        ),
        ("votes refused", lambda found: f"{found.refused}"),
        ("ledger", lambda found: found.verified),
    ]
    lines += ["", "| votes | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    lines += [f"| {what} | {' | '.join(of(outcomes[name]) for name in names)} |" for what, of in rows]
    return "\n".join(lines) + "\n"


def misses(outcomes: dict[str, Outcome]) -> list[str]:
    """Where a budget is not kept, or a vote was lost, in words."""
    found = []
    for name, outcome in outcomes.items():
        if outcome.stored != outcome.acknowledged:
            found.append(f"{name}: {outcome.acknowledged - outcome.stored} acknowledged votes are not stored")
        if outcome.vote > BUDGET_VOTE:
            found.append(f"{name}: a vote costs {outcome.vote:.2f} ms of CPU, above {BUDGET_VOTE:.0f}")
        for page, (_median, late, size) in outcome.pages.items():
            if late > BUDGET_PAGE:
                found.append(f"{name}: {page} takes {late:.0f} ms, above {BUDGET_PAGE:.0f}")
            if size > BUDGET_BYTES:
                found.append(f"{name}: {page} is {size:,} bytes, above {BUDGET_BYTES:,}")
    return found


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 where an acknowledged vote was lost."""
    parser = argparse.ArgumentParser(prog="bench.site", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    known = machine.machine()

    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    outcomes = {
        name: measure(postgres=postgres, size=chosen.size, say=say)
        for name, key, postgres in (("SQLite", "sqlite", False), ("PostgreSQL", "postgres", True))
        if chosen.database in (key, "both")
    }
    if chosen.json:
        print(json.dumps({name: asdict(outcome) for name, outcome in outcomes.items()}, indent=1))
    else:
        print(as_markdown(outcomes, chosen.size, known))
    if chosen.out is not None:
        chosen.out.write_text(as_markdown(outcomes, chosen.size, known), encoding="utf-8")
    for miss in misses(outcomes):
        say(f"budget: {miss}")
    return int(any(outcome.stored != outcome.acknowledged for outcome in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
