"""Measures how long the ledger takes to verify: ``./mufakat bench ledger``, or ``python -m bench.ledger``.

An installation of its own is filled with one chain of events whose hashes are right, past the site's own code
and therefore quickly. The chain is verified as it is, then with one event in the middle changed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

BUDGET = 15.0
"""Seconds of the processor for a million events."""
CHAIN = "consultation:1"
AT_ONCE = 20_000

Row = tuple[int, int, int, str, str, str, str, str, str, str]
COLUMNS = (
    "chain_id", "number", "microseconds", "person", "party", "act", "subject", "detail", "previous", "hash",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What was measured.

    Attributes:
        events: in the chain. filled, whole, broken: seconds to fill it, to verify it, and to find the break.
        cpu: seconds of the processor that verifying it took.
        found: what is said of the break.
    """

    events: int
    filled: float
    whole: float
    cpu: float
    broken: float
    found: str


def rows(chain: int, events: int) -> Iterator[Row]:
    """Events of the chain with this primary key, each hashed as the site does it."""
    from mufakat.site.ledger.hashing import canonical, event_hash

    previous = ""
    for number in range(1, events + 1):
        party, demand = f"P{number % 700:03}", number % 1000 + 1
        detail = canonical({"votes": [[demand, number % 3 - 1, 0]]})
        said = (
            number,
            1_700_000_000_000_000 + number * 1_000_000,
            str(number % 400 + 1),
            party,
            "voices.vote",
        )
        values = (*said, f"party:{party}", detail, previous)
        hash_ = event_hash([CHAIN, *values])
        yield chain, *values, hash_
        previous = hash_


def fill(events: int) -> None:
    """Put a chain of events into the database."""
    from django.db import connection, transaction

    from mufakat.site.ledger.models import Chain

    chain = Chain.objects.create(name=CHAIN)
    source = rows(chain.pk, events)
    insert = f"INSERT INTO ledger_event ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
    last = ""
    with transaction.atomic(), connection.cursor() as cursor:
        while block := list(islice(source, AT_ONCE)):
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY ledger_event ({', '.join(COLUMNS)}) FROM STDIN") as copy:
                    for row in block:
                        copy.write_row(row)
            else:
                cursor.executemany(insert, block)
            last = block[-1][-1]
    Chain.objects.filter(pk=chain.pk).update(length=events, hash=last)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # which a database that filled up over months has done by itself


def measure(events: int) -> Outcome:
    """Fill the database, verify it, change one event behind its back, and verify again."""
    from django.db import connection

    from mufakat.site.ledger.verification import verify

    begun = time.perf_counter()
    fill(events)
    filled = time.perf_counter() - begun
    begun, busy = time.perf_counter(), time.process_time()
    verified = verify()
    whole, cpu = time.perf_counter() - begun, time.process_time() - busy
    if verified.breaks or verified.events != events:
        raise RuntimeError(f"a whole chain of {events} events was verified as {verified}")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_event SET subject = 'party:X' WHERE number = %s", [events // 2])
    begun = time.perf_counter()
    verified = verify()
    broken = time.perf_counter() - begun
    if [found.number for found in verified.breaks] != [events // 2]:
        raise RuntimeError(f"the break at event {events // 2} was not found: {verified}")
    return Outcome(events, filled, whole, cpu, broken, str(verified.breaks[0]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure on an installation that is made for it and removed afterwards; 1 where it takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MUFAKAT_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "mufakat.site.settings"
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        outcome = measure(given.events)
        connections.close_all()
    allowed = BUDGET * max(given.events / 1_000_000, 0.1)
    if given.json:
        print(json.dumps(asdict(outcome)))
    else:
        print(f"{outcome.events:,} events, filled in {outcome.filled:.1f} s")
        print(
            f"verified in {outcome.whole:.1f} s, {outcome.cpu:.1f} s of the processor (budget {allowed:.1f})"
        )
        print(f"one changed in the middle, found in {outcome.broken:.1f} s: {outcome.found}")
    return 0 if outcome.cpu <= allowed else 1


if __name__ == "__main__":
    sys.exit(main())
