"""The votes of some parties on one sheet, centred, and what can be told from such a sheet alone.

A sheet is what `stability` divides, sorts and simulates: its leading axes, how far its parties spread along
given axes, and the same sheet filled in by parties without groups.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import svds

from mufakat.opinion.votes import Floats, Votes, with_values


@dataclass(frozen=True, eq=False)
class Sheet:
    """The votes of some parties, centred on each demand's mean.

    Attributes:
        centred: shape (n, S); v - mean on cast votes.
        cast: shape (n, S); 1 on cast votes.
        party: shape (votes,); the party of each vote, in the order of `centred.data`.
        mean: shape (S,). passed: shape (S,); share of passes among the votes cast.
    """

    centred: csr_array
    cast: csr_array
    party: NDArray[np.integer]
    mean: Floats
    passed: Floats

    @classmethod
    def of(cls, votes: Votes) -> Sheet:
        """The sheet of all parties of `votes`."""
        rows = votes.rows(0, len(votes.parties))
        return cls.from_values(rows, rows.data.astype(np.float64))

    def part(self, chosen: NDArray[np.integer]) -> Sheet:
        """The sheet of some of the parties alone, centred on their own means."""
        rows = self.cast[chosen]
        return Sheet.from_values(rows, self.centred[chosen].data + self.mean[rows.indices])

    @classmethod
    def from_values(cls, shape: csr_array, value: Floats) -> Sheet:
        """A sheet of other values on the same cast votes."""
        cast = with_values(shape, np.ones(len(value)))
        count = np.maximum(np.bincount(shape.indices, minlength=shape.shape[1]), 1)
        mean = np.bincount(shape.indices, weights=value, minlength=shape.shape[1]) / count
        passed = np.bincount(shape.indices, weights=value == 0, minlength=shape.shape[1]) / count
        centred = with_values(shape, value - mean[shape.indices])
        party = np.repeat(np.arange(shape.shape[0]), np.diff(shape.indptr))
        return cls(centred, cast, party, mean, passed)


def leading_axes(centred: csr_array, count: int) -> Floats:
    """The loadings of the strongest axes of a sheet; shape (S, at most count)."""
    parties, demands = centred.shape
    count = min(count, min(parties, demands) - 1)
    if min(parties, demands) <= 400:
        wide = demands > parties
        gram = (centred @ centred.T if wide else centred.T @ centred).toarray()
        vectors = np.asarray(np.linalg.eigh(gram)[1][:, ::-1][:, :count], dtype=np.float64)
        if wide:
            vectors = centred.T @ vectors
            vectors /= np.maximum(np.linalg.norm(vectors, axis=0), 1e-12)
        return vectors
    start = abs(centred).sum(axis=1 if parties < demands else 0) + 1e-3
    right = np.asarray(svds(centred, k=count, v0=start, tol=1e-3)[2], dtype=np.float64)
    return right[::-1].T


def spread_along(sheet: Sheet, loadings: Floats) -> tuple[Floats, Floats]:
    """The variance of the parties of a sheet along given axes, and how many standard errors it lies above 0.

    Each party's votes on *different* demands are multiplied, so that noise alone gives 0 on average.
    """
    squares = loadings**2
    shared = (sheet.centred @ loadings) ** 2 - sheet.centred.power(2) @ squares
    room = (sheet.cast @ squares) ** 2 - sheet.cast @ squares**2
    error = np.sqrt(len(shared)) * shared.std(axis=0)
    return shared.sum(axis=0) / np.maximum(room.sum(axis=0), 1e-12), shared.sum(axis=0) / np.maximum(
        error, 1e-12
    )


def one_cloud(sheet: Sheet, loadings: Floats, along: Floats, random: np.random.Generator) -> Sheet:
    """Votes on the same demands by as many parties in one normal cloud without groups.

    Every demand keeps its mean and its share of passes; what a party's place adds to the mean moves its
    chance to agree, up to certainty.
    """
    demand = sheet.centred.indices
    places = random.normal(size=(sheet.centred.shape[0], len(along))) * np.sqrt(along)
    leaning = np.einsum("na,na->n", places[sheet.party], loadings[demand])
    spoken = 1 - sheet.passed[demand]
    expected = np.clip(sheet.mean[demand] + leaning, -spoken, spoken)
    drawn = random.random(len(demand))
    value = np.where(drawn < (spoken + expected) / 2, 1.0, np.where(drawn < spoken, -1.0, 0.0))
    return Sheet.from_values(sheet.centred, value)
