"""``mufakat verify``: whether the ledger still is what was written."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict

import click

from mufakat.cli.installation import open_site, refusals
from mufakat.cli.progress import progress_bar


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def verify(as_json: bool) -> None:
    """Check that no event of the ledger was changed, dropped or moved since it was written.

    Hashes every event of every chain anew. Names the first broken event of each broken chain and what it says
    now; the exit code is 1 then.
    """
    open_site()
    from mufakat.site.ledger.verification import verify as verify_ledger

    begun = time.perf_counter()
    with refusals(), progress_bar() as report:
        found = verify_ledger(progress=report)
    seconds = time.perf_counter() - begun
    if as_json:
        click.echo(json.dumps(asdict(found) | {"seconds": round(seconds, 3)}, ensure_ascii=False, indent=1))
    else:
        for broken in found.breaks:
            click.echo(f"BROKEN  {broken}")
        verdict = f"{len(found.breaks)} broken" if found.breaks else "all unbroken"
        click.echo(f"{found.events} events in {found.chains} chains: {verdict} ({seconds:.1f} s)")
    sys.exit(1 if found.breaks else 0)
