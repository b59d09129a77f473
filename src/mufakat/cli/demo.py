"""``mufakat demo``: the study of the bundled, invented consultation, as a page to look at."""

from __future__ import annotations

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from mufakat.cli.opinion import reasons, summary, write_study
from mufakat.cli.progress import progress_bar

TITLE = "A Southern compact for peace and development"


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for what the demo writes."
)
@click.option("--serve/--no-serve", default=True, help="Serve the report on this machine until stopped.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port to serve on; 0 finds a free one."
)
def demo(out: Path | None, serve: bool, port: int) -> None:
    """Study the bundled, invented consultation and show its report."""
    from mufakat import story
    from mufakat.opinion.reading import read_votes
    from mufakat.opinion.study import study

    folder = out if out is not None else default_folder()
    with reasons(), progress_bar() as report:
        report(0.0, "inventing the consultation")
        source = story.write(folder / "consultation")
        reading = read_votes(source)
        found = study(reading, title=TITLE, invented=True, progress=lambda done, doing: report(done, doing))
        write_study(found, folder)
    click.echo(summary(found))
    click.echo(f"Everything in this consultation is invented. Written to {folder}")
    if serve:
        serve_folder(folder, port)
    else:
        click.echo(f"Report: {folder / 'report.html'}")


def default_folder() -> Path:
    """Where the demo writes when it is not told: in the user's own data folder."""
    home = (
        os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".local" / "share"
    )
    return Path(home) / "mufakat" / "demo"


class _Pages(SimpleHTTPRequestHandler):
    """Serves one folder, the report first, and keeps the terminal quiet."""

    def do_GET(self) -> None:
        if self.path == "/":
            self.path = "/report.html"
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: requests for pages are no news."""


def serve_folder(folder: Path, port: int) -> None:
    """Serve a folder to this machine alone, until interrupted; print the address first."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Pages, directory=str(folder)))
    except OSError as error:
        raise click.ClickException(f"cannot serve on port {port}: {error.strerror}; try --port 0") from error
    with server:
        click.echo(f"Open http://127.0.0.1:{server.server_port}/ in a browser. Stop with Ctrl-C.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("Stopped.")
