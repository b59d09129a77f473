"""Whether the ledger still is what was written: every event hashed anew, in order, up to the head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from mufakat.site.ledger.hashing import FIELDS, event_hash
from mufakat.site.ledger.models import EPOCH, Chain, Event

BATCH = 20_000
Progress = Callable[[float, str], None]
Row = tuple[int, int, str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain is broken.

    Attributes:
        chain: its name. number: the place of the first event that is not as it was written.
        what: what is wrong with it, in words. says: what the event says now; empty where there is none.
    """

    chain: str
    number: int
    what: str
    says: str

    def __str__(self) -> str:
        said = f" It says now: {self.says}." if self.says else ""
        return f"{self.chain}, event {self.number}: {self.what}.{said}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: how many events of how many chains, and the first break of each broken chain."""

    chains: int
    events: int
    breaks: tuple[Break, ...]


def verify(*, progress: Progress | None = None) -> Verification:
    """Hash every event of every chain anew.

    Args:
        progress: called with the share done, 0 to 1, and what is being done.
    """
    chains = list(Chain.objects.order_by("name"))
    total = max(sum(chain.length for chain in chains), 1)
    done, breaks = 0, []
    for chain in chains:
        broken, seen = _first_break(chain, partial(_tell, progress, f"verifying {chain.name}", done, total))
        done += seen
        if broken is not None:
            breaks.append(broken)
    return Verification(len(chains), done, tuple(breaks))


def _tell(progress: Progress | None, doing: str, before: int, total: int, count: int) -> None:
    if progress is not None:
        progress(min((before + count) / total, 1.0), doing)


def _first_break(chain: Chain, tell: Callable[[int], None]) -> tuple[Break | None, int]:
    previous, expected = "", 1
    for row in _rows(chain):
        number, hash_ = row[0], row[8]
        if number != expected:
            missing = f"it is missing, and event {number} follows event {expected - 1}"
            return Break(chain.name, expected, missing, ""), expected - 1
        values: list[str | int] = [chain.name, *row[:8]]
        if row[7] != previous:
            what = "it does not follow the event before it, which was changed, dropped or moved"
            return Break(chain.name, number, what, _says(row)), number
        if event_hash(values) != hash_:
            return Break(chain.name, number, "it was changed after it was written", _says(row)), number
        previous, expected = hash_, expected + 1
        if number % BATCH == 0:
            tell(number)
    if expected - 1 != chain.length:
        what = f"it is missing: the chain was {chain.length} events long, and ends at {expected - 1}"
        if expected - 1 > chain.length:
            what = f"it is one too many: the chain is {chain.length} events long"
            return Break(chain.name, chain.length + 1, what, ""), expected - 1
        return Break(chain.name, expected, what, ""), expected - 1
    if previous != chain.hash:
        what = "the head of the chain was changed: it is not the hash of the last event"
        return Break(chain.name, chain.length, what, ""), expected - 1
    return None, expected - 1


def _rows(chain: Chain) -> Iterator[Row]:
    """The events of a chain in order, some thousands at a time; by place and not by primary key."""
    after = -(2**62)
    while True:
        rows = list(
            Event.objects.filter(chain=chain, number__gt=after)
            .order_by("number")
            .values_list(*FIELDS[1:], "hash")[:BATCH]
        )
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1][0]


def _says(row: Row) -> str:
    at = EPOCH + timedelta(microseconds=row[1])
    who = f"person {row[2]}" if row[2] else "the system"
    whom = f" for {row[3]}" if row[3] else ""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC, {who}{whom} did {row[4]} to {row[5] or 'the site'} {row[6]}"
