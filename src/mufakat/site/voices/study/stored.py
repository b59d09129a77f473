"""Storing a study for an audience, and reading it back, parsed once in a process."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from mufakat.site.voices.models.study import StoredStudy

if TYPE_CHECKING:
    from mufakat.opinion.result import Study

# Studies of so many consultations and audiences stay in memory, the ones used last.
KEPT: Final = 12


@dataclass(frozen=True)
class Found:
    """A stored study, parsed when it is first asked for.

    Attributes:
        key: changes whenever another study is stored in its place.
        consultation: its primary key. audience: for whom it is. title: what the consultation is called.
        through: number of the last event of the ledger that it knows of; speaks_of: when that was.
        parties: how many parties had voted. votes: how many votes count in it.
    """

    key: tuple[int, datetime]
    consultation: int
    audience: str
    through: int
    speaks_of: datetime
    computed_at: datetime
    parties: int
    votes: int

    @cached_property
    def document(self) -> dict[str, Any]:
        """The study as JSON says it."""
        text = StoredStudy.objects.values_list("document", flat=True).get(pk=self.key[0])
        return dict(json.loads(text))

    @cached_property
    def study(self) -> Study:
        """The study itself."""
        from mufakat.opinion.restoring import study_from_json

        return study_from_json(self.document)

    @cached_property
    def routing(self) -> dict[str, Any]:
        """What drawing the next demand, and finding a party on the map, needs."""
        text = StoredStudy.objects.values_list("routing", flat=True).get(pk=self.key[0])
        return dict(json.loads(text))


_found: OrderedDict[tuple[int, datetime], Found] = OrderedDict()
_lock = Lock()


def stored(consultation: int, audience: str) -> Found | None:
    """The study of a consultation for an audience as it is stored now; None where there is none yet."""
    row = (
        StoredStudy.objects.filter(consultation=consultation, audience=audience)
        .values_list("pk", "computed_at", "through", "speaks_of", "parties", "votes")
        .first()
    )
    if row is None:
        return None
    key = (row[0], row[1])
    with _lock:
        found = _found.get(key)
        if found is None or (found.through, found.speaks_of) != (row[2], row[3]):
            fresh = Found(
                key=key,
                consultation=consultation,
                audience=audience,
                through=row[2],
                speaks_of=row[3],
                computed_at=row[1],
                parties=row[4],
                votes=row[5],
            )
            if found is not None:
                # The same study, of which it is known by now that it still holds.
                for name in ("document", "study", "routing", "_made"):
                    if name in found.__dict__:
                        fresh.__dict__[name] = found.__dict__[name]
            _found[key] = found = fresh
        _found.move_to_end(key)
        while len(_found) > KEPT:
            _found.popitem(last=False)
        return found
