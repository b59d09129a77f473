"""The frame of every act: one transaction: check the rule, make the change, write the event."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import Act, check
from mufakat.site.authority.resolving import confirmed
from mufakat.site.ledger.models import SITE, consultation_chain
from mufakat.site.ledger.recording import Record, recording


@contextmanager
def acting(
    wanted: Act, actor: Actor, subject: Any, *, durable: bool = True, fresh: bool = False
) -> Iterator[Record]:
    """The transaction of one act: lock the chain, confirm the actor, check the rule, and let it be done.

    Args:
        subject: what the act is done to; its ``consultation_id`` names the chain (None for the site's own).
        durable: see `mufakat.site.ledger.recording.recording`.
        fresh: whether to read the subject again first, because the rule looks at what may have changed in it.

    Raises:
        Refused: the actor may not, or may not any more.
        LedgerError: the act wrote no event.
    """
    chain = SITE if subject.consultation_id is None else consultation_chain(subject.consultation_id)
    with recording(chain, durable=durable) as record:
        if fresh:
            subject.refresh_from_db()
        check(wanted, confirmed(actor), subject)
        yield record
