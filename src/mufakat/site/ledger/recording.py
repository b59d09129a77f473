"""One act: one transaction, one event.

    with recording(consultation_chain(12)) as record:
        ...check, in the state that nobody else can change now, and write...
        record.event(act=CLOSE, actor=actor, subject="stage:3", detail={"stage": "converge"})

The chain's head is locked when the transaction begins, so the acts of one consultation happen one after the
other, on SQLite and on PostgreSQL alike: what is checked inside still holds when it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import Act
from mufakat.site.ledger.hashing import canonical, event_hash
from mufakat.site.ledger.models import EPOCH, Chain, Event
from mufakat.site.prepared import Prepared, insert

_HEAD = Prepared(
    lambda at: (
        Chain.objects.select_for_update().filter(name=at.text("name")).values_list("pk", "length", "hash")
    )
)
_MOVE_HEAD = f"UPDATE {Chain._meta.db_table} SET length = %s, hash = %s WHERE id = %s"  # noqa: S608


class LedgerError(RuntimeError):
    """An act that wrote no event, or more than one."""


class Record:
    """The event that the act under way is to write.

    Attributes:
        number: the place in the chain that the event will have; what it changes can carry it.
        at: when the act is done.
    """

    def __init__(self, chain: Chain) -> None:
        self.number = chain.length + 1
        self.at = datetime.now(UTC)
        self.written = ""
        self._chain = chain
        self._unchanged = False

    def event(
        self,
        *,
        act: Act,
        actor: Actor,
        subject: str = "",
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Write the event of this act.

        Raises:
            LedgerError: this act wrote its event already.
        """
        if self.written:
            raise LedgerError(f"{act.name} would be a second event of the act {self.written}")
        chain = self._chain
        values: dict[str, Any] = {
            "number": self.number,
            "microseconds": (self.at - EPOCH) // timedelta(microseconds=1),
            "person": "" if actor.person is None else str(actor.person),
            "party": actor.voice.code if actor.voice is not None else "",
            "act": act.name,
            "subject": subject,
            "detail": canonical(detail or {}),
            "previous": chain.hash,
        }
        hash_ = event_hash([chain.name, *values.values()])
        insert(Event, {"chain_id": chain.pk, **values, "hash": hash_})
        with connection.cursor() as cursor:
            cursor.execute(_MOVE_HEAD, [self.number, hash_, chain.pk])
        self.written = act.name

    def unchanged(self) -> None:
        """Say that nothing was changed after all, so that there is nothing to record."""
        self._unchanged = True

    def close(self) -> None:
        """Make sure that the act told what it did.

        Raises:
            LedgerError: it wrote no event.
        """
        if not self.written and not self._unchanged:
            raise LedgerError("an act ended without its event")


@contextmanager
def recording(chain: str, *, durable: bool = True) -> Iterator[Record]:
    """The transaction of one act on the named chain.

    Args:
        chain: name of the chain, which is made where it is missing.
        durable: whether the act must survive a power cut the moment it is acknowledged. Votes give this up
            for speed: the last ones may be lost then (never torn, never out of order).

    Raises:
        LedgerError: the act ends without having written its event.
    """
    with _synchronous(durable), transaction.atomic():
        if connection.vendor == "postgresql" and not durable:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit TO OFF")
        record = Record(_locked(chain))
        yield record
        record.close()


def _locked(name: str) -> Chain:
    """The head of the chain, locked until the transaction ends."""
    rows = _HEAD.rows(name=name)
    if not rows:
        Chain.objects.get_or_create(name=name)
        rows = _HEAD.rows(name=name)
    key, length, hash_ = rows[0]
    return Chain(pk=key, name=name, length=length, hash=hash_)


@contextmanager
def _synchronous(durable: bool) -> Iterator[None]:
    """On SQLite, let what is committed inside reach the disk before it is acknowledged."""
    if not durable or connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
