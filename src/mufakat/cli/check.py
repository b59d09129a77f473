"""``mufakat check``: what is wrong with an installation, and how to mend it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from mufakat.cli.installation import open_site

if TYPE_CHECKING:
    from mufakat.site.operating.checking import Finding


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(as_json: bool) -> None:
    """Say what is wrong with this installation, and how to mend it.

    One line for each thing that was looked at; the exit code is 1 where anything is wrong.
    """
    from mufakat.site.operating.checking import packages
    from mufakat.site.operating.checking.finding import wrong

    found = [*packages.findings()]
    try:
        open_site()
    except click.ClickException as error:
        found.append(wrong("settings", error.message, "docs/settings.md tells what each setting takes"))
    else:
        from mufakat.site.operating.checking import look

        found += look()
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1))
    else:
        for finding in found:
            click.echo(line(finding))
        states = [finding.state for finding in found]
        click.echo(
            f"{len(found)} things looked at: {states.count('wrong')} wrong, {states.count('note')} to know"
        )
    sys.exit(1 if any(finding.state == "wrong" for finding in found) else 0)


def line(finding: Finding) -> str:
    """One finding as one line: what it is, what was seen, and what to do."""
    colours = {"good": "green", "note": "yellow", "wrong": "red"}
    state = click.style(f"{finding.state:5}", fg=colours[finding.state])
    mend = f" Mend: {finding.mend}." if finding.mend else ""
    return f"{state}  {finding.what}: {finding.seen}.{mend}"
