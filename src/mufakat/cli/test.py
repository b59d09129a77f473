"""``mufakat test``: every check of the project, one after the other."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from mufakat.cli.checkout import checkout

ADDRESS = "MUFAKAT_DATABASE_URL"
PYTHON = (sys.executable, "-P", "-m")
# import-linter offers no `python -m` door, and its script may be missing from the path.
LINT_IMPORTS = (
    sys.executable,
    "-P",
    "-c",
    "from importlinter.cli import lint_imports_command as run; run()",
    "--no-logo",
)
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("lint", (*PYTHON, "ruff", "check", "--quiet")),
    ("format", (*PYTHON, "ruff", "format", "--check", "--quiet")),
    ("types", (*PYTHON, "mypy")),
    ("layers", LINT_IMPORTS),
)
# What needs a chromium, or takes longest, is asked for by name, as .ci/run does: a later `-m` wins.
PYTEST = (sys.executable, "-m", "pytest", "-n", "2", "-m", "not browser and not component")


@click.command(context_settings={"ignore_unknown_options": True})
@click.option(
    "--only",
    "only",
    type=click.Choice([*(name for name, _ in CHECKS), "tests"]),
    multiple=True,
    help="Run this check alone; may be given more than once.",
)
@click.option(
    "--database",
    type=click.Choice(["sqlite", "postgres"]),
    help="What the tests store in; `postgres` starts a server for them. By default what"
    " MUFAKAT_DATABASE_URL says, or SQLite.",
)
@click.argument("pytest_arguments", metavar="[-- PYTEST ARGUMENTS]", nargs=-1, type=click.UNPROCESSED)
def test(*, only: tuple[str, ...], database: str | None, pytest_arguments: tuple[str, ...]) -> None:
    """Run every check: lint, format, types, layers and tests.

    All of them run, whatever the first ones say; the command fails if any of them does. What follows --
    goes on to pytest, for instance: mufakat test -- tests/opinion -k consensus
    """
    root = checkout()
    checks = (*CHECKS, ("tests", (*PYTEST, *pytest_arguments)))
    with database_for_tests(database) as settings:
        results = [
            run_check(name, command, root=root, settings=settings)
            for name, command in checks
            if not only or name in only
        ]
    failed = [name for name, passed in results if not passed]
    if failed:
        raise click.ClickException(f"failed: {', '.join(failed)}")
    click.echo(f"passed: {', '.join(name for name, _ in results)}")


@contextmanager
def database_for_tests(wanted: str | None) -> Iterator[dict[str, str]]:
    """The environment in which tests find the wanted database, which runs as long as the block."""
    settings = dict(os.environ)
    if wanted is not None:
        settings.pop(ADDRESS, None)
    if wanted != "postgres":
        yield settings
        return
    from mufakat.cli.postgres import temporary_postgres

    with temporary_postgres() as address:
        yield settings | {ADDRESS: address}


def run_check(
    name: str, command: tuple[str, ...], *, root: Path, settings: dict[str, str]
) -> tuple[str, bool]:
    """Run one check in *root*, print its name and seconds after its own words, and tell whether it passed."""
    start = time.perf_counter()
    passed = subprocess.run(command, cwd=root, env=settings, check=False).returncode == 0
    verdict = click.style("passed", fg="green") if passed else click.style("FAILED", fg="red", bold=True)
    click.echo(f"{name}: {verdict} in {time.perf_counter() - start:.1f} s")
    return name, passed
