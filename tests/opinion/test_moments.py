"""The moments are the sums that a dense table gives, and they add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.opinion import moments as module
from mufakat.opinion.errors import StudyError
from mufakat.opinion.moments import Moments, moments_of
from tests.opinion.consultations import Events, dense, events, full_votes

SUMS = ("agree", "passes", "disagree", "co_cast", "co_sum", "co_product")


def same(first: Moments, second: Moments) -> bool:
    """Whether two moments are equal in every sum."""
    return (
        list(first.demands) == list(second.demands)
        and first.parties == second.parties
        and all(np.array_equal(getattr(first, name), getattr(second, name)) for name in SUMS)
    )


@given(events())
def test_the_moments_are_those_of_the_dense_table(drawn: Events) -> None:
    votes = drawn.votes()
    cast, value = dense(votes)
    found = moments_of(votes)
    assert found.parties == len(votes.parties)
    assert np.array_equal(found.agree, (cast * (value == 1)).sum(axis=0))
    assert np.array_equal(found.passes, (cast * (value == 0)).sum(axis=0))
    assert np.array_equal(found.disagree, (cast * (value == -1)).sum(axis=0))
    assert np.array_equal(found.co_cast, cast.T @ cast)
    assert np.array_equal(found.co_sum, cast.T @ value)
    assert np.array_equal(found.co_product, value.T @ value)
    assert np.array_equal(found.cast, cast.sum(axis=0))
    assert np.allclose(found.mean, value.sum(axis=0) / np.maximum(cast.sum(axis=0), 1))


@given(events(least_parties=2), st.integers(1, 5))
def test_blocks_of_any_size_give_the_same_moments(drawn: Events, size: int) -> None:
    votes = drawn.votes()
    whole = moments_of(votes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK_PARTIES", size)
        assert same(moments_of(votes, threads=1), whole)
        assert same(moments_of(votes, threads=3), whole)


@given(events(), st.integers(1, 5))
def test_progress_ends_at_one(drawn: Events, size: int) -> None:
    told: list[float] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK_PARTIES", size)
        module.halved_moments(drawn.votes(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


@pytest.mark.parametrize("vote", [-1, 0, 1])
def test_a_block_full_of_equal_votes_does_not_overflow_into_its_neighbour(vote: int) -> None:
    parties = module.BLOCK_PARTIES + 3
    value = np.full((parties, 3), vote)
    value[:, 1] = -1
    found = moments_of(full_votes(value))
    assert found.co_cast.tolist() == [[parties] * 3] * 3
    assert found.co_sum[0].tolist() == [vote * parties, -parties, vote * parties]
    assert found.co_product[1].tolist() == [-vote * parties, parties, -vote * parties]


@given(events(least_parties=2, most_parties=10), st.data())
def test_any_partition_of_the_parties_merges_to_the_whole_in_any_order(
    drawn: Events, data: st.DataObject
) -> None:
    votes = drawn.votes()
    parties = len(votes.parties)
    part = np.array(data.draw(st.lists(st.integers(0, 3), min_size=parties, max_size=parties)))
    pieces = [moments_of(votes.of(np.flatnonzero(part == i))) for i in data.draw(st.permutations(range(4)))]
    merged = pieces[0]
    for piece in pieces[1:]:
        merged = merged + piece
    assert same(merged, moments_of(votes))
    assert same(merged - pieces[0] + pieces[0], merged)


@given(events(), st.data())
def test_the_moments_of_some_demands_are_those_of_their_votes(drawn: Events, data: st.DataObject) -> None:
    votes = drawn.votes()
    cast, value = dense(votes)
    chosen = np.array(
        data.draw(st.lists(st.sampled_from(range(len(votes.demands))), unique=True, min_size=1))
    )
    found = moments_of(votes).over(chosen)
    assert found.demands == [votes.demands[s] for s in chosen]
    assert np.array_equal(found.co_sum, cast[:, chosen].T @ value[:, chosen])
    assert np.array_equal(found.agree, (value[:, chosen] == 1).sum(axis=0))


def test_moments_over_other_demands_are_not_combined() -> None:
    first = moments_of(Events(("p",), ("s", "t"), ((0, 0, 1, 0),)).votes())
    second = moments_of(Events(("p",), ("s", "u"), ((0, 0, 1, 0),)).votes())
    with pytest.raises(StudyError, match="same demands in the same order"):
        first + second
