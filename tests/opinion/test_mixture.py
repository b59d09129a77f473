"""Membership: sure for a party that voted much and clearly, the groups' shares for one that did not vote."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from mufakat.opinion.clustering import Evidence
from mufakat.opinion.mixture import Mixture, fit_mixture
from tests.opinion.test_clustering import blobs

TWO = Mixture(np.array([0.7, 0.3]), np.array([[-1.0, 0.0], [2.0, 1.0]]), np.array([0.4, 0.2]), 0.5)


def evidence(random: np.random.Generator, parties: int, votes: int) -> Evidence:
    loadings = random.normal(size=(parties, votes, 2))
    pull = np.einsum("pva,pv->pa", loadings, random.normal(size=(parties, votes)))
    return Evidence(pull, np.einsum("pva,pvb->pab", loadings, loadings))


def test_membership_is_the_posterior_of_the_mixture() -> None:
    random = np.random.default_rng(1)
    loadings = random.normal(size=(6, 2))
    votes = random.normal(size=6)
    found = TWO.membership(Evidence((loadings.T @ votes)[None], (loadings.T @ loadings)[None]))
    covariance = loadings @ np.diag(TWO.within) @ loadings.T + TWO.noise * np.eye(6)
    weight = TWO.shares * [
        multivariate_normal(loadings @ centre, covariance).pdf(votes) for centre in TWO.centres
    ]
    assert np.allclose(found[0], weight / weight.sum())


def test_a_party_that_did_not_vote_belongs_to_each_group_by_its_share() -> None:
    found = TWO.membership(Evidence(np.zeros((1, 2)), np.zeros((1, 2, 2))))
    assert np.allclose(found[0], TWO.shares)


@given(st.integers(0, 10_000), st.integers(1, 30))
def test_memberships_of_a_party_sum_to_one(seed: int, votes: int) -> None:
    found = TWO.membership(evidence(np.random.default_rng(seed), 5, votes))
    assert np.allclose(found.sum(axis=1), 1)
    assert (found >= 0).all()


def test_the_more_a_party_votes_like_a_group_the_surer_it_belongs() -> None:
    sure = [
        TWO.membership(Evidence(n * TWO.centres[1:], n * np.eye(2)[None]))[0, 1] for n in (0, 1, 3, 10, 50)
    ]
    assert (np.diff(sure) > 0).all()
    assert sure[-1] > 0.99


def test_a_fit_finds_the_shares_and_the_spread_inside_the_groups() -> None:
    centres = np.array([[-4.0, 0.0], [4.0, 0.0]])
    places, label = blobs(centres, 400, 0.8, 2)
    kept = (label == 0) | (np.arange(len(label)) % 4 == 0)
    random = np.random.default_rng(3)
    information = np.broadcast_to(20 * np.eye(2), (int(kept.sum()), 2, 2)).copy()
    pull = 20 * places[kept] + np.sqrt(20 * 0.5) * random.normal(size=(int(kept.sum()), 2))
    found = fit_mixture(Evidence(pull, information), centres, 0.5)
    assert np.allclose(found.shares, [0.8, 0.2], atol=0.01)
    assert np.allclose(found.within, [0.64, 0.64], rtol=0.15)


@pytest.mark.parametrize("votes", [3, 8, 20])
def test_membership_is_calibrated_where_the_model_holds(votes: int) -> None:
    random = np.random.default_rng(votes)
    parties = 6000
    group = (random.random(parties) < TWO.shares[1]).astype(int)
    place = TWO.centres[group] + random.normal(size=(parties, 2)) * np.sqrt(TWO.within)
    loadings = random.normal(size=(parties, votes, 2)) * 0.3
    said = np.einsum("pva,pa->pv", loadings, place)
    said += np.sqrt(TWO.noise) * random.normal(size=(parties, votes))
    shown = Evidence(np.einsum("pva,pv->pa", loadings, said), np.einsum("pva,pvb->pab", loadings, loadings))
    membership = TWO.membership(shown)
    right = membership.argmax(axis=1) == group
    assert membership.max(axis=1).mean() == pytest.approx(right.mean(), abs=0.015)
    unsure = membership.max(axis=1) < 0.8
    assert membership.max(axis=1)[unsure].mean() == pytest.approx(right[unsure].mean(), abs=0.04)
