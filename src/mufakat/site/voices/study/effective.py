"""Which vote of a party counts for a demand that is asked.

A party's own vote on the demand counts. Where it has none, a vote on an ancestor counts in its place, if
every link on the way down carries votes (the same ask in other words). Of the votes on one line of ancestors
the one nearest to the demand counts; of several lines, the one that was cast last. So a party counts at most
once for a demand, and one that voted on both of two demands that were merged is not counted twice.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Protocol, TypeVar


class Cast(Protocol):
    """A vote, as far as it matters here which of several came last."""

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts votes by when they were cast; no two votes of one party on two demands are equal."""


Ballot = TypeVar("Ballot", bound=Cast)
Party = TypeVar("Party", bound=Hashable)


def ancestors(asked: Collection[int], carries: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Of every demand whose votes count for one that is asked: that one; those that are asked for themselves.

    Args:
        asked: demands that are asked. carries: pairs of ancestor and descendant whose link carries votes; a
            demand is the ancestor of at most one.
    """
    onwards = dict(carries)
    heirs: dict[int, int] = {}
    wanted = set(asked)
    for start in wanted | onwards.keys():
        path: dict[int, None] = {}
        at: int | None = start
        # A link away from a demand that is asked again carries nothing: its votes are its own.
        while at is not None and at not in wanted and at not in path:
            path[at] = None
            at = onwards.get(at)
        if at is not None and at in wanted:
            heirs[start] = at
    return heirs


def effective(
    asked: Collection[int],
    carries: Iterable[tuple[int, int]],
    votes: Mapping[int, Mapping[Party, Ballot]],
) -> dict[int, dict[Party, Ballot]]:
    """The votes that count for each demand that is asked, by party.

    Args:
        asked, carries: as in `ancestors`.
        votes: the votes cast on each demand, by party.
    """
    links = list(carries)
    heirs = ancestors(asked, links)
    behind: dict[int, list[int]] = {}
    for ancestor, descendant in links:
        if ancestor in heirs and ancestor not in asked:
            behind.setdefault(descendant, []).append(ancestor)
    return {demand: _counting(demand, behind, votes) for demand in asked}


def _counting(
    demand: int, behind: Mapping[int, list[int]], votes: Mapping[int, Mapping[Party, Ballot]]
) -> dict[Party, Ballot]:
    # Ancestors before descendants, without recursion: a demand may have been reworded very often.
    order = [demand]
    for at in order:
        order.extend(behind.get(at, ()))
    counting: dict[int, dict[Party, Ballot]] = {}
    for at in reversed(order):
        last: dict[Party, Ballot] = {}
        for ancestor in behind.get(at, ()):
            for party, ballot in counting.pop(ancestor).items():
                held = last.get(party)
                if held is None or held.order < ballot.order:
                    last[party] = ballot
        last.update(votes.get(at, {}))
        counting[at] = last
    return counting[demand]
