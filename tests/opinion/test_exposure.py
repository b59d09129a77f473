from __future__ import annotations

import numpy as np
import pytest
from bench.exposure import Setting, bias, found_groups, known_groups, world
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mufakat.opinion.errors import StudyError
from mufakat.opinion.exposure import ExposureCounts, adjust, exposure_counts
from mufakat.opinion.votes import Floats, Votes, votes_from_events


def votes_of(rows: list[tuple[int, int, int]], parties: int, weight: Floats | None = None) -> Votes:
    """Votes from (party, demand, vote)."""
    table = np.array(rows)
    votes, _ = votes_from_events(
        parties=[str(i) for i in range(parties)],
        demands=["0", "1"],
        party=table[:, 0],
        demand=table[:, 1],
        value=table[:, 2].astype(np.int8),
        weight=weight,
    )
    return votes


def counts_of(agree: list[list[int]], cast: list[list[int]], parties: list[int]) -> ExposureCounts:
    """Counts where every party is surely of one group."""
    n, a = np.array(cast, dtype=np.float64), np.array(agree, dtype=np.float64)
    crossed = np.einsum("ks,kj->skj", n, np.eye(len(n)))
    return ExposureCounts(a, n - a, n, n, np.array(parties, dtype=np.float64), n, crossed)


def test_with_sure_groups_agreement_is_that_of_the_groups_by_their_size() -> None:
    """Half the parties agree nine times in ten, half once; nine tenths of the votes are of the first half."""
    found = adjust(counts_of([[810, 500], [10, 500]], [[900, 1000], [100, 1000]], [1000, 1000]))
    assert found.naive == pytest.approx([0.82, 0.5])
    assert found.agree == pytest.approx([0.5, 0.5], abs=0.02)
    assert found.mean == pytest.approx([0.0, 0.0], abs=0.04)
    assert found.largest == pytest.approx(0.32, abs=0.02)
    assert found.average == pytest.approx(0.16, abs=0.01)


def test_only_the_demand_that_one_group_saw_more_is_called_uneven() -> None:
    found = adjust(counts_of([[810, 300], [10, 300]], [[900, 500], [100, 500]], [1000, 1000]))
    assert found.q[0] < 1e-6
    assert found.q[1] == pytest.approx(1)
    assert found.uneven == 0.5


def test_a_group_with_two_votes_does_not_swing_a_demand() -> None:
    even = [[60 + d % 7 for d in range(20)] for _ in range(2)]
    agree, cast = [[*even[0], 90], [*even[1], 0]], [[100] * 20 + [150], [100] * 20 + [2]]
    found = adjust(counts_of(agree, cast, [200, 200]))
    assert found.agree[20] > 0.5


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_even_exposure_changes_nothing(groups: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    agree = random.integers(0, 51, (groups, 5)).tolist()
    found = adjust(counts_of(agree, [[50] * 5] * groups, [80] * groups))
    assert found.agree == pytest.approx(found.naive)
    assert found.uneven == 0


def test_one_group_leaves_everything_exactly_as_it_was() -> None:
    made = world(Setting(200, 30, 2, 3), 5)
    found = adjust(exposure_counts(made.votes, np.ones((200, 1))))
    assert (found.largest, found.average, found.uneven) == (0.0, 0.0, 0.0)


def test_demands_without_votes_have_no_share_and_no_pull() -> None:
    votes = votes_of([(0, 0, 1), (1, 0, -1)], 2)
    found = adjust(exposure_counts(votes, np.eye(2)))
    assert np.isnan(found.agree).tolist() == [False, True]
    assert found.mean[1] == 0


def test_weights_weigh_each_vote() -> None:
    votes = votes_of([(0, 0, 1), (1, 0, -1), (2, 0, 0)], 3, weight=np.array([3.0, 2.0, 1.0]))
    found = adjust(exposure_counts(votes, np.ones((3, 1))), naive=np.array([1 / 3, np.nan]))
    assert found.agree[0] == pytest.approx(0.5)
    assert found.mean[0] == pytest.approx(1 / 6)
    assert found.largest == pytest.approx(1 / 6)


def test_logged_showings_are_the_exposure() -> None:
    """Both groups were shown the demand alike; the second answered less, which is not exposure."""
    votes = votes_of([(0, 0, 1), (1, 0, 1), (2, 0, -1)], 4)
    shown = (np.arange(5), np.zeros(4, dtype=np.int64))
    counts = exposure_counts(votes, np.repeat(np.eye(2), 2, axis=0), shown=shown)
    assert counts.exposed[:, 0].tolist() == [2, 2]
    assert adjust(counts).agree[0] == pytest.approx(2 / 3)


def test_counts_do_not_depend_on_how_sure_the_groups_are() -> None:
    made = world(Setting(300, 20, 2, 3), 1)
    share = np.full((300, 2), 0.5)
    assert exposure_counts(made.votes, share).cast.sum(axis=0) == pytest.approx(
        exposure_counts(made.votes, np.eye(2)[made.group]).cast.sum(axis=0)
    )


@pytest.mark.parametrize("odds", [5, 20])
def test_the_bias_of_uneven_exposure_is_at_most_half_with_known_groups(odds: float) -> None:
    setting = Setting(1000, 60, 3, odds)
    worlds = [world(setting, seed) for seed in range(6)]
    truths: list[NDArray[np.float64]] = [made.truth for made in worlds]
    found = [known_groups(made, 3) for made in worlds]
    assert bias([f.agree for f in found], truths) <= 0.5 * bias([f.naive for f in found], truths)


@pytest.mark.component
def test_the_bias_is_at_most_half_with_groups_that_the_study_finds() -> None:
    setting = Setting(1000, 100, 3, 5)
    worlds = [world(setting, seed) for seed in range(4)]
    truths = [made.truth for made in worlds]
    found = [found_groups(made, 3) for made in worlds]
    assert bias([f.agree for f in found], truths) <= 0.5 * bias([f.naive for f in found], truths)


def test_what_does_not_fit_the_votes_is_refused() -> None:
    votes = votes_of([(0, 0, 1), (1, 0, -1)], 2)
    with pytest.raises(StudyError, match=r"share has shape \(3, 2\), but \(2, k\)"):
        exposure_counts(votes, np.ones((3, 2)))
    with pytest.raises(StudyError, match="rate=1"):
        adjust(counts_of([[1]], [[2]], [3]), rate=1)
