"""Small random consultations for property tests, and the plain reading that they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from mufakat.opinion.votes import Votes, votes_from_events

IDS = st.one_of(
    st.integers(0, 10**20).map(str),
    st.sampled_from(["07", "7", "Côte d’Ivoire", "أ, ب", "x y", "Ω", "a", "B", "-1", "1.0", "٣"]),
)


@dataclass(frozen=True)
class Events:
    """Vote events as rows: (party, demand, value, time); ids are positions in `parties` and `demands`."""

    parties: tuple[str, ...]
    demands: tuple[str, ...]
    rows: tuple[tuple[int, int, int, int], ...]

    def votes(self, *, timed: bool = True) -> Votes:
        """The votes that the rows leave."""
        return self.read(timed=timed)[0]

    def read(self, *, timed: bool = True) -> tuple[Votes, int]:
        """The votes, and how many rows were superseded."""
        columns = np.array(self.rows, dtype=np.int64).reshape(-1, 4).T
        return votes_from_events(
            parties=self.parties,
            demands=self.demands,
            party=columns[0].astype(np.int32),
            demand=columns[1].astype(np.int32),
            value=columns[2].astype(np.int8),
            time=columns[3] if timed else None,
        )

    def last(self, *, timed: bool = True) -> dict[tuple[str, str], int]:
        """The last vote of each party on each demand, found row by row."""
        order = sorted(self.rows, key=lambda row: row[3]) if timed else self.rows
        return {(self.parties[p], self.demands[s]): value for p, s, value, _ in order}

    def recoded(self, party_order: Sequence[int], demand_order: Sequence[int]) -> Events:
        """The same events with the ids listed in another order."""
        party = {old: new for new, old in enumerate(party_order)}
        demand = {old: new for new, old in enumerate(demand_order)}
        return Events(
            tuple(self.parties[p] for p in party_order),
            tuple(self.demands[s] for s in demand_order),
            tuple((party[p], demand[s], value, time) for p, s, value, time in self.rows),
        )

    def with_rows(self, rows: Sequence[tuple[int, int, int, int]]) -> Events:
        """Other rows on the same ids."""
        return replace(self, rows=tuple(rows))


@st.composite
def events(
    draw: st.DrawFn,
    *,
    least_parties: int = 1,
    most_parties: int = 14,
    most_demands: int = 8,
    most_rows: int = 120,
    values: Sequence[int] = (-1, 0, 1),
) -> Events:
    """Events with re-votes and equal times; some parties and demands may have none, all may be passes."""
    parties = draw(st.lists(IDS, min_size=least_parties, max_size=most_parties, unique=True))
    demands = draw(st.lists(IDS, min_size=1, max_size=most_demands, unique=True))
    allowed = draw(st.sampled_from([tuple(values), (0,), (1,)])) if draw(st.booleans()) else tuple(values)
    row = st.tuples(
        st.integers(0, len(parties) - 1),
        st.integers(0, len(demands) - 1),
        st.sampled_from(allowed),
        st.integers(0, 5),
    )
    return Events(tuple(parties), tuple(demands), tuple(draw(st.lists(row, max_size=most_rows))))


def pivot(votes: Votes) -> dict[tuple[str, str], int]:
    """The votes as a dictionary."""
    party = np.repeat(np.arange(len(votes.parties)), votes.cast)
    return {
        (votes.parties[p], votes.demands[s]): int(v)
        for p, s, v in zip(party.tolist(), votes.demand.tolist(), votes.value.tolist(), strict=True)
    }


def dense(votes: Votes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cast votes as ones, and their values; both of shape (P, S)."""
    cast = np.zeros((len(votes.parties), len(votes.demands)))
    value = np.zeros_like(cast)
    party = np.repeat(np.arange(len(votes.parties)), votes.cast)
    cast[party, votes.demand] = 1
    value[party, votes.demand] = votes.value
    return cast, value


def full_votes(value: NDArray[np.integer]) -> Votes:
    """Votes of every party on every demand; `value` of shape (P, S)."""
    parties, demands = value.shape
    party, demand = np.indices(value.shape, dtype=np.int32)
    return votes_from_events(
        parties=[str(p) for p in range(parties)],
        demands=[str(s) for s in range(demands)],
        party=party.ravel(),
        demand=demand.ravel(),
        value=value.ravel().astype(np.int8),
    )[0]


def same_votes(first: Votes, second: Votes) -> bool:
    """Whether two sets of votes are the same to the last byte."""
    return (
        list(first.parties) == list(second.parties)
        and list(first.demands) == list(second.demands)
        and np.array_equal(first.start, second.start)
        and np.array_equal(first.demand, second.demand)
        and np.array_equal(first.value, second.value)
        and first.demand.dtype == second.demand.dtype
    )
