from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mufakat.opinion.errors import StudyError
from mufakat.opinion.integrity import integrity
from mufakat.opinion.margins import answer_rates
from mufakat.opinion.reading.read import read_votes
from mufakat.opinion.signatures import WINDOW, bands, candidate_pairs, signatures
from mufakat.opinion.straight import straight_liners
from mufakat.opinion.votes import Votes, votes_from_events

Table = NDArray[np.int8]
ABSENT = 9


def votes_of(table: Table) -> Votes:
    """The votes of a table of parties by demands in which 9 is absent."""
    party, demand = np.nonzero(table != ABSENT)
    votes, _ = votes_from_events(
        parties=[str(i) for i in range(table.shape[0])],
        demands=[str(i) for i in range(table.shape[1])],
        party=party,
        demand=demand,
        value=table[party, demand],
    )
    return votes


def honest(
    seed: int, parties: int, demands: int, cast: float, readiness: float = 0.7
) -> tuple[Table, NDArray[np.int64]]:
    """Votes of three groups whose members differ in readiness to agree, and who is in which group."""
    random = np.random.default_rng(seed)
    group = random.integers(3, size=parties)
    logit = random.normal(0.3, 0.8, demands) + random.normal(0, 1, (3, demands))
    agrees = random.random((parties, demands)) < 1 / (
        1 + np.exp(-logit[group] - random.normal(0, readiness, (parties, 1)))
    )
    table = np.where(agrees, 1, -1).astype(np.int8)
    table[random.random(table.shape) < 0.15] = 0
    table[random.random(table.shape) >= cast] = ABSENT
    return table, group


@pytest.mark.parametrize(("parties", "demands", "cast"), [(60, 40, 0.8), (300, 100, 0.6), (600, 60, 1.0)])
def test_honest_votes_raise_no_alarm(parties: int, demands: int, cast: float) -> None:
    for seed in range(5):
        table, group = honest(seed, parties, demands, cast)
        found = integrity(votes_of(table), group, groups=3)
        assert (found.straight, found.alike) == ((), ())


def test_who_answers_everything_alike_is_named_with_the_answer_and_the_votes() -> None:
    table, _ = honest(1, 200, 60, 1.0)
    for party, answer in ((3, 1), (50, -1), (120, 0)):
        table[party] = answer
    assert integrity(votes_of(table)).straight == (("3", 1, 60), ("50", -1, 60), ("120", 0, 60))


def test_agreeing_with_a_few_popular_demands_is_not_straight_lining() -> None:
    table, _ = honest(1, 200, 60, 1.0)
    popular = np.argsort((table == 1).sum(axis=0))[-4:]
    table[7] = ABSENT
    table[7, popular] = 1
    assert integrity(votes_of(table)).straight == ()


def test_readiness_that_differs_among_honest_parties_is_measured() -> None:
    seen = [
        straight_liners(votes_of(honest(4, 2000, 80, 0.8, readiness)[0])).readiness[2]
        for readiness in (0.0, 0.7, 1.4)
    ]
    assert seen[0] < 0.3 < seen[1] < 0.7 < seen[2] < 1.4


def test_a_near_copy_is_named_with_what_it_shares() -> None:
    table, group = honest(2, 300, 100, 0.6)
    table[290] = table[11]
    changed = np.flatnonzero(table[290] != ABSENT)[:2]
    table[290, changed] = np.where(table[290, changed] == 1, -1, 1)
    table[290, np.flatnonzero(table[290] != ABSENT)[5]] = ABSENT
    found = integrity(votes_of(table), group, groups=3).alike
    common = int((table[290] != ABSENT).sum())
    assert found == (("11", "290", common, (common - 2) / common),)


def test_a_crowd_of_copies_does_not_hide_in_a_group_of_its_own() -> None:
    table, group = honest(3, 300, 100, 0.9)
    table[240:] = table[5]
    group[240:] = 3
    found = integrity(votes_of(table), group, groups=4).alike
    assert {int(second) for _, second, _, _ in found} == set(range(240, 300))
    assert len(found) == 60


def test_straight_liners_are_not_named_again_as_copies_of_each_other() -> None:
    table, group = honest(1, 200, 60, 1.0)
    table[10:14] = 1
    found = integrity(votes_of(table), group, groups=3)
    assert [party for party, _, _ in found.straight] == ["10", "11", "12", "13"]
    assert found.alike == ()


