from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mufakat.opinion import tally as tally_module
from mufakat.opinion.constituencies import Family
from mufakat.opinion.errors import StudyError
from mufakat.opinion.tally import tally
from mufakat.opinion.votes import Floats, Votes, votes_from_events


def drawn_votes(seed: int, parties: int, demands: int, *, weighted: bool = False) -> Votes:
    random = np.random.default_rng(seed)
    party, demand = np.nonzero(random.random((parties, demands)) < 0.4)
    return votes_from_events(
        parties=[str(p) for p in range(parties)],
        demands=[str(s) for s in range(demands)],
        party=party,
        demand=demand,
        value=random.integers(-1, 2, size=len(party)).astype(np.int8),
        weight=random.uniform(0.5, 2, size=len(party)) if weighted else None,
    )[0]


def drawn_family(seed: int, parties: int, constituencies: int, name: str = "kind") -> Family:
    member = np.random.default_rng(seed).integers(-1, constituencies, size=parties).astype(np.int32)
    return Family(name, tuple(f"c{c}" for c in range(constituencies)), member)


def counted_one_by_one(votes: Votes, family: Family, values: Floats) -> Floats:
    total = np.zeros((len(family.constituencies), len(votes.demands)))
    for p, (begin, end) in enumerate(pairwise(votes.start)):
        if family.member[p] >= 0:
            total[family.member[p], votes.demand[begin:end]] += values[begin:end]
    return total


@given(
    st.integers(0, 10**6),
    st.integers(1, 40),
    st.integers(1, 6),
    st.integers(1, 5),
    st.sampled_from([1, 2, 3]),
)
def test_every_family_counts_what_counting_one_by_one_gives(
    seed: int, parties: int, demands: int, constituencies: int, threads: int
) -> None:
    votes = drawn_votes(seed, parties, demands)
    families = [drawn_family(seed + i, parties, constituencies + i, f"f{i}") for i in range(3)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally_module, "BLOCK_PARTIES", 7)
        found = tally(votes, families, threads=threads)
    for family, counts in zip(families, found, strict=True):
        np.testing.assert_array_equal(counts.agree, counted_one_by_one(votes, family, votes.value == 1))
        np.testing.assert_array_equal(counts.cast, counted_one_by_one(votes, family, np.ones(len(votes))))
        np.testing.assert_array_equal(counts.voters, counts.cast)


def test_a_pass_is_cast_and_does_not_agree() -> None:
    votes, _ = votes_from_events(
        parties=["a", "b", "c"],
        demands=["1"],
        party=np.array([0, 1, 2]),
        demand=np.array([0, 0, 0]),
        value=np.array([1, 0, -1], dtype=np.int8),
    )
    (counts,) = tally(votes, [Family("kind", ("all",), np.zeros(3, dtype=np.int32))])
    assert (counts.agree[0, 0], counts.cast[0, 0]) == (1, 3)


@pytest.mark.parametrize("threads", [1, 2])
def test_weighted_votes_count_by_their_effective_number(threads: int) -> None:
    votes = drawn_votes(4, 90, 5, weighted=True)
    family = drawn_family(5, 90, 3)
    (counts,) = tally(votes, [family], threads=threads)
    weight: NDArray[np.float64] = np.asarray(votes.weight)
    total, squares = (counted_one_by_one(votes, family, w) for w in (weight, weight**2))
    np.testing.assert_allclose(counts.cast, total**2 / squares, rtol=1e-12)
    share = counted_one_by_one(votes, family, weight * (votes.value == 1)) / total
    np.testing.assert_allclose(counts.agree, share * counts.cast, rtol=1e-12)
    np.testing.assert_array_equal(counts.voters, counted_one_by_one(votes, family, np.ones(len(votes))))


def test_equal_weights_are_no_weights() -> None:
    votes = drawn_votes(4, 30, 5)
    heavy = Votes(
        votes.parties, votes.demands, votes.start, votes.demand, votes.value, np.full(len(votes), 3.5)
    )
    family = drawn_family(5, 30, 3)
    (plain,), (weighted,) = tally(votes, [family]), tally(heavy, [family])
    np.testing.assert_allclose(weighted.cast, plain.cast, rtol=1e-12)
    np.testing.assert_allclose(weighted.agree, plain.agree, rtol=1e-12, atol=1e-12)


def test_a_constituency_without_weighted_votes_counts_zero() -> None:
    votes = drawn_votes(1, 6, 2, weighted=True)
    family = Family("kind", ("all", "absent"), np.zeros(6, dtype=np.int32))
    (counts,) = tally(votes, [family])
    assert counts.cast[1].tolist() == [0, 0]
    assert counts.agree[1].tolist() == [0, 0]


def test_a_family_over_other_parties_is_refused() -> None:
    with pytest.raises(StudyError, match="family 'kind' places 5 parties, but 6 parties voted"):
        tally(drawn_votes(1, 6, 2), [drawn_family(1, 5, 2)])


def test_a_party_in_a_constituency_that_is_not_there_is_refused() -> None:
    family = Family("kind", ("a",), np.array([0, 0, 0, 0, 0, 3], dtype=np.int32))
    with pytest.raises(StudyError, match="has 1 constituencies, but a party is placed in number 3"):
        tally(drawn_votes(1, 6, 2), [family])


def test_fewer_than_one_thread_is_refused() -> None:
    with pytest.raises(StudyError, match="threads=0 must be at least 1"):
        tally(drawn_votes(1, 6, 2), [drawn_family(1, 6, 2)], threads=0)
