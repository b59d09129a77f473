"""Votes counted per constituency and demand, for all families in one pass.

Membership of all families together is one sparse array of constituencies by parties; its product with the
votes counts everything at once. Two counts share one 64-bit number: votes cast in the lower half, agreement
in the upper.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array

from mufakat.opinion.constituencies import Family
from mufakat.opinion.errors import StudyError
from mufakat.opinion.votes import AGREE, Floats, Votes

# Small enough that a block's votes stay in the cache while every family reads them.
BLOCK_PARTIES = 2**13
HALF = 32


@dataclass(frozen=True, eq=False)
class Tally:
    """The votes of one family's C constituencies on S demands.

    Attributes:
        agree: shape (C, S), float64; votes of +1. cast: shape (C, S), float64; all votes, passes included.
            Where votes are weighted both are effective numbers: as many equal votes would say as much.
        voters: shape (C, S), float64; parties that cast a vote, whatever its weight.
    """

    agree: Floats
    cast: Floats
    voters: Floats


def tally(votes: Votes, families: Sequence[Family], *, threads: int = 2) -> tuple[Tally, ...]:
    """Count the votes of every constituency of every family.

    With weights w, cast is (sum w)^2 / sum w^2 (Kish 1965) and agree is the weighted share of it.

    Args:
        votes: of P parties. families: each with `member` in the order of `votes.parties`.
        threads: blocks of parties that are counted at the same time.

    Returns:
        One tally a family, in the order given.

    Raises:
        StudyError: a family over other parties than the votes', or fewer than one thread.
    """
    check_families(votes, families)
    if threads < 1:
        raise StudyError(f"threads={threads} must be at least 1")
    sizes = [len(family.constituencies) for family in families]
    membership = _membership(families, len(votes.parties))

    def count(values: Floats | None) -> np.ndarray:
        blocks = range(0, len(votes.parties), BLOCK_PARTIES)
        total = np.zeros((sum(sizes), len(votes.demands)), dtype=np.int64 if values is None else np.float64)
        # Each thread takes every n-th block and the sums come together in order, so that weights round alike.
        with ThreadPoolExecutor(threads) as pool:
            parts = pool.map(
                lambda lane: _sum_of(votes, membership, values, blocks[lane::threads]), range(threads)
            )
            for part in parts:
                total += part
        return total

    packed = count(None)
    agree = (packed >> HALF).astype(np.float64)
    cast = (packed & (2**HALF - 1)).astype(np.float64)
    voters = cast
    if votes.weight is not None:
        heavy = count(votes.weight)
        positive = np.maximum(heavy, np.finfo(np.float64).tiny)
        share = np.minimum(count(votes.weight * (votes.value == AGREE)) / positive, 1.0)
        cast = np.where(
            voters > 0, positive**2 / np.maximum(count(votes.weight**2), np.finfo(np.float64).tiny), 0.0
        )
        agree = np.where(voters > 0, share * cast, 0.0)
    ends = np.cumsum(sizes)
    return tuple(
        Tally(agree[end - size : end], cast[end - size : end], voters[end - size : end])
        for size, end in zip(sizes, ends, strict=True)
    )


def check_families(votes: Votes, families: Sequence[Family]) -> None:
    """Refuse families that are not over the parties of the votes."""
    for family in families:
        if family.member.shape != (len(votes.parties),):
            raise StudyError(
                f"family {family.name!r} places {len(family.member)} parties, but {len(votes.parties)} "
                "parties voted: align it to them first"
            )
        if len(family.member) and int(family.member.max()) >= len(family.constituencies):
            raise StudyError(
                f"family {family.name!r} has {len(family.constituencies)} constituencies, but a party is "
                f"placed in number {int(family.member.max())}"
            )


def _membership(families: Sequence[Family], parties: int) -> csc_array:
    """1 where a party belongs to a constituency, all families below one another; parties come in columns."""
    rows, columns, first = [], [], 0
    for family in families:
        placed = np.flatnonzero(family.member >= 0)
        rows.append(family.member[placed].astype(np.int64) + first)
        columns.append(placed)
        first += len(family.constituencies)
    row = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    column = np.concatenate(columns) if columns else np.zeros(0, dtype=np.int64)
    return csr_array((np.ones(len(row), dtype=np.int64), (row, column)), shape=(first, parties)).tocsc()


def _sum_of(votes: Votes, membership: csc_array, values: Floats | None, blocks: range) -> np.ndarray:
    total = np.zeros(
        (membership.shape[0], len(votes.demands)), dtype=np.int64 if values is None else np.float64
    )
    for first in blocks:
        last = min(first + BLOCK_PARTIES, len(votes.parties))
        rows = votes.rows(first, last)
        if values is None:
            rows.data = 1 + ((rows.data == AGREE).astype(np.int64) << HALF)
        else:
            rows.data = values[votes.start[first] : votes.start[last]]
        inside = membership[:, first:last].tocsr()
        summed = inside.astype(total.dtype) @ rows
        # The rows of a sparse product are unsorted but hold no index twice.
        place = np.repeat(np.arange(total.shape[0]), np.diff(summed.indptr))
        total[place, summed.indices] += summed.data
    return total
