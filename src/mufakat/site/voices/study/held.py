"""The votes that count, held in memory, and brought up to date from what was cast since.

Every act of a consultation holds the lock of its chain until it is committed, so that once an event is seen
all before it are there: "votes with an event up to N" is the same set whenever it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.increment import VoteEvent, with_events
from mufakat.opinion.moments import Moments, moments_of
from mufakat.opinion.votes import AGREE, DISAGREE, Votes, canonical_order, votes_from_events
from mufakat.site.ledger.models import Chain, consultation_chain
from mufakat.site.parties.models import Party
from mufakat.site.voices.models.votes import EarlierVote, Vote
from mufakat.site.voices.study.effective import effective
from mufakat.site.voices.study.lineage import Lineage


@dataclass(frozen=True, eq=False)
class Held:
    """The votes of a consultation as of one event of its ledger.

    Attributes:
        through: number of that event.
        lineage: of the demands, as it was when the votes were first read.
        votes: the vote that counts of each party on each demand that is asked; hidden ones are among them.
        moments: of those votes.
        superseded: votes that another vote of the same party took the place of.
        agreed, disagreed: shape (S,); agreements and disagreements with each demand, superseded ones too.
    """

    through: int
    lineage: Lineage
    votes: Votes
    moments: Moments
    superseded: int
    agreed: NDArray[np.int64]
    disagreed: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote, and what tells which of several was cast last."""

    value: int
    order: tuple[int, ...] = ()


def ledger_length(consultation: int) -> int:
    """The number of the last event in a consultation's ledger."""
    name = consultation_chain(consultation)
    return Chain.objects.filter(name=name).values_list("length", flat=True).first() or 0


def held_now(lineage: Lineage, consultation: int, through: int) -> Held:
    """Read all votes of a consultation as of an event."""
    standing: dict[int, dict[int, Ballot]] = {}
    agreed, disagreed = (dict.fromkeys(lineage.asked, 0) for _ in range(2))
    cast = 0

    def take(party: int, demand: int, value: int, *, order: tuple[int, ...] = (), stands: bool) -> None:
        nonlocal cast
        heir = lineage.heirs.get(demand)
        if heir is None:
            return
        cast += 1
        agreed[heir] += value == AGREE
        disagreed[heir] += value == DISAGREE
        if stands:
            standing.setdefault(demand, {})[party] = Ballot(value, order)

    # The standing votes first: one that is replaced between the two queries is then found twice, not never.
    votes = Vote.objects.filter(demand__consultation=consultation, event__lte=through)
    former = set(lineage.heirs) - set(lineage.asked)
    rows = votes.exclude(demand__in=former) if former else votes
    for party, demand, value in rows.values_list("party", "demand", "value").iterator(chunk_size=20_000):
        take(party, demand, value, stands=True)
    for party, demand, value, at, event in votes.filter(demand__in=former).values_list(
        "party", "demand", "value", "cast_at", "event"
    ):
        take(party, demand, value, order=(round(at.timestamp() * 1e6), event, demand), stands=True)
    earlier = EarlierVote.objects.filter(demand__consultation=consultation, event__lte=through)
    for party, demand, value, at, event, replaced_by in earlier.values_list(
        "party", "demand", "value", "cast_at", "event", "replaced_by"
    ).iterator(chunk_size=20_000):
        stands = replaced_by > through
        if stands and party in standing.get(demand, ()):
            continue
        take(party, demand, value, order=(round(at.timestamp() * 1e6), event, demand), stands=stands)
    counting = effective(lineage.asked, lineage.carries, standing)
    codes = dict(Party.objects.filter(consultation=consultation).values_list("pk", "code"))
    voters = sorted({party for ballots in counting.values() for party in ballots})
    place = {party: p for p, party in enumerate(voters)}
    sizes = [len(ballots) for ballots in counting.values()]
    found, _superseded = votes_from_events(
        parties=[codes[party] for party in voters],
        demands=list(lineage.asked.values()),
        party=np.fromiter(
            (place[party] for ballots in counting.values() for party in ballots), dtype=np.int32
        ),
        demand=np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
        value=np.fromiter(
            (ballot.value for ballots in counting.values() for ballot in ballots.values()), dtype=np.int8
        ),
    )
    order = canonical_order(list(lineage.asked.values()))
    return Held(
        through=through,
        lineage=lineage,
        votes=found,
        moments=moments_of(found),
        superseded=cast - len(found),
        agreed=np.array(list(agreed.values()), dtype=np.int64)[order],
        disagreed=np.array(list(disagreed.values()), dtype=np.int64)[order],
    )


def held_later(held: Held, consultation: int, through: int) -> Held:
    """The votes as of a later event, where nothing but votes was cast in between."""
    between = {"demand__consultation": consultation, "event__gt": held.through, "event__lte": through}
    columns = ("event", "party__code", "demand", "value")
    rows = {
        (event, party, demand): value
        for event, party, demand, value in chain(
            Vote.objects.filter(**between).values_list(*columns),
            EarlierVote.objects.filter(**between).values_list(*columns),
        )
    }
    asked = held.lineage.asked
    events = [
        VoteEvent(party, asked[demand], value) for (_event, party, demand), value in sorted(rows.items())
    ]
    if not events:
        return replace(held, through=through)
    votes, moments, superseded = with_events(held.votes, held.moments, events)
    place = {number: s for s, number in enumerate(votes.demands)}
    agreed, disagreed = held.agreed.copy(), held.disagreed.copy()
    for event in events:
        agreed[place[event.demand]] += event.value == AGREE
        disagreed[place[event.demand]] += event.value == DISAGREE
    return replace(
        held,
        through=through,
        votes=votes,
        moments=moments,
        superseded=held.superseded + superseded,
        agreed=agreed,
        disagreed=disagreed,
    )
