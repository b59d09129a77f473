"""The Polis reading on cases small enough to work out by hand, and its laws."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mufakat.opinion.axes import principal_axes
from mufakat.opinion.errors import StudyError
from mufakat.opinion.moments import moments_of
from mufakat.opinion.polis import PolisReading, as_json, polis_reading, render_text
from mufakat.opinion.polis.clusters import BaseClusters, base_clusters, groups_of, k_means, silhouette
from mufakat.opinion.polis.positions import demand_positions, parties_in_the_map, party_positions
from mufakat.opinion.polis.representative import representative_demands, two_proportions_test
from mufakat.opinion.polis.scores import (
    GroupVotes,
    group_aware_consensus,
    group_votes,
    majority_consensus,
    proportion_test,
    routing_priorities,
)
from mufakat.opinion.votes import Votes, votes_from_events
from tests.opinion.golden import votes_of

ROOT = Path(__file__).resolve().parents[2]
AGREES_WITH_THE_FIRST_FOUR = (1, 1, 1, 1, -1, -1, -1, -1)


def votes_from_rows(*rows: Sequence[int | None]) -> Votes:
    """Parties 0, 1, ... and demands 0, 1, ..., one row a party; None is a demand that it did not vote on."""
    return votes_of(
        [(str(p), str(s), v, 0) for p, row in enumerate(rows) for s, v in enumerate(row) if v is not None]
    )


def two_camps() -> Votes:
    """Ten parties agree with four demands and not with four others, six the opposite; one pass each."""
    rows: list[list[int | None]] = []
    for p in range(16):
        sign = 1 if p < 10 else -1
        row: list[int | None] = [sign * vote for vote in AGREES_WITH_THE_FIRST_FOUR]
        row[p % 8] = 0
        rows.append(row)
    return votes_from_rows(*rows)


def counts(agree: list[list[int]], disagree: list[list[int]], cast: list[list[int]]) -> GroupVotes:
    return GroupVotes(agree=np.array(agree), disagree=np.array(disagree), cast=np.array(cast))


def nothing_hidden(size: int) -> NDArray[np.bool_]:
    return np.zeros(size, dtype=bool)


# Positions


def test_a_party_is_stretched_for_the_votes_it_did_not_cast() -> None:
    votes = votes_from_rows([1, 0, None], [None, None, -1])
    at = party_positions(
        votes,
        np.array([0.5, -0.25, 0.2]),
        np.array([[0.6, 0.0], [0.8, 0.0], [0.0, 1.0]]),
        hidden=nothing_hidden(3),
        voted=np.ones(3, dtype=bool),
    )
    # (1 - 0.5) * 0.6 + (0 + 0.25) * 0.8 = 0.5 from two votes of three; -1 - 0.2 from one vote of three
    np.testing.assert_allclose(at, [[sqrt(3 / 2) * 0.5, 0], [0, sqrt(3) * -1.2]], atol=1e-15)


def test_a_hidden_demand_moves_nobody_and_counts_as_cast_by_everyone() -> None:
    votes = votes_from_rows([1, 0, None], [None, None, -1])
    at = party_positions(
        votes,
        np.array([0.5, -0.25, 0.0]),
        np.array([[0.6, 0.0], [0.8, 0.0], [0.0, 1.0]]),
        hidden=np.array([False, False, True]),
        voted=np.ones(3, dtype=bool),
    )
    np.testing.assert_allclose(at, [[0.5, 0], [0, 0]], atol=1e-15)


def test_a_demand_stands_where_one_who_agreed_with_it_alone_would() -> None:
    at = demand_positions(np.array([0.5, -1.0]), np.array([[0.6, 0.8], [0.8, -0.6]]), demands=4)
    np.testing.assert_allclose(at, [[0.6, 0.8], [3.2, -2.4]], atol=1e-15)


def test_a_demand_nobody_voted_on_changes_no_position() -> None:
    rows = np.random.default_rng(5).integers(-1, 2, size=(30, 8)).tolist()
    votes = votes_from_rows(*rows)
    more = Votes(votes.parties, [*votes.demands, "8"], votes.start, votes.demand, votes.value)
    without, with_it = polis_reading(votes), polis_reading(more)
    np.testing.assert_allclose(with_it.positions, without.positions, atol=1e-12)
    np.testing.assert_array_equal(with_it.membership, without.membership)
    assert with_it.extremity[8] == 0


def test_seven_votes_bring_a_party_into_the_map() -> None:
    cast = np.array([6, 7, 8] + [20] * 14)
    assert parties_in_the_map(cast, demands=30).tolist() == [False] + [True] * 16


def test_with_fewer_than_seven_demands_those_who_voted_on_all_are_in_the_map() -> None:
    cast = np.array([3] * 15 + [2])
    assert parties_in_the_map(cast, demands=3).tolist() == [True] * 15 + [False]


def test_the_map_is_filled_up_to_fifteen_with_the_most_active() -> None:
    cast = np.array([1, 2, 6, 5, 2] + [9] * 11)
    assert np.flatnonzero(parties_in_the_map(cast, demands=30)).tolist() == [1, 2, 3, 4, *range(5, 16)]
    cast = np.array([1, 2, 6, 5, 2] + [9] * 12)  # room for three: of the two equally active, the first
    assert np.flatnonzero(parties_in_the_map(cast, demands=30)).tolist() == [1, 2, 3, *range(5, 17)]


# Groups


def test_k_means_starts_from_the_first_distinct_points() -> None:
    points = np.array([[0.0, 0], [0, 0], [10, 0], [1, 0], [9, 0]])
    assert k_means(points, 2, rounds=20).tolist() == [0, 0, 1, 0, 1]
    assert k_means(points[::-1].copy(), 2, rounds=20).tolist() == [0, 1, 0, 1, 1]


def test_k_means_finds_no_more_clusters_than_distinct_points() -> None:
    assert k_means(np.array([[1.0, 1], [1, 1], [2, 2]]), 5, rounds=20).tolist() == [0, 0, 1]
    assert k_means(np.empty((0, 2)), 2, rounds=20).tolist() == []


def test_heavy_points_draw_the_centre() -> None:
    points = np.array([[0.0, 0], [10, 0], [4, 0], [5.5, 0]])
    assert k_means(points, 2, rounds=20).tolist() == [0, 1, 0, 1]
    heavy = np.array([1.0, 1, 1, 1000])
    assert k_means(points, 2, rounds=20, weights=heavy).tolist() == [0, 1, 1, 1]


def test_a_centre_that_moves_less_than_a_hundredth_stands_still() -> None:
    # The first round moves the centres to 0.0075 and 9.995. From there the light point at 5.0005 would be
    # nearer to the other one, but no further round is made.
    points = np.array([[0.0, 0], [10, 0], [0.015, 0], [5.0005, 0]])
    weights = np.array([1.0, 1, 1, 0.001])
    assert k_means(points, 2, rounds=20, weights=weights).tolist() == [0, 1, 0, 1]
    further = np.array([[0.0, 0], [10, 0], [0.03, 0], [5.0005, 0]])
    assert k_means(further, 2, rounds=20, weights=weights).tolist() == [0, 1, 0, 0]


def test_silhouette_by_hand_with_a_point_alone_counting_nothing() -> None:
    points = np.array([[0.0, 0], [1, 0], [10, 0]])
    expected = ((10 - 1) / 10 + (9 - 1) / 9 + 0) / 3
    assert silhouette(points, np.array([0, 0, 1])) == pytest.approx(expected, abs=1e-15)


def test_base_clusters_hold_only_the_parties_in_the_map() -> None:
    positions = np.array([[0.0, 0], [0, 0], [7, 7], [2, 0]])
    base = base_clusters(positions, clustered=np.array([True, True, False, True]))
    assert base.member.tolist() == [0, 0, -1, 1]
    assert base.centre.tolist() == [[0, 0], [2, 0]]
    assert base.size.tolist() == [2, 1]


def test_there_are_at_most_a_hundred_base_clusters() -> None:
    positions = np.random.default_rng(3).normal(size=(400, 2))
    base = base_clusters(positions, clustered=np.ones(400, dtype=bool))
    assert len(base.size) == 100
    assert base.size.sum() == 400
    for b in range(100):
        np.testing.assert_allclose(base.centre[b], positions[base.member == b].mean(axis=0), atol=1e-12)


@pytest.mark.parametrize(("size", "tried"), [(11, [2]), (12, [2, 3]), (24, [2, 3, 4]), (60, [2, 3, 4, 5])])
def test_how_many_groups_are_tried_depends_on_the_base_clusters(size: int, tried: list[int]) -> None:
    centre = np.random.default_rng(size).normal(size=(size, 2))
    base = BaseClusters(np.arange(size, dtype=np.int32), centre, np.ones(size, dtype=np.int64))
    assert list(groups_of(base).silhouette) == tried


def test_the_number_of_groups_with_the_best_silhouette_is_taken() -> None:
    corners = np.array([[0.0, 0], [9, 0], [0, 9]])
    centre = np.concatenate([corners + shift for shift in ([0, 0], [0.1, 0], [0, 0.1], [0.1, 0.1])])
    base = BaseClusters(np.arange(12, dtype=np.int32), centre, np.ones(12, dtype=np.int64))
    grouping = groups_of(base)
    assert grouping.group.tolist() == [0, 1, 2] * 4
    assert grouping.silhouette[3] > 0.97 > grouping.silhouette[2]


def test_base_clusters_weigh_in_a_group_as_many_as_their_members() -> None:
    centre = np.array([[0.0, 0], [10, 0], [4, 0], [5.5, 0]])
    member = np.arange(4, dtype=np.int32)
    assert groups_of(BaseClusters(member, centre, np.array([1, 1, 1, 1]))).group.tolist() == [0, 1, 0, 1]
    assert groups_of(BaseClusters(member, centre, np.array([1, 1, 1, 1000]))).group.tolist() == [0, 1, 1, 1]


def test_parties_that_all_stand_at_one_point_are_one_group() -> None:
    reading = polis_reading(votes_from_rows(*[[1, 1, -1]] * 5))
    assert [group.size for group in reading.groups] == [5]
    assert reading.silhouette == {}
    assert not reading.components.any()


# Scores


def test_votes_are_counted_by_group_and_those_outside_are_left_out() -> None:
    votes = votes_from_rows([1, 0], [1, -1], [-1, None], [1, 1])
    counted = group_votes(votes, np.array([0, 1, 1, -1]), groups=2)
    assert counted.agree.tolist() == [[1, 0], [1, 0]]
    assert counted.disagree.tolist() == [[0, 0], [1, 1]]
    assert counted.cast.tolist() == [[1, 1], [2, 1]]


def test_group_aware_consensus_is_the_product_of_smoothed_shares() -> None:
    score = group_aware_consensus(np.array([[8, 0], [2, 0]]), np.array([[8, 0], [3, 5]]))
    np.testing.assert_allclose(score, [9 / 10 * 3 / 5, 1 / 2 * 1 / 7], atol=1e-15)


def test_a_share_is_tested_with_one_success_added() -> None:
    np.testing.assert_allclose(
        proportion_test(np.array([0, 8, 0]), np.array([0, 8, 8])), [1, 3, 6 * (1 / 9 - 0.5)], atol=1e-15
    )


def test_majorities_need_more_than_half_and_pass_the_test() -> None:
    majority = majority_consensus(
        ["a", "b", "c", "d"],
        agree=np.array([8, 5, 20, 8]),
        disagree=np.array([0, 5, 2, 0]),
        cast=np.array([8, 10, 24, 8]),
        hidden=np.array([False, False, False, True]),
    )
    # c: 21/26 * 10 * (21/25 - 1/2) = 2.746; a: 9/10 * 3 = 2.7; b passes no test; d is hidden
    assert [row.demand for row in majority.agree] == ["c", "a"]
    assert majority.agree[1].p_success == pytest.approx(0.9)
    assert majority.agree[1].p_test == pytest.approx(3)
    assert majority.disagree == ()


def test_priority_by_hand() -> None:
    votes = counts([[3, 0, 1]], [[0, 0, 1]], [[5, 0, 2]])
    found = routing_priorities(votes, np.array([1.0, 0.0, 2.0]), meta=np.array([False, False, True]))
    # 3 agree and 2 pass of 5: (1 - 3/7) * 2 * 4/7 * (1 + 8/2); never asked: 1/2 * 1 * 1/2 * 9; background: 7
    np.testing.assert_allclose(found, [(4 / 7 * 2 * 4 / 7 * 5) ** 2, 2.25**2, 49], atol=1e-12)


# Representative demands


def test_difference_of_two_shares_by_hand() -> None:
    pooled = 14 / 22
    expected = (1 - 3 / 11) / sqrt(pooled * (1 - pooled) * 2 / 11)
    found = two_proportions_test(np.array([10, 4]), np.array([10, 4]), np.array([2, 9]), np.array([10, 9]))
    np.testing.assert_allclose(found, [expected, 0], atol=1e-14)  # where everybody agrees, nothing differs
    assert expected == pytest.approx(3.545621, abs=1e-6)


def test_a_demand_that_only_one_group_agrees_with_represents_it() -> None:
    votes = counts([[10], [2]], [[0], [8]], [[10], [10]])
    ours, theirs = representative_demands(["a"], votes, hidden=nothing_hidden(1))
    (row,) = ours
    assert (row.demand, row.side, row.n_success, row.n_trials, row.best_agree) == ("a", "agree", 10, 10, True)
    assert row.p_success == pytest.approx(11 / 12)
    assert row.p_test == pytest.approx(sqrt(11))
    assert row.repness == pytest.approx((11 / 12) / (3 / 12))
    assert row.repness_test == pytest.approx(3.545621, abs=1e-6)
    (row,) = theirs
    assert (row.side, row.n_success, row.best_agree, row.n_agree) == ("disagree", 8, False, 2)


def test_what_a_group_agrees_with_is_pinned_even_if_it_stands_out_by_disagreeing() -> None:
    votes = counts([[9], [20]], [[1], [0]], [[10], [20]])
    (row,) = representative_demands(["a"], votes, hidden=nothing_hidden(1))[0]
    assert row.best_agree
    assert (row.side, row.n_success, row.n_agree) == ("disagree", 1, 9)


def test_the_pinned_demand_is_replaced_by_share_until_it_is_agreed_with_more_than_elsewhere() -> None:
    # a: all agree, and elsewhere too, so its ratio is below 1. b: its ratio is far above 1, but its share is
    # lower than its, so it does not replace it. c: a higher share than a, so it does. Had b followed c, whose
    # ratio is above 1, its larger product would have won.
    agree = [[10, 9, 12], [30, 0, 10]]
    votes = counts(agree, [[0, 1, 0], [0, 30, 10]], [[10, 10, 12], [30, 30, 20]])
    pinned = [r.demand for r in representative_demands(["a", "b", "c"], votes, hidden=nothing_hidden(3))[0]]
    assert pinned[0] == "c"
    swapped = GroupVotes(votes.agree[:, ::-1], votes.disagree[:, ::-1], votes.cast[:, ::-1])
    pinned = [r.demand for r in representative_demands(["c", "b", "a"], swapped, hidden=nothing_hidden(3))[0]]
    assert pinned[0] == "b"


def test_at_most_five_are_shown_strongest_first_and_agreement_before_disagreement() -> None:
    ours = [20, 0, 19, 1, 18, 2, 17, 10]
    votes = counts(
        [ours, [20 - n for n in ours]],
        [[20 - n for n in ours], ours],
        [[20] * 8, [20] * 8],
    )
    rows = representative_demands(list("abcdefgh"), votes, hidden=nothing_hidden(8))[0]
    assert [(row.demand, row.side) for row in rows] == [
        ("a", "agree"),
        ("c", "agree"),
        ("e", "agree"),
        ("b", "disagree"),
        ("d", "disagree"),
    ]
    assert [row.best_agree for row in rows] == [True, False, False, False, False]


def test_where_nothing_qualifies_the_largest_difference_is_shown() -> None:
    votes = counts([[0, 0], [3, 9]], [[0, 0], [3, 1]], [[4, 4], [10, 10]])
    (row,) = representative_demands(["a", "b"], votes, hidden=nothing_hidden(2))[0]
    # Only passes in this group: it stands out by disagreeing (1/5 against 2/11) least unlike on b.
    assert (row.demand, row.side, row.n_success, row.best_agree) == ("b", "disagree", 0, False)


def test_hidden_demands_and_those_without_votes_never_represent_a_group() -> None:
    votes = counts([[10, 0], [0, 0]], [[0, 0], [10, 0]], [[10, 0], [10, 0]])
    assert representative_demands(["a", "b"], votes, hidden=np.array([True, False])) == ((), ())


# The whole reading


def test_two_camps_are_found_and_told_apart() -> None:
    reading = polis_reading(two_camps())
    assert sorted(group.size for group in reading.groups) == [6, 10]
    assert len(set(reading.membership[:10])) == len(set(reading.membership[10:])) == 1
    assert reading.clustered.all()
    first = reading.groups[reading.membership[0]]
    assert {(row.demand in "0123", row.side) for row in first.representative} <= {
        (True, "agree"),
        (False, "disagree"),
    }
    assert reading.votes.cast.sum() == len(two_camps())
    # Demand 0: 8 of the ten agree and 2 pass; all of the six disagree.
    assert reading.consensus_agree[0] == pytest.approx(9 / 12 * 1 / 8)
    assert reading.consensus_disagree[0] == pytest.approx(1 / 12 * 7 / 8)
    np.testing.assert_allclose(np.linalg.norm(reading.components, axis=0), 1)


def test_given_groups_are_kept_with_their_numbers_and_others_left_out() -> None:
    reading = polis_reading(two_camps(), groups={"0": 7, "1": 7, "15": 3})
    assert [(group.id, group.size) for group in reading.groups] == [(3, 1), (7, 2)]
    assert reading.membership.tolist() == [1, 1, *[-1] * 13, 0]
    assert reading.clustered.sum() == 3
    assert reading.base is None
    assert reading.groups[1].centre == pytest.approx(reading.positions[:2].mean(axis=0))


def test_background_demands_are_hidden_and_first_to_be_asked() -> None:
    reading = polis_reading(two_camps(), meta=["0"], hidden=["1", "never asked"])
    assert reading.hidden.tolist() == [True, True] + [False] * 6
    assert reading.meta.tolist() == [True] + [False] * 7
    assert reading.priorities[0] == 49
    assert not reading.components[:2].any()
    assert reading.centre[:2].tolist() == [0, 0]
    assert all(row.demand not in {"0", "1"} for group in reading.groups for row in group.representative)


def test_no_votes_are_refused() -> None:
    empty, _ = votes_from_events(
        parties=["a"],
        demands=["x"],
        party=np.array([], int),
        demand=np.array([], int),
        value=np.array([], np.int8),
    )
    with pytest.raises(StudyError, match="no votes of 1 parties on 1 demands"):
        polis_reading(empty)


def test_a_group_for_an_unknown_party_is_refused() -> None:
    with pytest.raises(StudyError, match="groups: 'x' is not one of the 16 parties"):
        polis_reading(two_camps(), groups={"x": 0})
    with pytest.raises(StudyError, match="groups: at least one party"):
        polis_reading(two_camps(), groups={})


def test_moments_of_other_votes_are_refused() -> None:
    with pytest.raises(StudyError, match="moments of 1 parties on 1 demands must be those of the votes, 16"):
        polis_reading(two_camps(), moments=moments_of(votes_from_rows([1])))


# Reports


def test_json_is_plain_and_every_key_is_documented() -> None:
    reading = polis_reading(two_camps(), meta=["7"])
    written = json.loads(json.dumps(as_json(reading), allow_nan=False))
    assert written["schema"] == "mufakat-polis-1"
    assert [party["group"] for party in written["parties"]] == reading.membership.tolist()
    assert written["demands"][7]["priority"] == 49
    assert written["demands"][0]["votes"][0]["cast"] == reading.votes.cast[0, 0]
    assert written["groups"][0]["representative"][0]["best_agree"] is True
    documented = (ROOT / "docs" / "polis.md").read_text(encoding="utf-8")
    for key in keys_of(written):
        assert key.isdigit() or f"`{key}`" in documented, key


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys_of(part) for part in value.values()))
    if isinstance(value, list):
        return set().union(*(keys_of(part) for part in value))
    return set()


def test_a_party_outside_the_map_has_no_group_in_json() -> None:
    written = as_json(polis_reading(two_camps(), groups={"0": 7, "15": 3}))
    assert [written["parties"][p]["group"] for p in (0, 1, 15)] == [7, None, 3]
    assert {party["base_cluster"] for party in written["parties"]} == {None}


def test_text_shows_sizes_scores_and_what_each_group_says() -> None:
    reading = polis_reading(two_camps(), groups={str(p): int(p >= 10) for p in range(16)})
    shown = render_text(reading, {"0": "Stop dumping\n waste at sea", "4": "x" * 80})
    assert "groups           2, of 10, 6 parties" in shown
    assert "[0] Stop dumping waste at sea" in shown
    assert f"[4] {'x' * 59}…" in shown
    row = reading.groups[1].representative[0]
    line = next(line for line in shown.split("Group 1")[1].splitlines() if f"[{row.demand}]" in line)
    assert line.split()[:6] == [
        row.side,
        f"{row.n_success}/{row.n_trials}",
        f"{row.p_success:.3f}",
        f"{row.p_test:.2f}",
        f"{row.repness:.2f}",
        f"{row.repness_test:.2f}",
    ]
    assert f"{reading.consensus_agree.max():.4f}" in shown


# Laws


@st.composite
def consultations(draw: st.DrawFn) -> list[tuple[str, str, int, int]]:
    """Events of 3 to 20 parties on 2 to 8 demands, with gaps, and later votes that replace earlier ones."""
    parties, demands = draw(st.integers(3, 20)), draw(st.integers(2, 8))
    cells = draw(
        st.lists(
            st.tuples(st.integers(0, parties - 1), st.integers(0, demands - 1), st.integers(-1, 1)),
            min_size=parties,
            max_size=parties * demands,
        )
    )
    return [(str(p), str(s), v, time) for time, (p, s, v) in enumerate(cells)]


def assert_same(one: Any, other: Any) -> None:
    """Equal to the last bit, through dataclasses, sequences and arrays."""
    if is_dataclass(one):
        for field in fields(one):
            assert_same(getattr(one, field.name), getattr(other, field.name))
    elif isinstance(one, np.ndarray):
        np.testing.assert_array_equal(one, other)
    else:
        assert one == other


@given(events=consultations(), data=st.data())
def test_the_order_of_the_rows_changes_nothing(
    events: list[tuple[str, str, int, int]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(events))
    one, other = polis_reading(votes_of(events)), polis_reading(votes_of(shuffled))
    for field in fields(PolisReading):
        if field.name != "groups":
            assert_same(getattr(one, field.name), getattr(other, field.name))
    for group, same in zip(one.groups, other.groups, strict=True):
        assert_same(group, same)


@given(events=consultations(), data=st.data())
def test_renamed_parties_and_demands_keep_their_figures(
    events: list[tuple[str, str, int, int]], data: st.DataObject
) -> None:
    """With the groups given: where they are found, the start depends on the order of the parties."""
    parties, demands = sorted({e[0] for e in events}, key=int), sorted({e[1] for e in events}, key=int)
    party_name = dict(zip(parties, data.draw(st.permutations(parties)), strict=True))
    demand_name = dict(zip(demands, data.draw(st.permutations(demands)), strict=True))
    votes = votes_of(events)
    renamed = votes_of([(party_name[p], demand_name[s], v, time) for p, s, v, time in events])
    groups = {party: int(party) % 3 for party in parties}
    axes = principal_axes(moments_of(votes), count=3)
    strength = np.concatenate([axes.eigenvalues, np.zeros(3)])[:3]
    assume((strength[:2] - strength[1:] > 1e-3).all())  # the axes are told apart

    one = polis_reading(votes, groups=groups)
    other = polis_reading(renamed, groups={party_name[p]: g for p, g in groups.items()})
    to_party = [list(other.parties).index(party_name[p]) for p in one.parties]
    to_demand = [list(other.demands).index(demand_name[s]) for s in one.demands]
    turned = np.sign((one.components * other.components[to_demand]).sum(axis=0))
    np.testing.assert_allclose(other.positions[to_party] * turned, one.positions, atol=1e-7)
    np.testing.assert_allclose(other.demand_positions[to_demand] * turned, one.demand_positions, atol=1e-7)
    np.testing.assert_allclose(other.extremity[to_demand], one.extremity, atol=1e-7)
    np.testing.assert_allclose(other.priorities[to_demand], one.priorities, atol=1e-6)
    np.testing.assert_array_equal(other.centre[to_demand], one.centre)
    np.testing.assert_array_equal(other.votes_cast[to_party], one.votes_cast)
    np.testing.assert_array_equal(other.membership[to_party], one.membership)
    np.testing.assert_array_equal(other.consensus_agree[to_demand], one.consensus_agree)
    np.testing.assert_array_equal(other.consensus_disagree[to_demand], one.consensus_disagree)
    for name in ("agree", "disagree", "cast"):
        np.testing.assert_array_equal(getattr(other.votes, name)[:, to_demand], getattr(one.votes, name))


@given(events=consultations(), data=st.data())
def test_renamed_parties_leave_what_represents_their_group(
    events: list[tuple[str, str, int, int]], data: st.DataObject
) -> None:
    parties = sorted({e[0] for e in events}, key=int)
    name = dict(zip(parties, data.draw(st.permutations(parties)), strict=True))
    groups = {party: int(party) % 2 for party in parties}
    one = polis_reading(votes_of(events), groups=groups)
    other = polis_reading(
        votes_of([(name[p], s, v, time) for p, s, v, time in events]),
        groups={name[p]: g for p, g in groups.items()},
    )
    assert [group.representative for group in other.groups] == [group.representative for group in one.groups]
    assert other.majority == one.majority
