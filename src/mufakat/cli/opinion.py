"""``mufakat opinion``: study the votes of a consultation, or read them as Polis does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mufakat.cli.progress import progress_bar

if TYPE_CHECKING:
    from mufakat.opinion.result import Study

FORMATS = ("auto", "polis", "long", "wide", "rollcalls")


@click.group()
def opinion() -> None:
    """Who agrees with what, and how surely."""


@contextmanager
def reasons() -> Iterator[None]:
    """Say why something cannot be done in one line, and end with a status that is not zero."""
    from mufakat.opinion.errors import OpinionError

    try:
        yield
    except OpinionError as error:
        raise click.ClickException(str(error)) from error


@opinion.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--parties", type=click.Path(path_type=Path), help="Table of parties: party, kind, region, groups."
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="auto", help="How PATH is laid out.")
@click.option("--from", "from_year", type=int, metavar="YEAR", help="First year of roll calls to study.")
@click.option("--to", "to_year", type=int, metavar="YEAR", help="Last year of roll calls to study.")
@click.option(
    "--groups", type=click.IntRange(1), metavar="K", help="Make K opinion groups, not the stable number."
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="For everything drawn at random."
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the report and tables."
)
@click.option("--json", "as_json", is_flag=True, help="Print the study as JSON; write files only with --out.")
def study(
    path: Path,
    parties: Path | None,
    form: str,
    from_year: int | None,
    to_year: int | None,
    groups: int | None,
    seed: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Study the votes at PATH: a folder or a file of votes.

    Writes study.json, CSV tables and report.html, by default to the folder mufakat-study.
    """
    from mufakat.opinion.reading import read_parties, read_votes, write_rejections
    from mufakat.opinion.study import study as study_votes
    from mufakat.opinion.writing import as_json as study_as_json

    with reasons(), progress_bar() as report:
        reading = read_votes(
            path,
            format=form,
            from_year=from_year,
            to_year=to_year,
            progress=lambda done, doing: report(done * 0.4, doing),
        )
        rejected = list(reading.rejections)
        declared = reading.constituencies
        if parties is not None:
            declared, more = read_parties(parties)
            rejected += more
        found = study_votes(
            reading,
            constituencies=declared,
            groups=groups,
            seed=seed,
            progress=lambda done, doing: report(0.4 + done * 0.5, doing),
        )
        folder = out if out is not None else None if as_json else Path("mufakat-study")
        if folder is not None:
            report(0.9, "writing")
            write_study(found, folder)
            if rejected:
                write_rejections(folder / "rejected.csv", rejected)
    if as_json:
        click.echo(json.dumps(study_as_json(found), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        click.echo(summary(found))
    if folder is not None and not as_json:
        click.echo(f"Report: {folder / 'report.html'}")
    if rejected:
        where = (
            f"; see {folder / 'rejected.csv'}" if folder is not None else f", the first: {rejected[0].reason}"
        )
        click.echo(f"{len(rejected)} rows were not taken{where}", err=True)


@opinion.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="auto", help="How PATH is laid out.")
@click.option("--json", "as_json_", is_flag=True, help="Print the reading as JSON.")
def polis(path: Path, form: str, as_json_: bool) -> None:
    """Read the votes at PATH by the formulas of the Polis engine."""
    from mufakat.opinion.polis import as_json, polis_reading, render_text
    from mufakat.opinion.reading import read_votes

    with reasons(), progress_bar() as report:
        reading = read_votes(path, format=form, progress=lambda done, doing: report(done * 0.5, doing))
        report(0.5, "grouping as Polis does")
        found = polis_reading(reading.votes, hidden=reading.hidden)
    if as_json_:
        click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        click.echo(render_text(found, reading.texts))


def write_study(found: Study, folder: Path) -> None:
    """Write study.json, the CSV tables and report.html to a folder, which is made where it is missing."""
    from mufakat.opinion.errors import OpinionError
    from mufakat.opinion.report import write_report
    from mufakat.opinion.writing import write_csvs, write_json

    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_json(found, folder / "study.json")
        write_csvs(found, folder)
        write_report(found, folder / "report.html")
    except OSError as error:
        raise OpinionError(f"cannot write to {folder}: {error.strerror or error}") from error


def summary(found: Study) -> str:
    """What the study says, in a few lines for a terminal."""
    from mufakat.opinion.result import State

    voted = found.parties.votes[found.parties.votes > 0]
    states = [demand.state for demand in found.demands]
    dividing = sum(demand.divides is not None for demand in found.demands)
    groups = (
        f"{found.groups.k} opinion groups of {', '.join(map(str, found.groups.sizes))} parties"
        if found.groups.k > 1
        else "no opinion groups stand out"
    )
    lines = [
        f"{found.title or 'Study'}: {len(voted)} parties, {len(found.demands)} demands, "
        f"{voted.sum()} votes; {groups}.",
        f"{states.count(State.EVERYWHERE)} hold everywhere, {states.count(State.CONTESTED)} are contested "
        f"({dividing} divide the groups), {states.count(State.UNHEARD)} are not heard enough.",
    ]
    first = sorted(
        (demand for demand in found.demands if demand.state is State.EVERYWHERE),
        key=lambda demand: -demand.score,
    )
    lines += [f"  holds everywhere  {demand.score:.2f}  {demand.text or demand.id}" for demand in first[:5]]
    return "\n".join(lines)
