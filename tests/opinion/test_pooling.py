from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaincinv
from scipy.stats import betabinom

from mufakat.opinion.errors import StudyError
from mufakat.opinion.pooling import STRONGEST, WEAKEST, evidence_of, pool
from mufakat.opinion.votes import Floats


def drawn_counts(seed: int, constituencies: int, demands: int, most: int = 60) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    cast = random.integers(0, most, size=(constituencies, demands))
    share = random.beta(2, 1.5, size=(constituencies, demands))
    return random.binomial(cast, share).astype(float), cast.astype(float)


def test_the_evidence_of_a_node_is_the_beta_binomial() -> None:
    """Up to the number of orders in which the votes may come, against an independent implementation."""
    agree, cast = 7, 12
    evidence = evidence_of(np.array(float(agree)), np.array(float(cast)))
    k, m = evidence.shape[0] - 1, 5
    mu = np.sin((m + 0.5) * np.pi / (2 * evidence.shape[1])) ** 2
    orders = 792  # 12 choose 7
    expected = betabinom.logpmf(agree, cast, mu * STRONGEST, (1 - mu) * STRONGEST) - np.log(orders)
    assert evidence[k, m] == pytest.approx(expected, abs=1e-10)
    mu = np.sin(0.5 * np.pi / (2 * evidence.shape[1])) ** 2
    expected = betabinom.logpmf(agree, cast, mu * WEAKEST, (1 - mu) * WEAKEST) - np.log(orders)
    assert evidence[0, 0] == pytest.approx(expected, abs=1e-10)


@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 8))
def test_the_order_of_constituencies_and_demands_changes_nothing(
    seed: int, constituencies: int, demands: int
) -> None:
    agree, cast = drawn_counts(seed, constituencies, demands)
    random = np.random.default_rng(seed)
    order = np.ix_(random.permutation(constituencies), random.permutation(demands))
    straight, mixed = pool(agree, cast), pool(agree[order], cast[order])
    for name in ("agree", "low", "high"):
        np.testing.assert_allclose(getattr(mixed, name), getattr(straight, name)[order], atol=1e-10)


@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 8))
def test_agree_and_disagree_are_mirror_images(seed: int, constituencies: int, demands: int) -> None:
    agree, cast = drawn_counts(seed, constituencies, demands)
    one, other = pool(agree, cast), pool(cast - agree, cast)
    np.testing.assert_allclose(one.agree, 1 - other.agree, atol=1e-9)
    np.testing.assert_allclose(one.low, 1 - other.high, atol=1e-9)


@given(st.integers(0, 10**6))
def test_every_interval_is_inside_zero_to_one_around_its_mean(seed: int) -> None:
    pooled = pool(*drawn_counts(seed, 5, 6, most=2000))
    assert (pooled.low > 0).all()
    assert (pooled.low < pooled.agree).all()
    assert (pooled.agree < pooled.high).all()
    assert (pooled.high < 1).all()


def test_many_votes_are_left_as_they_are() -> None:
    cast = np.full((4, 30), 1e6)
    agree = cast * np.array([0.2, 0.5, 0.7, 0.9])[:, None]
    pooled = pool(agree, cast)
    np.testing.assert_allclose(pooled.agree, agree / cast, atol=1e-4)
    np.testing.assert_allclose(pooled.low, betaincinv(agree, cast - agree, 0.05), atol=1e-4)


def small_beside_large(spread: float) -> Floats:
    """Mean agreement of a constituency of three that all disagree, beside ten large ones about 0.8."""
    random = np.random.default_rng(3)
    share = 1 / (1 + np.exp(-(1.4 + spread * random.normal(size=(10, 200)))))
    cast = np.vstack([np.full((10, 200), 500.0), np.full((1, 200), 3.0)])
    agree = np.vstack([np.round(share * 500), np.zeros((1, 200))])
    return pool(agree, cast).agree[10]


def test_a_family_that_differs_lends_little() -> None:
    alike, different = small_beside_large(0.1).mean(), small_beside_large(2.0).mean()
    assert different < 0.35 < 0.7 < alike


def test_a_small_constituency_is_never_swallowed_by_its_family() -> None:
    """Forty votes' worth of opinion is borrowed at most: forty of its own at zero move it half way."""
    cast = np.vstack([np.full((20, 50), 10_000.0), np.full((1, 50), 40.0)])
    agree = np.vstack([np.full((20, 50), 8_000.0), np.zeros((1, 50))])
    assert pool(agree, cast).agree[20].max() < 0.8 * STRONGEST / (STRONGEST + 40) + 0.01


def test_a_constituency_without_votes_gets_what_its_family_lets_one_expect() -> None:
    agree, cast = np.full((6, 40), 80.0), np.full((6, 40), 100.0)
    agree[5], cast[5] = 0, 0
    pooled = pool(agree, cast)
    np.testing.assert_allclose(pooled.agree[5], 0.8, atol=0.03)
    assert (pooled.high[5] - pooled.low[5] > 1.2 * (pooled.high[0] - pooled.low[0])).all()


def test_no_votes_at_all_say_nothing() -> None:
    pooled = pool(np.zeros((3, 2)), np.zeros((3, 2)))
    np.testing.assert_allclose(pooled.agree, 0.5, atol=1e-12)
    assert (pooled.low < 0.05).all()
    assert (pooled.high > 0.95).all()


def test_no_demand_learns_from_others_on_which_side_it_lies() -> None:
    """An unheard demand stays at one half beside a hundred that everybody agrees with."""
    agree, cast = np.full((4, 101), 95.0), np.full((4, 101), 100.0)
    agree[:, 100], cast[:, 100] = 0, 0
    np.testing.assert_allclose(pool(agree, cast).agree[:, 100], 0.5, atol=1e-9)


def test_a_prior_that_was_learned_gives_the_same_again() -> None:
    agree, cast = drawn_counts(1, 5, 20)
    whole = pool(agree, cast)
    alone = pool(agree[:, 3:4], cast[:, 3:4], prior=whole.prior)
    np.testing.assert_allclose(alone.low, whole.low[:, 3:4], atol=1e-12)


def test_a_wider_level_gives_a_wider_interval() -> None:
    agree, cast = drawn_counts(1, 5, 20)
    narrow, wide = pool(agree, cast, level=0.5), pool(agree, cast, level=0.99)
    assert (wide.low < narrow.low).all()
    assert (wide.high > narrow.high).all()


def test_more_agreement_than_votes_is_refused_with_its_place() -> None:
    agree, cast = np.zeros((2, 3)), np.zeros((2, 3))
    agree[1, 2] = 4
    with pytest.raises(StudyError, match=r"agree=4.0 of cast=0.0 in constituency 1, demand 2"):
        pool(agree, cast)


@pytest.mark.parametrize("level", [0.0, 1.0, float("nan")])
def test_a_level_that_is_no_share_is_refused(level: float) -> None:
    with pytest.raises(StudyError, match="must lie between 0 and 1"):
        pool(np.ones((1, 1)), np.ones((1, 1)), level=level)


def test_counts_of_different_shapes_are_refused() -> None:
    with pytest.raises(StudyError, match="both must be constituencies by demands"):
        pool(np.ones((1, 2)), np.ones((2, 1)))
