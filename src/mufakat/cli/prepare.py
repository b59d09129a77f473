"""``mufakat prepare``: bring database and static files up to date."""

from __future__ import annotations

import click

from mufakat.cli.installation import open_site, refusals


@click.command()
def prepare() -> None:
    """Bring the database and the static files up to date.

    ``serve`` does this by itself; call it alone before several machines serve one database.
    """
    open_site()
    from mufakat.site.operating.preparing import prepare as prepare_site

    with refusals():
        done = prepare_site(lambda doing: click.echo(doing, err=True))
    collected = "static files were collected" if done.collected else "static files were up to date"
    click.echo(f"{done.migrations} migrations were applied; {collected}")
