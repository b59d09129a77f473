"""``mufakat operator``: a person who runs the site."""

from __future__ import annotations

import click

from mufakat.cli.installation import open_site, refusals


@click.command()
@click.argument("email")
@click.option("--name", default="", help="What people call the person.")
@click.option(
    "--password", is_flag=True, help="Ask for a password; without one, sign-in is by code sent by e-mail."
)
def operator(email: str, name: str, password: bool) -> None:
    """Let the person with the address EMAIL run the site: open consultations, name facilitators."""
    open_site()
    from mufakat.site.operating.operators import make_operator

    secret = (
        click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True) if password else None
    )
    with refusals():
        made = make_operator(email, name=name, password=secret)
    how = "with the password" if password else "by a code sent to that address"
    click.echo(f"{made} runs this site; sign in {how}.")
