from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import hypergeom

from mufakat.opinion.discovery import false_discovery
from mufakat.opinion.errors import StudyError
from mufakat.opinion.held_out import held_out_counts
from mufakat.opinion.moments import moments_of
from mufakat.opinion.representative import EXACT_UP_TO, larger_share, representative
from mufakat.opinion.votes import Votes, votes_from_events

Labels = NDArray[np.int64]


def one(successes: int, trials: int, others: int, other_trials: int) -> float:
    """The p-value of a single table."""
    return float(
        larger_share(np.array([successes]), np.array([trials]), np.array([others]), np.array([other_trials]))[
            0
        ]
    )


def test_a_small_table_has_the_mid_p_of_the_hypergeometric_distribution() -> None:
    expected = hypergeom.sf(7, 30, 14, 10) + hypergeom.pmf(7, 30, 14, 10) / 2
    assert one(7, 10, 7, 20) == pytest.approx(expected, rel=1e-10)


def test_the_score_of_a_large_table_agrees_with_its_exact_tail() -> None:
    exact = hypergeom.sf(150, 1200, 610, 250) + hypergeom.pmf(150, 1200, 610, 250) / 2
    assert one(150, 250, 460, 950) == pytest.approx(exact, rel=0.02)


def test_exact_and_score_meet_at_the_border() -> None:
    smallest = EXACT_UP_TO
    exact = one(65, smallest, 210, 400)
    score = one(66, smallest + 1, 210, 400)
    assert score == pytest.approx(exact, rel=0.25)


