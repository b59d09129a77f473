"""Reading a stored study back, parsed once in a process."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from mufakat.site.voices.models.study import StoredStudy

if TYPE_CHECKING:
    from mufakat.opinion.result import Study

Made = TypeVar("Made")

# The studies of so many consultations and audiences stay in memory, the ones used last.
KEPT: Final = 12


@dataclass(frozen=True)
class Found:
    """A stored study.

    Attributes:
        key: its primary key, and when it was computed: another study in its place has another key.
        consultation: its primary key. audience: for whom it is.
        through: number of the last event of the ledger that it knows of; speaks_of: when that was.
        parties: how many parties had voted. votes: how many votes count in it.
    """

    key: tuple[int, datetime]
    consultation: int
    audience: str
    through: int
    speaks_of: datetime
    parties: int
    votes: int
    _made: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made of this study before, or else is made now and kept as long as it is the same."""
        if key not in self._made:
            self._made[key] = make()
        return cast(Made, self._made[key])

    @property
    def document(self) -> dict[str, Any]:
        """The study as JSON says it."""
        return dict(json.loads(self.text))

    @property
    def text(self) -> str:
        """The study as JSON."""
        return StoredStudy.objects.values_list("document", flat=True).get(pk=self.key[0])

    @property
    def study(self) -> Study:
        """The study itself."""

        def restored() -> Study:
            from mufakat.opinion.restoring import study_from_json

            return study_from_json(self.document)

        return self.once("study", restored)

    @property
    def routing(self) -> dict[str, Any]:
        """What drawing the next demand, and finding a party on the map, needs."""

        def read() -> dict[str, Any]:
            text = StoredStudy.objects.values_list("routing", flat=True).get(pk=self.key[0])
            return dict(json.loads(text))

        return self.once("routing", read)


_found: OrderedDict[tuple[int, str], Found] = OrderedDict()
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
    fresh = Found((row[0], row[1]), consultation, audience, *row[2:])
    with _lock:
        known = _found.pop((consultation, audience), None)
        if known is not None and known.key == fresh.key:
            # The same study; it may be known by now that it still holds after later events.
            fresh = replace(fresh, _made=known._made)
        _found[consultation, audience] = fresh
        while len(_found) > KEPT:
            _found.popitem(last=False)
    return fresh
