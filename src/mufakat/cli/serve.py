"""``mufakat serve`` and ``mufakat worker``: the site, and its work in the background."""

from __future__ import annotations

import click

from mufakat.cli.installation import open_site, refusals

THREADS = 4


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on."
)
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that answer."
)
@click.option(
    "--threads", type=click.IntRange(1), default=THREADS, show_default=True, help="Threads in each of them."
)
@click.option("--no-worker", is_flag=True, help="Leave the background work to a `mufakat worker` elsewhere.")
def serve(host: str, port: int, workers: int, threads: int, no_worker: bool) -> None:
    """Serve the site, with its background worker, until stopped.

    Brings the database and the static files up to date first.
    """
    config = open_site()
    from mufakat.site.operating.preparing import prepare
    from mufakat.site.operating.serving import PortTakenError, Serving, check_port
    from mufakat.site.operating.serving import serve as serve_site

    try:
        check_port(host, port)
        with refusals():
            prepare(lambda doing: click.echo(doing, err=True))
        serve_site(
            Serving(
                host=host,
                port=port,
                workers=workers,
                threads=threads,
                background=not no_worker,
                ready=lambda: click.echo(
                    f"Serving {address(host, port)} (data in {config.data}). Stop with Ctrl-C."
                ),
            )
        )
    except PortTakenError as error:
        raise click.ClickException(str(error)) from error
    click.echo("Stopped.")


def address(host: str, port: int) -> str:
    """The address to type into a browser."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


@click.command()
@click.option("--parent", type=int, hidden=True, help="Stop when this process, which started it, is gone.")
def worker(parent: int | None) -> None:
    """Work in the background until stopped: run waiting tasks, keep the studies of votes fresh."""
    open_site()
    from mufakat.site.operating.working import Stop, work

    stop = Stop(parent=parent)
    stop.on_signals()
    work(stop)
