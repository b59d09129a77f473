"""The world these tests share: the invented votes of the default seed, counted once."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import pytest

from mufakat import story


@dataclass(frozen=True)
class Counted:
    """Last votes by party and demand, and the constituencies of each party."""

    last: dict[tuple[str, str], int]
    constituencies: dict[str, tuple[str, ...]]

    def tally(self) -> dict[tuple[str, str], Counter[int]]:
        """Votes by demand and constituency."""
        counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        for (party, demand), vote in self.last.items():
            for constituency in self.constituencies[party]:
                counts[demand, constituency][vote] += 1
        return counts


@pytest.fixture(scope="session")
def events() -> tuple[story.VoteEvent, ...]:
    return story.votes()


@pytest.fixture(scope="session")
def counted(events: tuple[story.VoteEvent, ...]) -> Counted:
    planted = story.planted_groups()
    return Counted(
        last={(event.party, event.demand): event.vote for event in events},
        constituencies={
            party.party: (party.kind, party.region, planted[party.party], *party.groups)
            for party in story.parties()
        },
    )


def agreement(votes: Counter[int]) -> float:
    """Share of those who agree among all who answered, passing counted as an answer."""
    return votes[1] / votes.total()
