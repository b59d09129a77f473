"""The benchmark of the ledger, in a small size: what it fills in is whole, and what it breaks is found."""

from __future__ import annotations

import json
import subprocess
import sys

from mufakat.cli.checkout import checkout


def test_it_verifies_what_it_filled_and_finds_what_it_broke() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.ledger", "--events", "3000", "--json"],
        cwd=checkout(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["events"] == 3000
    assert found["found"].startswith("consultation:1, event 1500: it was changed after it was written.")
