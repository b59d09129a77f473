"""Votes counted by group, where no vote helped to choose the group that it is counted in.

Groups are found from the votes. A party may be in a group because of how it voted on demand s, and an axis
may point where it points because of s; counting s in those groups makes them differ on s even where it tells
nothing. So the demands are dealt into folds. For each fold the axes come from the other demands alone, each
party is put into the group whose middle its votes on the other demands fit best, and only the fold's
demands are counted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse.linalg import eigsh

from mufakat.opinion.axes import WHOLE_SPECTRUM, scatter
from mufakat.opinion.clustering import Evidence, evidence_of, middles
from mufakat.opinion.errors import StudyError
from mufakat.opinion.moments import Moments
from mufakat.opinion.votes import Floats, Ints, Votes, with_values


@dataclass(frozen=True, eq=False)
class GroupCounts:
    """Votes by group and demand.

    Attributes:
        agree, disagree, cast: shape (k, S), int64; cast includes passes.
        parties: how many parties were counted.
    """

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    cast: NDArray[np.int64]
    parties: int


def held_out_counts(
    votes: Votes,
    moments: Moments,
    group: Ints,
    *,
    groups: int,
    axes: int,
    hidden: NDArray[np.bool_] | None = None,
    folds: int = 5,
    most_parties: int = 20_000,
) -> GroupCounts:
    """Count each vote in the group that its party's votes on other demands put it in.

    Args:
        votes: P parties on S demands.
        moments: their moments.
        group: shape (P,); the group of each party as found from all demands, 0 to groups - 1.
        groups: how many groups there are, at least 1.
        axes: how many axes the groups were found on, at least 1.
        hidden: shape (S,); demands that place nobody; nothing is counted for them.
        folds: how many folds the demands are dealt into, at least 2; no more than there are demands.
        most_parties: where there are more parties, every so-manyth of them is counted, this many in all.
            Tests need no more, and time no longer grows with the parties.

    Raises:
        StudyError: `group` does not fit the votes, or an option is out of range.
    """
    _check(votes, group, groups=groups, axes=axes, folds=folds, most_parties=most_parties)
    parties, demands = len(votes.parties), len(votes.demands)
    if parties > most_parties:
        chosen = np.arange(most_parties) * parties // most_parties
        votes, group, parties = votes.of(chosen), group[chosen], most_parties
    out = np.zeros(demands, dtype=bool) if hidden is None else hidden
    dealt = np.full(demands, -1)
    dealt[~out] = np.arange(int((~out).sum())) % folds

    rows = votes.rows(0, parties)
    cast = with_values(rows, np.ones(rows.nnz))
    centred = with_values(rows, rows.data - moments.mean[rows.indices])
    party = np.repeat(np.arange(parties), votes.cast)
    fold_of_vote = dealt[rows.indices]
    counts = np.zeros(groups * demands * 3, dtype=np.int64)
    products = scatter(moments)
    for fold in range(int(dealt.max(initial=-1)) + 1):
        seen = _loadings(products, out | (dealt == fold), axes)
        evidence = evidence_of(centred, cast, seen)
        own = _nearest(evidence, group, groups)
        here = np.flatnonzero((fold_of_vote == fold) & (own[party] >= 0))
        code = (own[party[here]] * demands + rows.indices[here]) * 3 + (rows.data[here] + 1)
        counts += np.bincount(code, minlength=len(counts))
    table = counts.reshape(groups, demands, 3)
    return GroupCounts(
        agree=table[:, :, 2].copy(), disagree=table[:, :, 0].copy(), cast=table.sum(axis=2), parties=parties
    )


def _loadings(products: Floats, out: NDArray[np.bool_], count: int) -> Floats:
    """The strongest axes of the demands that are not left out; shape (S, at most count)."""
    left = np.flatnonzero(~out)
    loadings = np.zeros((len(out), min(count, len(left))))
    if not len(left):
        return loadings
    matrix = products[np.ix_(left, left)]
    total = float(np.trace(matrix))
    if len(left) <= max(WHOLE_SPECTRUM, 4 * count):
        values, vectors = eigh(matrix, subset_by_index=[len(left) - loadings.shape[1], len(left) - 1])
    else:
        # Membership needs no more than a few digits, and the start depends on nothing that is left out.
        start = (matrix.diagonal() + total / len(left)).astype(np.float32)
        values, vectors = eigsh(
            matrix.astype(np.float32), k=count, v0=start, ncv=max(20, 4 * count), tol=1e-3
        )
    loadings[left] = np.where(values > max(total, 1e-300) * 1e-6, vectors, 0.0)
    return loadings


def _nearest(evidence: Evidence, group: Ints, groups: int) -> NDArray[np.int64]:
    """The group whose middle on these axes each party's votes fit best; -1 where it has no votes to tell."""
    middle, has_parties = middles(evidence, group, groups)
    misfit = evidence.misfit(middle)
    misfit[~has_parties] = np.inf
    return np.where(evidence.information.any(axis=(1, 2)), misfit.argmin(axis=0), -1)


def _check(votes: Votes, group: Ints, *, groups: int, axes: int, folds: int, most_parties: int) -> None:
    if np.shape(group) != (len(votes.parties),):
        raise StudyError(f"group has shape {np.shape(group)}, but there are {len(votes.parties)} parties")
    if groups < 1 or axes < 1:
        raise StudyError(f"groups={groups} and axes={axes} must both be at least 1")
    if len(group) and (group.min() < 0 or group.max() >= groups):
        wrong = int(np.flatnonzero((group < 0) | (group >= groups))[0])
        raise StudyError(
            f"party {votes.parties[wrong]} is in group {group[wrong]}; groups are 0 to {groups - 1}"
        )
    if folds < 2:
        raise StudyError(f"folds={folds} must be at least 2")
    if most_parties < 1:
        raise StudyError(f"most_parties={most_parties} must be at least 1")
