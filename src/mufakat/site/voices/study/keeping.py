"""Keeping the studies of all consultations fresh, from what was cast since.

The team's study follows every vote. The one for everybody is published anew only once enough parties have
voted since the last time, because from two studies of which one knows a single vote more that vote could be
read. Where moderation or a merger changes what is asked, it is published at once, with the votes that the
last one knew.
"""

from __future__ import annotations

import json
import logging
import time
from collections import OrderedDict
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q

from mufakat.site.consultations.models import Consultation
from mufakat.site.ledger.models import Chain, Event, consultation_chain
from mufakat.site.voices.models.study import EVERYBODY, TEAM, StoredStudy
from mufakat.site.voices.models.votes import Vote

if TYPE_CHECKING:
    from mufakat.opinion.reading.result import Reading
    from mufakat.opinion.result import Study
    from mufakat.site.voices.study.held import Held

log = logging.getLogger(__name__)

VOTES: Final = frozenset({"voices.vote"})
"""Acts after which votes that are held in memory can be added to."""
HARMLESS: Final = frozenset(
    {
        "consultations.grant",
        "consultations.stage",
        "consultations.theme",
        "parties.accept",
        "parties.accredit",
        "parties.choose",
        "parties.invite",
        "parties.revoke",
        "voices.enter",
        "voices.judge",
        "voices.sort",
        "voices.submit",
        "voices.suggest",
    }
)
"""Acts that change nothing that a study speaks of; after any act that is not named here all is read anew."""
RETRY_AFTER: Final = 60.0
"""Seconds before what went wrong is tried again."""
HELD: Final = 8
"""The votes of so many consultations stay in memory, the ones that changed last."""


def refresh(consultation: Consultation) -> bool:
    """Study a consultation's votes as they are now; whether there were any to study."""
    return Keeper().refresh(consultation)


class Keeper:
    """Looks for consultations whose studies are behind, and brings them up to date; one a process."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, Held] = OrderedDict()
        self._seen: dict[int, int] = {}
        self._not_before: dict[int, float] = {}

    def look(self) -> list[Consultation]:
        """Refresh what is behind, and say of which consultations studies were made.

        What goes wrong with one is logged and tried again after a while; the others go on.
        """
        refreshed = []
        for consultation, length in self._behind():
            try:
                if not self._up_to_date(consultation, length) and self.refresh(consultation):
                    refreshed.append(consultation)
                self._seen[consultation.pk] = length
            except Exception:
                log.exception("the study of consultation %s could not be made", consultation.slug)
                self._held.pop(consultation.pk, None)
                self._not_before[consultation.pk] = time.monotonic() + RETRY_AFTER
        return refreshed

    def refresh(self, consultation: Consultation) -> bool:
        """Study a consultation's votes as they are now; whether there were any to study."""
        from mufakat.opinion.errors import StudyError
        from mufakat.opinion.study import study
        from mufakat.site.voices.study.reading import reading_of

        began = time.perf_counter()
        held = self._hold(consultation.pk)
        reading = reading_of(consultation, held)
        try:
            found = study(reading, invented=consultation.invented)
        except StudyError:
            # Nobody voted on anything that is still asked.
            StoredStudy.objects.filter(consultation=consultation).delete()
            return False
        took = time.perf_counter() - began
        # The team's last: as long as it is not stored, the next look begins anew.
        _publish(consultation, held, reading, found, took)
        _store_for_team(consultation, held, reading, found, took)
        return True

    def _behind(self) -> list[tuple[Consultation, int]]:
        """The consultations whose ledger is longer than at the last look, with its length."""
        chains = Chain.objects.filter(name__startswith=consultation_chain(0)[:-1])
        lengths = dict(chains.values_list("name", "length"))
        consultations = Consultation.objects.select_related("title").order_by("pk")
        known = [(each, lengths.get(consultation_chain(each.pk), 0)) for each in consultations]
        now = time.monotonic()
        return [
            (each, length)
            for each, length in known
            if length > self._seen.get(each.pk, 0) and now >= self._not_before.get(each.pk, now)
        ]

    def _up_to_date(self, consultation: Consultation, length: int) -> bool:
        """Whether all that happened since the stored study has no bearing on it; that is noted then."""
        row = StoredStudy.objects.filter(consultation=consultation, audience=TEAM).first()
        if row is None:
            return False
        if row.through < length:
            if acts_between(consultation.pk, row.through, length) - HARMLESS:
                return False
            StoredStudy.objects.filter(pk=row.pk, through__lt=length).update(
                through=length, speaks_of=_when(consultation.pk, length)
            )
        return True

    def _hold(self, consultation: int) -> Held:
        """The votes as of now: those in memory and what was cast since, or all of them anew."""
        from mufakat.site.voices.study.held import held_later, held_now, ledger_length
        from mufakat.site.voices.study.lineage import lineage_of

        through = ledger_length(consultation)
        held = self._held.pop(consultation, None)
        if held is not None and not (acts_between(consultation, held.through, through) - HARMLESS - VOTES):
            held = held_later(held, consultation, through)
        else:
            held = held_now(lineage_of(consultation), consultation, through)
        self._held[consultation] = held
        while len(self._held) > HELD:
            self._held.popitem(last=False)
        return held


