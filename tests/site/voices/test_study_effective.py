"""Which vote counts for which demand, against a slow reference that walks every line of descent."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from mufakat.site.voices.study.effective import ancestors, effective


@dataclass(frozen=True)
class Ballot:
    value: int
    order: tuple[int, ...]


Votes = dict[int, dict[str, Ballot]]


def slow(demand: int, party: str, links: list[tuple[int, int]], votes: Votes) -> Ballot | None:
    """The party's own vote, else the one cast last of those that count for the demands that came into it."""
    own = votes.get(demand, {}).get(party)
    if own is not None:
        return own
    behind = [slow(ancestor, party, links, votes) for ancestor, descendant in links if descendant == demand]
    return max((ballot for ballot in behind if ballot), key=lambda ballot: ballot.order, default=None)


@st.composite
def lineages(draw: st.DrawFn) -> tuple[set[int], list[tuple[int, int]], Votes]:
    """Demands of which each went into one later at most; what went nowhere is asked, or was split."""
    size = draw(st.integers(1, 12))
    links = []
    for demand in range(size - 1):
        into = draw(st.none() | st.integers(demand + 1, size - 1))
        if into is not None:
            links.append((demand, into))
    gone = {ancestor for ancestor, _descendant in links}
    asked = {demand for demand in range(size) if demand not in gone and draw(st.integers(0, 5))}
    cast = draw(
        st.lists(
            st.tuples(st.integers(0, size - 1), st.sampled_from("ABC"), st.sampled_from((-1, 0, 1))),
            max_size=25,
            unique_by=lambda vote: vote[:2],
        )
    )
    times = draw(st.permutations(range(len(cast))))
    votes: Votes = {}
    for (demand, party, value), time in zip(cast, times, strict=True):
        votes.setdefault(demand, {})[party] = Ballot(value, (time,))
    return asked, links, votes


@given(lineages())
def test_the_votes_that_count_are_those_that_a_slow_walk_finds(
    world: tuple[set[int], list[tuple[int, int]], Votes],
) -> None:
    asked, links, votes = world
    found = effective(asked, links, votes)
    assert found.keys() == asked
    for demand in asked:
        wanted = {party: slow(demand, party, links, votes) for party in "ABC"}
        assert found[demand] == {party: ballot for party, ballot in wanted.items() if ballot is not None}


@given(lineages())
def test_every_vote_counts_for_one_demand_at_most(
    world: tuple[set[int], list[tuple[int, int]], Votes],
) -> None:
    asked, links, votes = world
    counted = [
        ballot.order for ballots in effective(asked, links, votes).values() for ballot in ballots.values()
    ]
    assert len(counted) == len(set(counted))


def test_the_vote_nearest_to_the_demand_counts_even_where_it_is_older() -> None:
    votes = {1: {"A": Ballot(1, (9,))}, 2: {"A": Ballot(-1, (5,))}}
    assert effective({3}, [(1, 2), (2, 3)], votes)[3]["A"].value == -1


def test_of_two_demands_that_were_merged_into_a_third_the_later_vote_counts() -> None:
    votes = {1: {"A": Ballot(1, (1,))}, 2: {"A": Ballot(-1, (2,)), "B": Ballot(0, (1,))}}
    found = effective({3}, [(1, 3), (2, 3)], votes)[3]
    assert {party: ballot.value for party, ballot in found.items()} == {"A": -1, "B": 0}


def test_a_very_long_line_of_rewordings_is_followed_to_its_end() -> None:
    links = [(demand, demand + 1) for demand in range(5_000)]
    assert ancestors({5_000}, links)[0] == 5_000
    assert effective({5_000}, links, {0: {"A": Ballot(1, (0,))}})[5_000]["A"].value == 1
