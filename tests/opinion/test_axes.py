"""The axes are those of the mean-filled votes, whichever way they are computed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.opinion import axes as module
from mufakat.opinion.axes import principal_axes, scatter
from mufakat.opinion.errors import StudyError
from mufakat.opinion.moments import moments_of
from mufakat.opinion.votes import Floats, Votes
from tests.opinion.consultations import Events, dense, events, full_votes


def filled(votes: Votes) -> Floats:
    """The votes less each demand's mean, missing ones 0; shape (P, S)."""
    cast, value = dense(votes)
    return cast * (value - value.sum(axis=0) / np.maximum(cast.sum(axis=0), 1))


def clear_votes(*, parties: int, demands: int, share: float, seed: int) -> Votes:
    """Votes on three axes of different strength, each cast with probability `share`."""
    random = np.random.default_rng(seed)
    place = random.normal(size=(parties, 3)) * [2.0, 1.2, 0.7]
    lean = place @ random.normal(size=(3, demands)) + random.normal(size=(parties, demands))
    party, demand = np.nonzero(random.random((parties, demands)) < share)
    rows = zip(party.tolist(), demand.tolist(), np.sign(lean.round()[party, demand]).tolist(), strict=True)
    return Events(
        tuple(str(p) for p in range(parties)),
        tuple(str(s) for s in range(demands)),
        tuple((p, s, int(v), 0) for p, s, v in rows),
    ).votes()


@given(events())
def test_the_scatter_matrix_is_that_of_the_filled_votes(drawn: Events) -> None:
    votes = drawn.votes()
    table = filled(votes)
    assert np.allclose(scatter(moments_of(votes)), table.T @ table, atol=1e-10)


@pytest.mark.parametrize("share", [1.0, 0.3])
def test_the_axes_are_the_singular_vectors_of_the_filled_votes(share: float) -> None:
    votes = clear_votes(parties=90, demands=40, share=share, seed=2)
    _, singular, vectors = np.linalg.svd(filled(votes), full_matrices=False)
    found = principal_axes(moments_of(votes), count=3)
    assert np.abs(np.einsum("as,sa->a", vectors[:3], found.loadings)).min() >= 1 - 1e-10
    assert np.allclose(found.eigenvalues, singular[:3] ** 2)
    assert np.allclose(found.explained, singular[:3] ** 2 / (singular**2).sum())


def test_past_the_whole_spectrum_the_axes_are_the_same() -> None:
    votes = clear_votes(parties=150, demands=module.WHOLE_SPECTRUM + 60, share=0.5, seed=3)
    found = principal_axes(moments_of(votes), count=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "WHOLE_SPECTRUM", 10_000)
        whole = principal_axes(moments_of(votes), count=3)
    assert np.einsum("sa,sa->a", whole.loadings, found.loadings).min() >= 1 - 1e-10
    assert np.allclose(found.eigenvalues, whole.eigenvalues, rtol=1e-10)


def test_the_sign_of_an_axis_does_not_depend_on_the_sign_of_the_solver() -> None:
    found = principal_axes(moments_of(clear_votes(parties=60, demands=20, share=0.8, seed=4)), count=3)
    assert ((found.loadings**3).sum(axis=0) > 0).all()


def test_an_axis_with_balanced_loadings_takes_the_sign_of_its_largest() -> None:
    found = principal_axes(moments_of(full_votes(np.array([[1, -1], [-1, 1], [1, -1], [-1, 1]]))), count=1)
    assert np.allclose(np.abs(found.loadings[:, 0]), np.sqrt(0.5))
    assert found.loadings[np.abs(found.loadings[:, 0]).argmax(), 0] > 0


def test_votes_that_do_not_differ_have_no_axes() -> None:
    found = principal_axes(moments_of(full_votes(np.ones((5, 4), dtype=int))), count=2)
    assert found.loadings.shape == (4, 0)
    assert found.eigenvalues.shape == (0,)
    assert found.explained.shape == (0,)
    assert found.total == 0


def test_votes_that_differ_in_one_direction_have_one_axis() -> None:
    value = np.outer([1, 1, -1, -1, 1], [1, 1, -1])
    found = principal_axes(moments_of(full_votes(value)), count=2)
    assert found.loadings.shape == (3, 1)
    assert found.explained.tolist() == pytest.approx([1.0])


def test_hidden_demands_move_no_axis() -> None:
    votes = clear_votes(parties=60, demands=20, share=0.7, seed=5)
    hidden = np.arange(20) < 4
    found = principal_axes(moments_of(votes), count=2, hidden=hidden)
    alone = principal_axes(moments_of(votes).over(np.flatnonzero(~hidden)), count=2)
    assert np.allclose(found.loadings[:4], 0)
    assert np.allclose(found.loadings[4:], alone.loadings)
    assert found.centre[:4].tolist() == [0] * 4


def test_a_missing_vote_can_be_taken_to_be_something_else_than_the_mean() -> None:
    votes = clear_votes(parties=60, demands=20, share=0.5, seed=6)
    cast, value = dense(votes)
    fill = np.linspace(-0.5, 0.5, 20)
    table = cast * (value - fill)
    assert np.allclose(scatter(moments_of(votes), fill=fill), table.T @ table, atol=1e-9)
    assert np.array_equal(principal_axes(moments_of(votes), fill=fill).centre, fill)


@given(events(), st.integers(1, 4))
def test_axes_are_orthogonal_and_explain_no_more_than_all(drawn: Events, count: int) -> None:
    found = principal_axes(moments_of(drawn.votes()), count=count)
    size = found.loadings.shape[1]
    assert size <= count
    assert np.allclose(found.loadings.T @ found.loadings, np.eye(size), atol=1e-9)
    assert (np.diff(found.eigenvalues) <= 1e-9).all()
    assert found.explained.sum() <= 1 + 1e-9


def test_no_axes_cannot_be_asked_for() -> None:
    with pytest.raises(StudyError, match="count=0 must be at least 1"):
        principal_axes(moments_of(full_votes(np.eye(3, dtype=int))), count=0)
