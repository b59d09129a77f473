"""Events and the heads of their chains."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from django.db import models

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SITE = "site"


class AppendOnlyError(RuntimeError):
    """Something tried to change what may only be added to."""


class AppendOnly(models.QuerySet["Event"]):
    """Events cannot be changed or removed through the site's own code."""

    def update(self, **values: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("the ledger is append-only: its events cannot be changed")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("the ledger is append-only: its events cannot be removed")


class Chain(models.Model):
    """One chain of events and where it ends now; whoever adds to it locks this row first.

    Attributes:
        name: ``site``, or ``consultation:`` and a primary key.
        length: number of events. hash: of the last one, hexadecimal; empty where there is none.
    """

    name = models.CharField(max_length=64, unique=True)
    length = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.name}, {self.length} events"


class Event(models.Model):
    """One act.

    Attributes:
        number: place in its chain, from 1 on.
        microseconds: when, since 1970-01-01 00:00 UTC; a whole number, so that it hashes the same everywhere.
        person: primary key of who did it, as text; empty for the system itself. Never a name: those can be
            erased.
        party: code of the party it was done for, if any.
        act: name of the act. subject: what it was done to, such as ``demand:12``.
        detail: canonical JSON of what there is to tell; texts of people stand in it as hashes only.
        previous, hash: of the event before it (empty for the first) and its own, SHA-256, hexadecimal.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="events")
    number = models.BigIntegerField()
    microseconds = models.BigIntegerField()
    person = models.CharField(max_length=32, blank=True)
    party = models.CharField(max_length=64, blank=True)
    act = models.CharField(max_length=64)
    subject = models.CharField(max_length=128, blank=True)
    detail = models.TextField(default="{}")
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_event_a_place"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="events_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}/{self.number} {self.act} {self.subject}"

    @property
    def at(self) -> datetime:
        """When it was done."""
        return EPOCH + timedelta(microseconds=self.microseconds)

    def save(self, *arguments: Any, **named: Any) -> None:
        """Store a new event; refuse to store one again."""
        if self.pk is not None:
            raise AppendOnlyError("the ledger is append-only: its events cannot be changed")
        super().save(*arguments, **named)

    def delete(self, *arguments: Any, **named: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("the ledger is append-only: its events cannot be removed")


def consultation_chain(consultation: int) -> str:
    """The name of the chain of a consultation, by its primary key."""
    return f"consultation:{consultation}"