def acts_between(consultation: int, after: int, through: int) -> set[str]:
    """The names of the acts in a consultation's ledger after one event and through another."""
    events = Event.objects.filter(
        chain__name=consultation_chain(consultation), number__gt=after, number__lte=through
    )
    return set(events.values_list("act", flat=True).distinct())


def votes_since(consultation: int, through: int) -> int:
    """How many votes stand now that were cast after an event."""
    return Vote.objects.filter(demand__consultation=consultation, event__gt=through).count()


def _store_for_team(
    consultation: Consultation, held: Held, reading: Reading, found: Study, took: float
) -> None:
    from mufakat.site.voices.study.routing import routing_json

    _store(
        consultation,
        TEAM,
        held.through,
        found,
        took,
        routing=routing_json(found, reading, held),
        voices=(int((found.parties.votes > 0).sum()), int(found.parties.votes.sum())),
    )


def _publish(consultation: Consultation, held: Held, reading: Reading, found: Study, took: float) -> None:
    """Store the study for everybody, where that is due."""
    row = StoredStudy.objects.filter(consultation=consultation, audience=EVERYBODY).first()
    asks = _asks(consultation, held)
    voted = Vote.objects.filter(
        Q(event__gt=row.through) if row is not None else Q(), demand__consultation=consultation
    )
    if voted.values("party").distinct().count() >= consultation.least:
        _store_for_everybody(consultation, held.through, reading, found, asks, took)
    elif row is not None and json.loads(row.routing).get("asks") != asks:
        _publish_again(consultation, row, asks)


def _publish_again(consultation: Consultation, row: StoredStudy, asks: str) -> None:
    """Store the study for everybody with what is asked now, and the votes that the last one knew."""
    from mufakat.opinion.errors import StudyError
    from mufakat.opinion.study import study
    from mufakat.site.voices.study.reading import read

    began = time.perf_counter()
    reading = read(consultation, through=row.through)
    try:
        found = study(reading, invented=consultation.invented)
    except StudyError:
        row.delete()
        return
    _store_for_everybody(consultation, row.through, reading, found, asks, time.perf_counter() - began)


def _store_for_everybody(
    consultation: Consultation, through: int, reading: Reading, found: Study, asks: str, took: float
) -> None:
    from mufakat.opinion.errors import StudyError
    from mufakat.opinion.report.findings import voices
    from mufakat.site.voices.study.suppressing import for_everybody

    try:
        shown = for_everybody(found, reading, least=consultation.least)
    except StudyError:
        # Of so few parties nothing can be told at all.
        StoredStudy.objects.filter(consultation=consultation, audience=EVERYBODY).delete()
        return
    parties = found.parties
    places = {
        party: (round(x, 6), round(y, 6))
        for party, x, y in zip(parties.id, parties.x.tolist(), parties.y.tolist(), strict=True)
    }
    _store(
        consultation,
        EVERYBODY,
        through,
        shown,
        took,
        routing={"asks": asks, "places": places},
        voices=voices(shown),
    )


def _store(
    consultation: Consultation,
    audience: str,
    through: int,
    found: Study,
    took: float,
    *,
    routing: dict[str, Any],
    voices: tuple[int, int],
) -> None:
    """Put a study in the place of the one before; never an older one in the place of a newer."""
    from mufakat.opinion.writing import as_json

    values = {
        "document": json.dumps(as_json(found), ensure_ascii=False, allow_nan=False),
        "routing": json.dumps(routing, ensure_ascii=False, allow_nan=False),
        "through": through,
        "speaks_of": _when(consultation.pk, through),
        "computed_at": datetime.now(UTC),
        "took": took,
        "parties": voices[0],
        "votes": voices[1],
    }
    with transaction.atomic():
        row, made = StoredStudy.objects.select_for_update().get_or_create(
            consultation=consultation, audience=audience, defaults=values
        )
        if not made and row.through <= through:
            StoredStudy.objects.filter(pk=row.pk).update(**values)


def _when(consultation: int, number: int) -> datetime:
    """When an event was; now where there is none yet."""
    event = Event.objects.filter(chain__name=consultation_chain(consultation), number=number).first()
    return event.at if event is not None else datetime.now(UTC)


def _asks(consultation: Consultation, held: Held) -> str:
    """A hash of what is asked, so that it is seen when that changes."""
    lineage = held.lineage
    visible = sorted(set(lineage.asked.values()) - lineage.hidden)
    told = [visible, sorted(lineage.carries), sorted(lineage.wordings.items()), consultation.least]
    return sha256(json.dumps(told).encode()).hexdigest()
