"""The last vote of each party on each demand, kept in an order that depends on the ids alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from mufakat.opinion.errors import StudyError
from mufakat.opinion.votes import canonical_order, votes_from_events
from tests.opinion.consultations import Events, events, pivot


def test_the_last_vote_by_time_wins_whatever_the_order_of_the_rows() -> None:
    rows = [(0, 0, 1, 30), (0, 0, -1, 10), (0, 0, 0, 20)]
    votes, superseded = Events(("p",), ("s",), tuple(rows)).read()
    assert pivot(votes) == {("p", "s"): 1}
    assert superseded == 2


def test_of_equal_times_the_later_row_wins() -> None:
    votes, superseded = Events(("p",), ("s",), ((0, 0, 1, 5), (0, 0, -1, 5), (0, 0, 1, 4))).read()
    assert pivot(votes) == {("p", "s"): -1}
    assert superseded == 2


def test_without_times_the_later_row_wins() -> None:
    votes = Events(("p",), ("s",), ((0, 0, 1, 9), (0, 0, 0, 1))).votes(timed=False)
    assert pivot(votes) == {("p", "s"): 0}


@given(events())
def test_every_last_vote_is_kept_and_nothing_else(drawn: Events) -> None:
    votes, superseded = drawn.read()
    assert pivot(votes) == drawn.last()
    assert superseded == len(drawn.rows) - len(votes)
    assert sorted(votes.parties) == sorted(drawn.parties)
    assert sorted(votes.demands) == sorted(drawn.demands)


def test_a_pass_is_a_vote_and_is_kept_in_sparse_rows() -> None:
    votes = Events(("p", "q"), ("s", "t"), ((0, 0, 0, 0), (1, 1, 1, 0))).votes()
    assert len(votes) == 2
    assert votes.cast.tolist() == [1, 1]
    assert votes.rows(0, 2).nnz == 2
    assert votes.rows(0, 1).data.tolist() == [0]


def test_parties_and_demands_without_votes_stay() -> None:
    votes = Events(("p", "q", "r"), ("s", "t"), ((1, 1, -1, 0),)).votes()
    assert votes.parties == ["p", "q", "r"]
    assert votes.demands == ["s", "t"]
    assert votes.start.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["10", "9", "0"], ["0", "9", "10"]),
        (["10", "9", "a"], ["10", "9", "a"]),
        (["10", "9", "007"], ["007", "10", "9"]),
        (["10", "9", "٣"], ["10", "9", "٣"]),
        (["20000000000000000000", "3"], ["3", "20000000000000000000"]),
        (["b", "", "a"], ["", "a", "b"]),
        ([], []),
    ],
)
def test_ids_are_ordered_as_numbers_where_all_are_numbers(ids: list[str], expected: list[str]) -> None:
    assert [ids[i] for i in canonical_order(ids)] == expected


def test_a_weight_stays_with_its_vote() -> None:
    votes, _ = votes_from_events(
        parties=["b", "a"],
        demands=["t", "s"],
        party=np.array([0, 1, 0, 0]),
        demand=np.array([0, 0, 1, 0]),
        value=np.array([1, 0, -1, -1], dtype=np.int8),
        time=np.array([2, 1, 1, 3]),
        weight=np.array([2.0, 3.0, 5.0, 7.0]),
    )
    assert votes.weight is not None
    assert votes.parties == ["a", "b"]
    assert votes.demands == ["s", "t"]
    assert list(zip(votes.demand.tolist(), votes.value.tolist(), votes.weight.tolist(), strict=True)) == [
        (1, 0, 3.0),
        (0, -1, 5.0),
        (1, -1, 7.0),
    ]


def test_a_value_that_is_no_vote_is_refused_by_name() -> None:
    with pytest.raises(StudyError, match=r"vote 2 is not one of -1 .* 0 .* 1"):
        Events(("p",), ("s",), ((0, 0, 1, 0), (0, 0, 2, 0))).read()


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_a_weight_that_is_no_weight_is_refused(weight: float) -> None:
    with pytest.raises(StudyError, match="weight"):
        votes_from_events(
            parties=["p"],
            demands=["s"],
            party=np.array([0]),
            demand=np.array([0]),
            value=np.array([1], dtype=np.int8),
            weight=np.array([weight]),
        )


def test_chosen_parties_keep_their_votes_over_the_same_demands() -> None:
    drawn = Events(("p", "q", "r"), ("s", "t"), ((0, 0, 1, 0), (1, 1, -1, 0), (2, 0, 0, 0), (2, 1, 1, 0)))
    chosen = drawn.votes().of(np.array([0, 2]))
    assert chosen.parties == ["p", "r"]
    assert chosen.demands == ["s", "t"]
    assert pivot(chosen) == {("p", "s"): 1, ("r", "s"): 0, ("r", "t"): 1}