def test_a_full_bucket_costs_a_window_and_not_its_square() -> None:
    table, _ = honest(3, 400, 30, 1.0)
    table[:] = table[0]
    signed = signatures(votes_of(table), np.arange(400))
    pairs = candidate_pairs(signed, bands(signed), alike=12)
    assert len(pairs) == sum(400 - step for step in range(1, WINDOW + 1))
    assert set(pairs.ravel()) == set(range(400))


def test_first_tokens_are_shared_in_proportion_to_what_is_shared() -> None:
    """The mean share over many pairs estimates the Jaccard similarity."""
    random = np.random.default_rng(0)
    table = np.full((400, 80), ABSENT, dtype=np.int8)
    estimates, truths = [], []
    for i in range(0, 400, 2):
        table[i] = random.choice([-1, 0, 1], 80)
        table[i + 1] = np.where(random.random(80) < 0.8, table[i], ABSENT)
    signed = signatures(votes_of(table), np.arange(400))
    for i in range(0, 400, 2):
        estimates.append((signed[i] == signed[i + 1]).mean())
        truths.append((table[i + 1] != ABSENT).sum() / 80)
    assert np.mean(estimates) == pytest.approx(np.mean(truths), abs=0.02)


def test_the_threads_change_nothing() -> None:
    table, group = honest(2, 3000, 100, 0.5)
    table[2990:] = table[:10]
    votes = votes_of(table)
    assert integrity(votes, group, groups=3, threads=1) == integrity(votes, group, groups=3, threads=3)


@given(st.permutations(range(12)))
def test_the_order_of_the_rows_changes_nothing(order: list[int]) -> None:
    table, _ = honest(5, 12, 60, 1.0)
    table[4], table[9] = 1, table[2]
    party, demand = np.nonzero(table != ABSENT)
    shuffled = np.argsort(np.array(order)[party], kind="stable")
    votes, _ = votes_from_events(
        parties=[str(i) for i in range(12)],
        demands=[str(i) for i in range(60)],
        party=party[shuffled],
        demand=demand[shuffled],
        value=table[party, demand][shuffled],
    )
    found = integrity(votes)
    assert found == integrity(votes_of(table))
    assert [party for party, _, _ in found.straight] == ["4"]
    assert [pair[:2] for pair in found.alike] == [("2", "9")]


@pytest.mark.parametrize("table", [np.full((3, 4), ABSENT), np.full((1, 4), 1), np.full((5, 1), 0)])
def test_too_few_votes_raise_no_alarm(table: NDArray[np.int64]) -> None:
    found = integrity(votes_of(table.astype(np.int8)))
    assert (found.straight, found.alike) == ((), ())


def test_rates_are_never_certain_and_sum_to_one() -> None:
    table, group = honest(5, 30, 8, 0.3)
    table[:, 7] = ABSENT
    rates = answer_rates(votes_of(table), group, groups=4)
    assert rates.sum(axis=2) == pytest.approx(np.ones((4, 8)))
    assert (rates > 0).all()
    assert rates[:, 7] == pytest.approx(np.full((4, 3), 1 / 3))


def test_options_out_of_range_are_refused_by_name() -> None:
    votes = votes_of(honest(5, 12, 60, 1.0)[0])
    with pytest.raises(StudyError, match="rate=0"):
        integrity(votes, rate=0)
    with pytest.raises(StudyError, match="groups must be 0 to 1, not 0 to 3"):
        integrity(votes, np.arange(12) % 4, groups=2)
    with pytest.raises(StudyError, match="but there are 12 parties"):
        integrity(votes, np.zeros(5, dtype=int))


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "straight"),
    [
        ("scoop-hivemind.biodiversity", (("405", 0, 119),)),
        ("canadian-electoral-reform", ()),
        ("london.youth.policing", ()),
    ],
)
def test_real_conversations_raise_at_most_the_alarm_that_is_true(
    shared_data: Path, name: str, straight: tuple[tuple[str, int, int], ...]
) -> None:
    found = integrity(read_votes(shared_data / "polis" / name).votes)
    assert found.straight == straight
    assert found.alike == ()
