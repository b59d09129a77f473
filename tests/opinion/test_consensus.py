from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from bench.intervals import World, measure
from hypothesis import given
from hypothesis import strategies as st

from mufakat.opinion.consensus import (
    Consensus,
    FamilyCounts,
    consensus,
    consensus_of_counts,
)
from mufakat.opinion.constituencies import Family
from mufakat.opinion.errors import StudyError
from mufakat.opinion.result import EVERYONE, EVERYONE_FAMILY, State
from mufakat.opinion.tally import Tally
from mufakat.opinion.votes import Votes, votes_from_events


def counts_of(
    agree: Sequence[Sequence[float]],
    cast: Sequence[Sequence[float]],
    *,
    declared: Sequence[int] | None = None,
    family: str = "region",
) -> FamilyCounts:
    """A family of constituencies a, b, c...; every one has as many parties as voted, unless declared."""
    voted = np.array(cast, dtype=np.float64)
    return FamilyCounts(
        family=family,
        constituencies=tuple("abcdefgh"[: len(voted)]),
        votes=Tally(np.array(agree, dtype=np.float64), voted, voted),
        declared=np.array(declared) if declared is not None else voted.max(axis=1).astype(np.int64),
    )


def state_of(
    agree: Sequence[float], cast: Sequence[float], *, declared: Sequence[int] | None = None
) -> State:
    """The state of one demand with these votes in each constituency."""
    return consensus_of_counts(
        [counts_of([[a] for a in agree], [[n] for n in cast], declared=declared)]
    ).state[0]


def drawn(seed: int, parties: int, demands: int) -> tuple[Votes, list[Family]]:
    random = np.random.default_rng(seed)
    party, demand = np.nonzero(random.random((parties, demands)) < 0.6)
    leaning = random.uniform(0.2, 1, size=demands)
    votes, _ = votes_from_events(
        parties=[f"p{p}" for p in range(parties)],
        demands=[f"s{s}" for s in range(demands)],
        party=party,
        demand=demand,
        value=np.where(random.random(len(party)) < leaning[demand], 1, -1).astype(np.int8),
    )
    families = [
        Family(name, tuple("abc"), random.integers(0, 3, size=parties).astype(np.int32))
        for name in ("kind", "region")
    ]
    return votes, families


def test_a_demand_that_every_constituency_carries_holds_everywhere() -> None:
    assert state_of([80, 75, 9], [100, 90, 10]) is State.EVERYWHERE


def test_one_constituency_against_it_makes_a_demand_contested() -> None:
    assert state_of([800, 750, 10], [1000, 900, 60]) is State.CONTESTED


def test_a_constituency_known_to_be_split_makes_a_demand_contested() -> None:
    assert state_of([800, 750, 150], [1000, 900, 300]) is State.CONTESTED


def test_a_constituency_that_leans_neither_way_on_few_votes_is_not_heard_enough() -> None:
    assert state_of([60, 5], [100, 10]) is State.UNHEARD


def test_two_of_three_parties_do_not_speak_for_the_third() -> None:
    assert state_of([90, 95, 2], [100, 100, 2], declared=[100, 100, 3]) is State.UNHEARD
    assert state_of([90, 95, 3], [100, 100, 3], declared=[100, 100, 3]) is State.EVERYWHERE


def test_a_constituency_of_two_is_heard_when_both_voted() -> None:
    assert state_of([90, 95, 2], [100, 100, 2], declared=[100, 100, 2]) is State.EVERYWHERE
    assert state_of([90, 95, 1], [100, 100, 1], declared=[100, 100, 2]) is State.UNHEARD


def test_a_constituency_that_nobody_came_from_is_not_taken_to_agree() -> None:
    assert state_of([90, 95, 0], [100, 100, 0], declared=[100, 100, 0]) is State.UNHEARD


def test_a_constituency_that_was_not_heard_cannot_contest() -> None:
    """What its family lets one expect of it is no vote of its own."""
    found = consensus_of_counts([counts_of([[48], [0]], [[60], [2]], declared=[60, 5])])
    assert found.state == (State.UNHEARD,)


def test_a_pass_is_heard_and_does_not_agree() -> None:
    votes, _ = votes_from_events(
        parties=[str(p) for p in range(200)],
        demands=["1"],
        party=np.arange(200),
        demand=np.zeros(200, dtype=np.int64),
        value=np.repeat(np.array([1, 0], dtype=np.int8), 100),
    )
    found = consensus(votes, [])
    assert found.state == (State.CONTESTED,)
    assert found.standings(0)[0].n == 200


def test_many_constituencies_that_are_each_nearly_sure_are_together_not_sure() -> None:
    """Every lower bound is above one half, and yet one of eight may well not carry the first demand."""
    agree, cast = np.tile([60.0, 95.0, 20.0], (8, 1)).tolist(), np.full((8, 3), 100.0).tolist()
    found = consensus_of_counts([counts_of(agree, cast)], split_width=0)
    assert found.score[0] > 0.5
    assert found.doubt[0] > 0.05
    assert found.state[:2] == (State.UNHEARD, State.EVERYWHERE)


def test_without_families_the_whole_set_of_parties_is_asked() -> None:
    votes, _ = drawn(1, 40, 3)
    found = consensus(votes, [])
    assert [family.counts.family for family in found.families] == [EVERYONE_FAMILY]
    assert found.binding == ((EVERYONE_FAMILY, EVERYONE),) * 3
    assert found.standings(0)[0].n == float((votes.demand == 0).sum())


def test_all_parties_are_asked_beside_declared_families() -> None:
    votes, families = drawn(1, 40, 3)
    names = [family.counts.family for family in consensus(votes, families).families]
    assert names == [EVERYONE_FAMILY, "kind", "region"]


