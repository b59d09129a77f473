"""Whether the ledger still is what was written: every event hashed anew, in order, up to the head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.db import connection

from mufakat.site.ledger.hashing import FIELDS, hasher
from mufakat.site.ledger.models import EPOCH, Chain, Event

BATCH = 20_000
BEFORE_ALL = -(2**62)
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

    What is written meanwhile is taken along, and never taken for a break.

    Args:
        progress: called with the share done, 0 to 1, and what is being done.
    """
    chains = list(Chain.objects.order_by("name"))
    total = max(sum(chain.length for chain in chains), 1)
    done, breaks = 0, _without_head(chains)
    for chain in chains:
        broken, seen = _first_break(chain, partial(_tell, progress, f"verifying {chain.name}", done, total))
        done += seen
        if broken is not None:
            breaks.append(broken)
    return Verification(len(chains), done, tuple(breaks))


def _tell(progress: Progress | None, doing: str, before: int, total: int, count: int) -> None:
    if progress is not None:
        progress(min((before + count) / total, 1.0), doing)


def _without_head(chains: list[Chain]) -> list[Break]:
    """Events whose chain has no head any more, the first of each; a head that was made since is none."""
    known = {chain.pk for chain in chains}
    strays = set(Event.objects.order_by().values_list("chain_id", flat=True).distinct()) - known
    strays -= set(Chain.objects.filter(pk__in=strays).values_list("pk", flat=True))
    found = []
    for stray in sorted(strays):
        row = next(_rows(stray, after=BEFORE_ALL))
        found.append(Break(f"chain {stray}", row[0], "the head of its chain is gone", _says(row)))
    return found


def _first_break(chain: Chain, tell: Callable[[int], None]) -> tuple[Break | None, int]:
    """The first break of a chain, and how many events were looked at."""
    name, last, expected = chain.name, "", 1
    hash_of = hasher(name)
    while True:
        after = BEFORE_ALL if expected == 1 else expected - 1
        for row in _rows(chain.pk, after=after):
            hash_ = row[8]
            if row[0] != expected or row[7] != last or _hashed(hash_of, row) != hash_:
                return Break(name, *_what(row, expected, last)), expected - 1
            last = hash_
            expected += 1
            if row[0] % BATCH == 0:
                tell(row[0])
        # Read after the events: a head that is further on now was moved by events that were added meanwhile.
        head = Chain.objects.get(pk=chain.pk)
        seen = expected - 1
        if head.length == seen or not next(_rows(chain.pk, after=seen), None):
            return _wrong_end(head, seen, last), seen


def _hashed(hash_of: Callable[..., str], row: Row) -> str:
    """The hash of what an event says; none for a value of another kind, which SQLite lets slip in."""
    try:
        return hash_of(*row[:8])
    except TypeError:
        return ""


def _what(row: Row, expected: int, last: str) -> tuple[int, str, str]:
    """Place of a break, what is wrong there, and what the event says."""
    if row[0] > expected:
        return expected, f"it is missing, and event {row[0]} follows event {expected - 1}", ""
    if row[0] < expected:
        return row[0], "it stands before the first event", _says(row)
    if row[7] != last:
        return (
            row[0],
            "it does not follow the event before it, which was changed, dropped or moved",
            _says(row),
        )
    return row[0], "it was changed after it was written", _says(row)


def _wrong_end(head: Chain, seen: int, last: str) -> Break | None:
    if head.length > seen:
        what = f"it is missing: the chain was {head.length} events long, and ends at {seen}"
        return Break(head.name, seen + 1, what, "")
    if head.length < seen:
        row = next(_rows(head.pk, after=head.length))
        what = f"it is one too many: the chain is {head.length} events long"
        return Break(head.name, head.length + 1, what, _says(row))
    if head.hash != last:
        what = "the head of the chain was changed: it is not the hash of the last event"
        return Break(head.name, head.length, what, "")
    return None


def _rows(chain: int, *, after: int) -> Iterator[Row]:
    """The events of a chain in order, some thousands at a time; by place and not by primary key."""
    while True:
        query = Event.objects.filter(chain=chain, number__gt=after).order_by("number")
        statement, values = query.values_list(*FIELDS[1:], "hash")[:BATCH].query.sql_with_params()
        with connection.cursor() as cursor:  # plain rows: a query set takes its time over each
            cursor.execute(statement, values)
            rows: list[Row] = cursor.fetchall()
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1][0]


def _says(row: Row) -> str:
    at = EPOCH + timedelta(microseconds=row[1])
    who = f"person {row[2]}" if row[2] else "the system"
    whom = f" for {row[3]}" if row[3] else ""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC, {who}{whom} did {row[4]} to {row[5] or 'the site'} {row[6]}"
