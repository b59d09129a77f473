from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mufakat.opinion.consensus import (
    Consensus,
    FamilyCounts,
    consensus_of_counts,
    doubts,
    most_doubt,
)
from mufakat.opinion.flip import Flip, fewest_added
from mufakat.opinion.pooling import pool
from mufakat.opinion.result import EVERYONE, EVERYONE_FAMILY, State
from mufakat.opinion.tally import Tally
from mufakat.opinion.votes import Floats


def judged(agree: Floats, cast: Floats, *, threshold: float = 0.5) -> Consensus:
    """One family of constituencies a, b, c..., and all parties together."""
    names = tuple("abcdefgh"[: len(cast)])
    whole = Tally(*(counts.sum(axis=0, keepdims=True) for counts in (agree, cast, cast)))
    return consensus_of_counts(
        [
            FamilyCounts(EVERYONE_FAMILY, (EVERYONE,), whole, np.array([10**6])),
            FamilyCounts("kind", names, Tally(agree, cast, cast), np.full(len(cast), 10**6)),
        ],
        threshold=threshold,
    )


def drawn(seed: int, constituencies: int, demands: int) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    cast = random.choice([4, 8, 20, 60, 200], size=(constituencies, demands))
    return random.binomial(cast, random.beta(12, 2, size=demands)).astype(float), cast.astype(float)


def holds_with(found: Consensus, demand: int, family: str, name: str, added: int) -> bool:
    """Whether the demand still holds with so many votes added, by pooling its counts from the beginning."""
    doubt = 0.0
    for member in found.families:
        votes = member.counts.votes
        agree, cast = votes.agree[:, demand : demand + 1], votes.cast[:, demand : demand + 1].copy()
        if member.counts.family == family:
            cast[member.counts.constituencies.index(name)] += added
        pooled = pool(agree, cast, prior=member.pooled.prior)
        doubt += float(doubts(pooled.alpha, pooled.beta, found.threshold).sum())
    return doubt <= most_doubt(found.level)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(1, 4), st.sampled_from([0.4, 0.5, 0.6]))
def test_so_many_votes_end_it_and_one_fewer_does_not_in_any_constituency(
    seed: int, constituencies: int, threshold: float
) -> None:
    found = judged(*drawn(seed, constituencies, 6), threshold=threshold)
    for s, (state, flip) in enumerate(zip(found.state, fewest_added(found), strict=True)):
        assert (flip is not None) == (state is State.EVERYWHERE)
        if flip is None:
            continue
        assert not holds_with(found, s, flip.family, flip.name, flip.added)
        for member in found.families:
            for name in member.counts.constituencies:
                assert holds_with(found, s, member.counts.family, name, flip.added - 1)


def test_a_small_constituency_is_the_easiest_to_turn() -> None:
    agree = np.array([[900.0], [80.0], [9.0]])
    (flip,) = fewest_added(judged(agree, np.array([[1000.0], [100.0], [10.0]])))
    assert flip is not None
    assert flip.family == "kind"
    assert flip.name == "c"
    assert 1 <= flip.added < 30


def test_equal_constituencies_are_named_in_the_order_of_their_names() -> None:
    (flip,) = fewest_added(judged(np.full((3, 1), 45.0), np.full((3, 1), 50.0)))
    assert flip is not None
    assert flip.name == "a"


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_the_order_of_demands_and_constituencies_changes_nothing(seed: int) -> None:
    agree, cast = drawn(seed, 3, 6)
    order = np.random.default_rng(seed).permutation(6)
    one, other = fewest_added(judged(agree, cast)), fewest_added(judged(agree[:, order], cast[:, order]))
    assert [one[s] for s in order] == list(other)
    swapped = fewest_added(judged(agree[::-1], cast[::-1]))
    assert [flip and flip.added for flip in swapped] == [flip and flip.added for flip in one]


def test_a_demand_that_does_not_hold_has_nothing_to_flip() -> None:
    found = judged(np.array([[50.0, 95.0]]), np.array([[100.0, 100.0]]))
    first, second = fewest_added(found)
    assert first is None
    assert isinstance(second, Flip)


def test_where_nothing_holds_nothing_is_searched() -> None:
    assert fewest_added(judged(np.array([[10.0]]), np.array([[100.0]]))) == (None,)
