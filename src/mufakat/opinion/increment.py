"""Votes that come later: the votes and moments after them, equal to computing everything anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.errors import StudyError
from mufakat.opinion.moments import Moments, moments_of
from mufakat.opinion.votes import AGREE, DISAGREE, PASS, Votes, canonical_order, votes_from_events

Number = TypeVar("Number", np.int32, np.int64)


@dataclass(frozen=True)
class VoteEvent:
    """One vote as it comes in: +1, 0 or -1 by a party on a demand."""

    party: str
    demand: str
    value: int


def with_events(votes: Votes, moments: Moments, events: Sequence[VoteEvent]) -> tuple[Votes, Moments, int]:
    """Add votes, in the order in which they were cast, to votes that have been summed.

    Only the rows of the parties that voted are touched; time grows with their votes, and with one copy of the
    rest. Parties and demands that were not there before are added.

    Returns:
        The votes, their moments, and how many votes (old or new) were superseded.

    Raises:
        StudyError: a vote that is not -1, 0 or 1; votes that carry weights, which moments do not know.
    """
    if votes.weight is not None:
        raise StudyError("votes that carry weights cannot be added to: read them anew")
    for event in events:
        if event.value not in (AGREE, PASS, DISAGREE):
            raise StudyError(
                f"vote {event.value} is not one of -1 (disagree), 0 (pass), 1 (agree): "
                f"party {event.party!r} on demand {event.demand!r}"
            )
    fresh = sorted({event.demand for event in events} - set(votes.demands))
    if fresh:
        votes, moments = _with_demands(votes, moments, fresh)
    wanted = {event.party for event in events}
    names = sorted(wanted)
    place = {name: p for p, name in enumerate(votes.parties) if name in wanted}
    touched = np.array(sorted(place[name] for name in names if name in place), dtype=np.int64)
    before = votes.of(touched)
    party_code = {name: i for i, name in enumerate(names)}
    demand_code = {name: s for s, name in enumerate(votes.demands)}
    held = np.repeat(np.array([party_code[name] for name in before.parties], dtype=np.int32), before.cast)
    after, superseded = votes_from_events(
        parties=names,
        demands=votes.demands,
        party=np.append(held, np.array([party_code[event.party] for event in events], dtype=np.int32)),
        demand=np.append(
            before.demand.astype(np.int32),
            np.array([demand_code[event.demand] for event in events], dtype=np.int32),
        ),
        value=np.append(before.value, np.array([event.value for event in events], dtype=np.int8)),
    )
    later = moments - moments_of(before) + moments_of(after)
    return _spliced(votes, after, place), later, superseded


def _spliced(votes: Votes, after: Votes, place: dict[str, int]) -> Votes:
    """The votes with the rows of the parties in `after` replaced (at `place`), or added where new."""
    brought = [name for name in after.parties if name not in place]
    parties = [*votes.parties, *brought]
    size = len(votes.parties)
    rows = {**place, **{name: size + i for i, name in enumerate(brought)}}
    new_row = {rows[name]: p for p, name in enumerate(after.parties)}
    order = canonical_order(parties) if brought else np.arange(len(parties))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    length = np.append(votes.cast, np.zeros(len(brought), dtype=np.int64))
    length[list(new_row)] = after.cast[list(new_row.values())]
    start = np.append(0, np.cumsum(length[order]))
    demand = np.empty(start[-1], dtype=votes.demand.dtype)
    value = np.empty(start[-1], dtype=np.int8)

    def copy(source: Votes, first: int, last: int, to: int) -> None:
        begin, end = source.start[first], source.start[last]
        demand[to : to + end - begin] = source.demand[begin:end]
        value[to : to + end - begin] = source.value[begin:end]

    # Parties that stay as they are move in runs: a run ends at a changed row, or where a new one comes
    # between.
    changed = np.array([row for row in new_row if row < size], dtype=np.int64)
    parted = np.flatnonzero(np.diff(rank[:size]) != 1) + 1
    edges = np.unique(np.concatenate([[0, size], changed, changed + 1, parted]))
    for first, last in pairwise(edges.tolist()):
        if first not in new_row:
            copy(votes, first, last, int(start[rank[first]]))
    for row, p in new_row.items():
        copy(after, p, p + 1, int(start[rank[row]]))
    named = np.array(parties, dtype=object)[order].tolist() if brought else votes.parties
    return Votes(named, votes.demands, start, demand, value)


def _with_demands(votes: Votes, moments: Moments, fresh: Sequence[str]) -> tuple[Votes, Moments]:
    """The same votes and moments over more demands."""
    demands = [*votes.demands, *fresh]
    order = canonical_order(demands)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    rank = rank[: len(votes.demands)]
    narrow = np.uint16 if len(demands) <= 2**16 else np.uint32
    moved = replace(votes, demands=[demands[i] for i in order], demand=rank[votes.demand].astype(narrow))
    if (np.diff(rank) < 0).any():
        # Ids that are not all numbers any more are kept in another order, so the rows must be sorted again.
        party = np.repeat(np.arange(len(votes.parties), dtype=np.int32), votes.cast)
        moved, _ = votes_from_events(
            parties=votes.parties, demands=moved.demands, party=party, demand=moved.demand, value=votes.value
        )

    def widened(sums: NDArray[Number]) -> NDArray[Number]:
        wide = np.zeros((len(demands),) * sums.ndim, dtype=sums.dtype)
        wide[np.ix_(*[rank] * sums.ndim)] = sums
        return wide

    return moved, Moments(
        demands=moved.demands,
        parties=moments.parties,
        agree=widened(moments.agree),
        passes=widened(moments.passes),
        disagree=widened(moments.disagree),
        co_cast=widened(moments.co_cast),
        co_sum=widened(moments.co_sum),
        co_product=widened(moments.co_product),
    )
