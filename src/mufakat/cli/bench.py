"""``mufakat bench``: measure Mufakat beside other programs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from mufakat.cli.checkout import checkout

SIZES = ("small", "medium", "large", "all")


@click.group()
def bench() -> None:
    """Measure speed and memory beside other programs."""


@bench.command()
@click.option(
    "--size",
    type=click.Choice(SIZES),
    default="small",
    show_default=True,
    help="10k parties on 500 demands; 100k on 1,000; 1M on 2,000; or all of them.",
)
@click.option(
    "--peer/--no-peer", default=True, show_default=True, help="Measure red-dwarf beside it, where it fits."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, resolve_path=True, path_type=Path),
    help="Write what is printed to this file too; in a file with marks for it, between them.",
)
@click.option(
    "--cache",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    help="Folder for the invented votes and what is finished; build/bench by default.",
)
@click.option("--fresh", is_flag=True, help="Measure everything again, also what is finished.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of tables.")
def opinion(
    *, size: str, peer: bool, out: Path | None, cache: Path | None, fresh: bool, as_json: bool
) -> None:
    """Measure the opinion study, from the file to the result, on invented votes.

    Prints tables of time, memory and what they come to beside the budgets. A run that was stopped goes on
    from what is finished.
    """
    # A process of its own, because what starts the measured programs must itself be small.
    command = [sys.executable, "-m", "bench.opinion", "--size", size]
    command += [] if peer else ["--no-peer"]
    command += ["--out", str(out)] if out is not None else []
    command += ["--cache", str(cache)] if cache is not None else []
    command += ["--fresh"] if fresh else []
    command += ["--json"] if as_json else []
    sys.exit(call(command, cwd=checkout()))


@bench.command()
@click.option(
    "--size",
    type=click.Choice(["small", "full"]),
    default="small",
    show_default=True,
    help="60 parties on 80 demands; or 700 on 1,000, with 100,000 votes.",
)
@click.option(
    "--database",
    type=click.Choice(["sqlite", "postgres", "both"]),
    default="both",
    show_default=True,
    help="What the site stores in.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, resolve_path=True, path_type=Path),
    help="Write what is printed to this file too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of tables.")
def site(*, size: str, database: str, out: Path | None, as_json: bool) -> None:
    """Measure the site under load: pages, and votes through the page's door."""
    command = [sys.executable, "-m", "bench.site", "--size", size, "--database", database]
    command += ["--out", str(out)] if out is not None else []
    command += ["--json"] if as_json else []
    sys.exit(call(command, cwd=checkout()))


@bench.command()
@click.option(
    "--events", type=click.IntRange(2), default=1_000_000, show_default=True, help="Length of the chain."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of sentences.")
def ledger(*, events: int, as_json: bool) -> None:
    """Measure how long the ledger takes to verify, whole and with one event changed."""
    command = [sys.executable, "-m", "bench.ledger", "--events", str(events)]
    sys.exit(call(command + (["--json"] if as_json else []), cwd=checkout()))


def call(command: Sequence[str], *, cwd: Path) -> int:
    """Run *command* and return its exit code; when interrupted, let it clear away and have its say."""
    with subprocess.Popen(command, cwd=cwd) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
