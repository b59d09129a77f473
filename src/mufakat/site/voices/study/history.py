"""Every vote that was ever cast, with the demand that it counts for now, if it does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from mufakat.site.voices.models.demands import Demand
from mufakat.site.voices.models.votes import EarlierVote, Vote
from mufakat.site.voices.study.effective import effective
from mufakat.site.voices.study.lineage import lineage_of


@dataclass(slots=True, eq=False)
class Cast:
    """A vote as it was cast.

    Attributes:
        party: code. cast_on: number of the demand that it was cast on.
        demand: number of the demand that it speaks of now; None where none is asked that it could count for.
        counts: whether it is the one vote of its party that counts there.
        order: sorts votes by when they were cast.
    """

    party: str
    cast_on: int
    demand: int | None
    value: int
    important: bool
    cast_at: datetime
    order: tuple[int, ...]
    counts: bool = field(default=False)


def history(consultation: int, parties: Collection[int] | None = None) -> list[Cast]:
    """All votes, or those of some parties (by primary key), by party and demand, the one that counts last."""
    lineage = lineage_of(consultation)
    numbers = dict(Demand.objects.filter(consultation=consultation).values_list("pk", "number"))
    of = {"demand__consultation": consultation}
    if parties is not None:
        of["party__in"] = list(parties)  # type: ignore[assignment]
    columns = ("party__code", "demand", "value", "important", "cast_at", "event", "pk")
    standing: dict[int, dict[str, Cast]] = {}
    found = []
    for model in (EarlierVote, Vote):
        rows = model.objects.filter(**of).values_list(*columns)
        for party, demand, value, important, at, event, key in rows.iterator(chunk_size=20_000):
            heir = lineage.heirs.get(demand)
            cast = Cast(
                party=party,
                cast_on=numbers[demand],
                demand=numbers[heir] if heir is not None else None,
                value=value,
                important=important,
                cast_at=at,
                order=(round(at.timestamp() * 1e6), event, demand, key),
            )
            found.append(cast)
            if model is Vote:
                standing.setdefault(demand, {})[party] = cast
    for ballots in effective(lineage.asked, lineage.carries, standing).values():
        for cast in ballots.values():
            cast.counts = True
    found.sort(
        key=lambda cast: (cast.party, -1 if cast.demand is None else cast.demand, cast.counts, cast.order)
    )
    return found