def test_declared_parties_that_never_voted_keep_a_constituency_from_being_heard() -> None:
    parties = [str(p) for p in range(32)]
    votes, _ = votes_from_events(
        parties=parties,
        demands=["1"],
        party=np.arange(32),
        demand=np.zeros(32, dtype=np.int64),
        value=np.ones(32, dtype=np.int8),
    )
    member = np.array([0] * 30 + [1] * 2, dtype=np.int32)
    family = Family("region", ("large", "small"), member)
    assert consensus(votes, [family]).state == (State.EVERYWHERE,)
    more = consensus(votes, [family], declared={"region": np.array([30, 5])})
    assert more.state == (State.UNHEARD,)


def test_a_demand_nobody_voted_on_is_not_heard_enough_and_scores_what_may_be_expected() -> None:
    found = consensus_of_counts([counts_of([[0, 80], [0, 70]], [[0, 100], [0, 90]])])
    assert found.state[0] is State.UNHEARD
    assert 0 < found.score[0] < 0.2


def test_the_lowest_lower_bound_is_the_score_and_its_constituency_binds() -> None:
    found = consensus_of_counts([counts_of([[90], [60], [80]], [[100], [100], [100]])])
    low = found.families[0].pooled.low[:, 0]
    assert found.score[0] == low.min() == low[1]
    assert found.binding == (("region", "b"),)


@given(st.integers(0, 10**6))
def test_the_order_of_parties_demands_and_families_changes_nothing(seed: int) -> None:
    votes, families = drawn(seed, 30, 5)
    random = np.random.default_rng(seed)
    order = random.permutation(len(votes.parties))
    lengths = votes.cast[order]
    start = np.concatenate([[0], np.cumsum(lengths)])
    source = np.repeat(votes.start[order] - start[:-1], lengths) + np.arange(start[-1])
    rank = random.permutation(len(votes.demands))
    mixed = Votes(
        parties=[votes.parties[p] for p in order],
        demands=[votes.demands[s] for s in np.argsort(rank)],
        start=start,
        demand=rank[votes.demand[source]].astype(np.uint16),
        value=votes.value[source],
    )
    turned = [Family(f.name, f.constituencies, f.member[order]) for f in families[::-1]]
    one, other = consensus(votes, families), consensus(mixed, turned)
    for s, to in enumerate(rank):
        assert one.state[s] is other.state[to]
        assert one.binding[s] == other.binding[to]
        assert one.score[s] == pytest.approx(other.score[to], abs=1e-10)


@given(st.integers(0, 10**6))
def test_a_demand_that_holds_everywhere_is_carried_by_every_interval(seed: int) -> None:
    found = consensus(*drawn(seed, 60, 8))
    for s, state in enumerate(found.state):
        if state is State.EVERYWHERE:
            assert found.score[s] > 0.5
            assert min(standing.n for standing in found.standings(s)) >= 1


def test_weighted_votes_are_judged_by_their_effective_number() -> None:
    votes, _ = drawn(3, 80, 4)
    weight = np.random.default_rng(1).uniform(0.1, 3, size=len(votes))
    heavy = Votes(votes.parties, votes.demands, votes.start, votes.demand, votes.value, weight)
    plain, weighted = consensus(votes, []).families[0], consensus(heavy, []).families[0]
    assert (weighted.n < plain.n).all()
    np.testing.assert_array_equal(weighted.counts.votes.voters, plain.n)


def refused(**options: float) -> Consensus:
    return consensus_of_counts([counts_of([[3]], [[4]])], **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"threshold": 1.0}, "threshold=1.0 must lie between 0 and 1"),
        ({"level": 0.0}, "level=0.0 must lie between 0 and 1"),
        ({"split_width": -0.1}, "split_width=-0.1 must lie from 0 to 1"),
    ],
)
def test_an_option_out_of_range_is_refused(options: dict[str, float], message: str) -> None:
    with pytest.raises(StudyError, match=message):
        refused(**options)


def test_two_families_of_one_name_are_refused() -> None:
    with pytest.raises(StudyError, match="two families are named 'region'"):
        consensus_of_counts([counts_of([[3]], [[4]]), counts_of([[3]], [[4]])])


def test_families_over_different_demands_are_refused() -> None:
    with pytest.raises(StudyError, match=r"family 'kind' has counts of shape \(1, 2\): \(1, 1\) is needed"):
        consensus_of_counts([counts_of([[3]], [[4]]), counts_of([[3, 1]], [[4, 4]], family="kind")])


def test_sizes_for_other_constituencies_are_refused() -> None:
    with pytest.raises(StudyError, match="family 'region' has 1 constituencies"):
        consensus_of_counts([counts_of([[3]], [[4]], declared=[4, 4])])


def test_no_constituency_at_all_is_refused() -> None:
    with pytest.raises(StudyError, match="consensus is asked of no constituency"):
        consensus_of_counts([])


@pytest.mark.parametrize(
    "world",
    [
        World("one of each size", demands=2500),
        World("two families that cross", regions=4, demands=2500),
        World("two camps", camps=3.0, spreads=(0.4,), demands=2500),
    ],
    ids=lambda world: world.name,
)
def test_intervals_cover_the_truth_in_every_size_and_consensus_is_rarely_wrong(world: World) -> None:
    """The bounds that were promised; `bench/intervals.py` measures them at length."""
    found = measure(world, seed=20)
    assert all(0.87 <= covered <= 0.93 for covered in found.covered.values()), found.covered
    assert found.holds > 30
    assert found.wrong <= 0.05 * found.holds