@given(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
def test_the_two_directions_of_a_test_add_up_to_one(first: tuple[int, int], second: tuple[int, int]) -> None:
    assert one(*first, *second) + one(*second, *first) == pytest.approx(1, abs=1e-9)


def test_false_discovery_follows_the_worked_ladder() -> None:
    q = false_discovery(np.array([0.04, 0.001, 0.9, 0.02]))
    assert q == pytest.approx([0.04 * 4 / 3, 0.004, 0.9, 0.04])


def test_tests_that_are_not_listed_count_as_made() -> None:
    assert false_discovery(np.array([0.01]), tests=50)[0] == pytest.approx(0.5)
    with pytest.raises(StudyError, match="tests=1 must be at least the 2"):
        false_discovery(np.array([0.1, 0.2]), tests=1)


AGREE = np.array([[45, 10, 25, 0], [5, 12, 24, 0]])
DISAGREE = np.array([[5, 12, 25, 0], [45, 11, 26, 0]])
CAST = np.array([[50, 25, 50, 0], [50, 25, 50, 0]])
DEMANDS = ["1", "2", "3", "4"]


def test_each_group_is_told_by_the_side_it_is_on() -> None:
    found = representative(AGREE, DISAGREE, CAST, groups=["A", "B"], demands=DEMANDS)
    assert [(f.group, f.demand, f.side, f.share, f.rest) for f in found] == [
        ("A", "1", 1, 0.9, 0.1),
        ("B", "1", -1, 0.9, 0.1),
    ]
    assert all(f.p <= f.q <= 0.10 for f in found)


def test_a_sure_but_small_difference_is_not_told() -> None:
    agree = np.array([[52_000], [48_000]])
    cast = np.array([[100_000], [100_000]])
    assert representative(agree, cast - agree, cast, groups=["A", "B"], demands=["1"]) == ()
    told = representative(agree, cast - agree, cast, groups=["A", "B"], demands=["1"], least=0.03)
    assert [(f.group, f.side) for f in told] == [("A", 1), ("B", -1)]


def test_beyond_doubt_the_larger_difference_comes_first() -> None:
    agree = np.array([[900, 95], [500, 20]])
    cast = np.array([[1000, 100], [1000, 100]])
    found = representative(agree, cast - agree, cast, groups=["A", "B"], demands=["many", "far"])
    assert [f.demand for f in found if f.group == "A"] == ["far", "many"]


def test_hidden_demands_are_neither_told_nor_tested() -> None:
    hidden = np.array([True, False, False, False])
    assert representative(AGREE, DISAGREE, CAST, groups=["A", "B"], demands=DEMANDS, hidden=hidden) == ()


def test_one_group_has_nobody_to_differ_from() -> None:
    assert representative(AGREE[:1], DISAGREE[:1], CAST[:1], groups=["A"], demands=DEMANDS) == ()


@given(st.permutations(range(4)))
def test_the_order_of_the_demands_changes_nothing(order: list[int]) -> None:
    at = np.array(order)
    found = representative(
        AGREE[:, at], DISAGREE[:, at], CAST[:, at], groups=["A", "B"], demands=[DEMANDS[i] for i in order]
    )
    assert found == representative(AGREE, DISAGREE, CAST, groups=["A", "B"], demands=DEMANDS)


def test_counts_that_cannot_be_are_refused_by_name() -> None:
    with pytest.raises(StudyError, match="group B, demand 2: 60 agree"):
        representative(np.where(AGREE == 12, 60, AGREE), DISAGREE, CAST, groups=["A", "B"], demands=DEMANDS)
    with pytest.raises(StudyError, match="rate=1"):
        representative(AGREE, DISAGREE, CAST, groups=["A", "B"], demands=DEMANDS, rate=1)


def two_groups(random: np.random.Generator, parties: int, telling: int, null: int) -> tuple[Votes, Labels]:
    """Two planted groups that differ on the first demands alone; half of the votes are cast."""
    group = random.integers(2, size=parties)
    demands = telling + null
    logit = np.tile(random.normal(0.3, 0.8, demands), (2, 1))
    logit[:, :telling] += random.normal(0, 1.2, (2, telling))
    value = np.where(random.random((parties, demands)) < 1 / (1 + np.exp(-logit[group])), 1, -1)
    party, demand = np.nonzero(random.random((parties, demands)) < 0.5)
    votes, _ = votes_from_events(
        parties=[str(i) for i in range(parties)],
        demands=[str(i) for i in range(demands)],
        party=party,
        demand=demand,
        value=value[party, demand].astype(np.int8),
    )
    return votes, group


def found_groups(votes: Votes) -> Labels:
    """Two groups by the sign of the first principal component of the centred votes."""
    dense = np.zeros((len(votes.parties), len(votes.demands)))
    party = np.repeat(np.arange(len(votes.parties)), votes.cast)
    dense[party, votes.demand] = votes.value - moments_of(votes).mean[votes.demand]
    first = np.linalg.svd(dense, full_matrices=False)[2][0]
    return np.asarray(dense @ first > 0, dtype=np.int64)


def test_groups_found_from_the_same_votes_make_few_false_discoveries() -> None:
    """Half of the demands tell nothing; plain counting calls a third of what it finds falsely."""
    proportions: dict[str, list[float]] = {"plain": [], "held out": []}
    for seed in range(20):
        votes, _ = two_groups(np.random.default_rng(seed), parties=150, telling=30, null=30)
        group = found_groups(votes)
        moments = moments_of(votes)
        held = held_out_counts(votes, moments, group, groups=2, axes=1)
        one_fold = [moments_of(votes.of(np.flatnonzero(group == g))) for g in (0, 1)]
        plain = tuple(np.stack([getattr(m, n) for m in one_fold]) for n in ("agree", "disagree", "cast"))
        for name, counts in (("plain", plain), ("held out", (held.agree, held.disagree, held.cast))):
            found = representative(*counts, groups=["A", "B"], demands=votes.demands, most=60)
            false = sum(int(f.demand) >= 30 for f in found)
            proportions[name].append(false / max(len(found), 1))
    assert np.mean(proportions["plain"]) > 0.2
    assert np.mean(proportions["held out"]) <= 0.10


def test_held_out_counts_keep_what_planted_groups_differ_on() -> None:
    votes, planted = two_groups(np.random.default_rng(3), parties=400, telling=40, null=20)
    held = held_out_counts(votes, moments_of(votes), planted, groups=2, axes=1)
    found = representative(held.agree, held.disagree, held.cast, groups=["A", "B"], demands=votes.demands)
    assert len(found) == 10
    assert all(int(f.demand) < 40 for f in found)
    assert held.cast.sum(axis=0) == pytest.approx(moments_of(votes).cast)


def test_more_parties_than_are_needed_are_thinned_evenly() -> None:
    votes, planted = two_groups(np.random.default_rng(3), parties=400, telling=20, null=0)
    held = held_out_counts(votes, moments_of(votes), planted, groups=2, axes=1, most_parties=100)
    assert held.parties == 100
    assert held.cast.sum() == votes.of(np.arange(100) * 4).cast.sum()


def test_a_group_out_of_range_is_named() -> None:
    votes, planted = two_groups(np.random.default_rng(3), parties=10, telling=4, null=0)
    planted[7] = 5
    with pytest.raises(StudyError, match="party 7 is in group 5; groups are 0 to 1"):
        held_out_counts(votes, moments_of(votes), planted, groups=2, axes=1)
