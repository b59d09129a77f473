"""``mufakat demo``: the invented consultation, on a site of its own, to look at and to try things out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mufakat.cli.installation import open_site, refusals
from mufakat.cli.opinion import reasons, summary, write_study
from mufakat.cli.progress import Report, progress_bar

if TYPE_CHECKING:
    from mufakat.site.demo.logins import Login

TITLE = "A Southern compact for peace and development"
THREADS = 4
KEPT = ("MUFAKAT_DATA", "MUFAKAT_DEBUG")


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the demo; by default `demo` in the data folder.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port to serve on; 0 finds a free one."
)
@click.option(
    "--serve/--no-serve", default=True, help="Serve it on this machine until stopped, or load it only."
)
@click.option("--reset", is_flag=True, help="Forget everything that was done in the demo, and load it anew.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write the study of the invented votes to FOLDER as one report, and do nothing else.",
)
def demo(data: Path | None, port: int, serve: bool, reset: bool, report: Path | None) -> None:
    """Load the invented consultation and serve it on this machine.

    Prints the address, and who can sign in. What is done in it stays until --reset; nothing of it touches
    your own consultations.
    """
    if report is not None:
        write_report(report)
        return
    folder = choose_folder(data)
    if reset:
        forget(folder)
    if serve:
        serve_demo(folder, port)
        return
    open_demo(folder)
    load()
    for line in told(folder):
        click.echo(line)


def choose_folder(data: Path | None) -> Path:
    """The folder of the demo, made the data folder of this process, which forgets all other settings.

    A demo stands by itself: no mail server, no database and no address of the real site may reach it.
    """
    from mufakat.site.config import default_data_folder

    kept = os.environ.get("MUFAKAT_DATA")
    folder = data or (Path(kept).expanduser() if kept else default_data_folder(os.environ)) / "demo"
    folder = folder.resolve()
    for name in [name for name in os.environ if name.startswith("MUFAKAT_") and name not in KEPT]:
        del os.environ[name]
    os.environ["MUFAKAT_DATA"] = str(folder)
    return folder


def open_demo(folder: Path) -> None:
    """Open the site of the demo, its database and static files up to date."""
    open_site()
    from mufakat.site.operating.preparing import prepare

    with refusals():
        prepare(lambda doing: click.echo(doing, err=True))


def load() -> None:
    """Load the invented consultation where it is not there, and study its votes."""
    from django.conf import settings

    from mufakat.site.demo.loading import load as load_story

    with refusals(), progress_bar() as report:
        if load_story(settings.CONFIG.data, tell=lambda done, doing: report(done * 0.9, doing)):
            study(report)


def study(report: Report) -> None:
    """Study the votes, so that the first page has something to tell."""
    from mufakat.site.operating.working import keeper

    report(0.9, "studying the votes")
    found = keeper()
    if found is not None:
        found.look()


def serve_demo(folder: Path, port: int) -> None:
    """Serve the demo until stopped; what it takes to load it is left to a process that ends."""
    from mufakat.site.operating.serving import PortTakenError, Serving, check_port, free_port

    port = port or free_port()
    os.environ["MUFAKAT_BASE_URL"] = f"http://127.0.0.1:{port}"
    try:
        check_port("127.0.0.1", port)
        open_demo(folder)
        from mufakat.site.demo.loading import is_loaded
        from mufakat.site.operating.serving import serve as serve_site

        if not is_loaded():
            loading = [sys.executable, "-m", "mufakat", "demo", "--no-serve", "--data", str(folder)]
            if subprocess.run(loading, stdout=subprocess.DEVNULL, check=False).returncode != 0:
                raise click.ClickException(
                    "the invented consultation could not be loaded; the reason stands above"
                )

        def ready() -> None:
            click.echo(f"Open http://127.0.0.1:{port}/ in a browser. Stop with Ctrl-C.")
            for line in told(folder):
                click.echo(line)

        serve_site(
            Serving(host="127.0.0.1", port=port, workers=1, threads=THREADS, background=True, ready=ready)
        )
    except PortTakenError as error:
        raise click.ClickException(str(error)) from error
    click.echo("Stopped.")


def told(folder: Path) -> list[str]:
    """What there is to know: that all is invented, where it is, and who can sign in."""
    from mufakat.site.demo.logins import logins

    lines = [f"Everything in this consultation is invented. It is kept in {folder}", "Sign in as:"]
    return lines + [f"  {row}" for row in _columns(logins(folder))]


def _columns(found: list[Login]) -> list[str]:
    rows = [(login.role, login.email, login.password) for login in found]
    widths = [max(len(row[place]) for row in rows) for place in range(2)] if rows else []
    return [f"{role:{widths[0]}}  {email:{widths[1]}}  {password}" for role, email, password in rows]


def forget(folder: Path) -> None:
    """Remove what a demo keeps in its folder, and nothing else.

    Raises:
        click.ClickException: the demo is running, or the folder is none of a demo.
    """
    import shutil
    import time

    if not folder.exists():
        return
    known = ("mufakat.sqlite3", "demo-logins.json")
    if any(folder.iterdir()) and not any((folder / name).exists() for name in known):
        raise click.ClickException(f"{folder} is no folder of a demo; nothing was removed")
    if (folder / "mufakat.sqlite3").exists() and not (folder / "demo-logins.json").exists():
        raise click.ClickException(f"{folder} holds a site that is no demo; nothing was removed")
    alive = folder / "worker-alive"
    if alive.exists() and time.time() - alive.stat().st_mtime < 20:
        raise click.ClickException(f"the demo in {folder} is running; stop it first")
    for name in ("files", "static"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (
        *(f"mufakat.sqlite3{end}" for end in ("", "-wal", "-shm")),
        *("demo-logins.json", "secret-key", "worker-alive", "prepare.lock"),
    ):
        (folder / name).unlink(missing_ok=True)


def write_report(folder: Path) -> None:
    """Study the invented votes and write one report that needs no site."""
    from mufakat import story
    from mufakat.opinion.reading import read_votes
    from mufakat.opinion.study import study as study_votes

    with reasons(), progress_bar() as report:
        report(0.0, "inventing the consultation")
        source = story.write(folder / "consultation")
        reading = read_votes(source)
        found = study_votes(
            reading, title=TITLE, invented=True, progress=lambda done, doing: report(done, doing)
        )
        write_study(found, folder)
    click.echo(summary(found))
    click.echo(f"Everything in this consultation is invented. Report: {folder / 'report.html'}")
