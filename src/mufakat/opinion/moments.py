"""One pass over the votes: counts, sums and co-votes per demand, all whole numbers that add up.

Every later step that does not need single parties starts from these. Because they are integers and additive,
any split of the votes by party, in any order, merges to the same moments; votes that come later are added by
taking out the old rows of the parties that voted and putting in the new ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice, pairwise, product

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.errors import StudyError
from mufakat.opinion.votes import Ints, Votes, with_values

# Counts share one 64-bit number while a block is summed; each has 16 bits, so a block has 2^14 parties at
# most.
BLOCK_PARTIES = 2**14
FIELD = 16
# Every pair of demands need be summed once only; with b bands (b + 1) / 2b of the work is left.
BANDS = 4


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums over parties, for S demands; b is 1 where a party voted on a demand, v is its vote.

    Attributes:
        demands: the ids of the demands, in canonical order.
        parties: how many parties were summed.
        agree, passes, disagree: shape (S,), int64.
        co_cast: shape (S, S), int32; sum of b_s b_t: how many voted on both.
        co_sum: shape (S, S), int32; sum of b_s v_t: the votes on t by those who voted on s.
        co_product: shape (S, S), int32; sum of v_s v_t.
    """

    demands: Sequence[str]
    parties: int
    agree: NDArray[np.int64]
    passes: NDArray[np.int64]
    disagree: NDArray[np.int64]
    co_cast: NDArray[np.int32]
    co_sum: NDArray[np.int32]
    co_product: NDArray[np.int32]

    @property
    def cast(self) -> NDArray[np.int64]:
        """Votes cast on each demand, passes included; shape (S,)."""
        return self.agree + self.passes + self.disagree

    @property
    def mean(self) -> NDArray[np.float64]:
        """Mean vote on each demand, 0 where nobody voted; shape (S,)."""
        return (self.agree - self.disagree) / np.maximum(self.cast, 1)

    def __add__(self, other: Moments) -> Moments:
        return self._combined(other, 1)

    def __sub__(self, other: Moments) -> Moments:
        return self._combined(other, -1)

    def _combined(self, other: Moments, sign: int) -> Moments:
        if list(self.demands) != list(other.demands):
            raise StudyError(
                f"moments over {len(self.demands)} and {len(other.demands)} demands cannot be combined: "
                "both must be over the same demands in the same order"
            )
        return Moments(
            demands=self.demands,
            parties=self.parties + sign * other.parties,
            agree=self.agree + sign * other.agree,
            passes=self.passes + sign * other.passes,
            disagree=self.disagree + sign * other.disagree,
            co_cast=self.co_cast + np.int32(sign) * other.co_cast,
            co_sum=self.co_sum + np.int32(sign) * other.co_sum,
            co_product=self.co_product + np.int32(sign) * other.co_product,
        )

    def over(self, chosen: Ints) -> Moments:
        """The moments of some of the demands alone (indices)."""
        both = np.ix_(chosen, chosen)
        return Moments(
            demands=[self.demands[s] for s in chosen],
            parties=self.parties,
            agree=self.agree[chosen],
            passes=self.passes[chosen],
            disagree=self.disagree[chosen],
            co_cast=self.co_cast[both],
            co_sum=self.co_sum[both],
            co_product=self.co_product[both],
        )


def moments_of(votes: Votes, *, threads: int = 2) -> Moments:
    """Sum the votes of all parties; see `halved_moments` for what it costs."""
    return _striped(votes, 1, threads)[0]


def halved_moments(
    votes: Votes, *, threads: int = 2, progress: Callable[[float], None] | None = None
) -> tuple[Moments, Moments]:
    """Sum the votes of every second party, and of the parties between them.

    Together they are the moments of all; apart they are two halves that know nothing of one another. Time
    grows with the sum over parties of (votes cast)^2; memory with S^2 and one block of parties.
    """
    first, second = _striped(votes, 2, threads, progress)
    return first, second


def _striped(
    votes: Votes, stripes: int, threads: int, progress: Callable[[float], None] | None = None
) -> list[Moments]:
    """The moments of every so-manyth party, beginning with the first, with the second and so on."""
    parties, demands = len(votes.parties), len(votes.demands)
    sums = [[np.zeros((demands, demands), dtype=np.int32) for _ in range(4)] for _ in range(stripes)]
    blocks = stripes * max(1, -(-parties // (stripes * BLOCK_PARTIES)))
    with ThreadPoolExecutor(threads) as pool:
        for done, (stripe, block) in enumerate(_in_turn(pool, votes, stripes, threads), 1):
            co_cast, co_sum, sum_co, co_product = sums[stripe]
            co_cast += (block & (2**FIELD - 1)).astype(np.int16)
            # Rounding to the nearest multiple undoes what the signed counts below borrowed.
            for count, place in ((co_sum, FIELD), (sum_co, 2 * FIELD), (co_product, 3 * FIELD)):
                count += ((block + (1 << (place - 1))) >> place).astype(np.int16)
            if progress is not None:
                progress(done / blocks)
    return [_moments(votes, len(range(i, parties, stripes)), *sums[i]) for i in range(stripes)]


def _moments(
    votes: Votes,
    parties: int,
    co_cast: NDArray[np.int32],
    co_sum: NDArray[np.int32],
    sum_co: NDArray[np.int32],
    co_product: NDArray[np.int32],
) -> Moments:
    """The moments from sums of which only the bands on and above the diagonal are filled in."""
    for first, last in _bands(len(votes.demands)):
        co_cast[last:, first:last] = co_cast[first:last, last:].T
        co_sum[last:, first:last] = sum_co[first:last, last:].T
        co_product[last:, first:last] = co_product[first:last, last:].T
    cast = co_cast.diagonal().astype(np.int64)
    voted = co_product.diagonal().astype(np.int64)  # agree + disagree, as v^2 is 1 for both
    balance = co_sum.diagonal().astype(np.int64)
    return Moments(
        demands=votes.demands,
        parties=parties,
        agree=(voted + balance) // 2,
        passes=cast - voted,
        disagree=(voted - balance) // 2,
        co_cast=co_cast,
        co_sum=co_sum,
        co_product=co_product,
    )


def _in_turn(
    pool: ThreadPoolExecutor, votes: Votes, stripes: int, threads: int
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Which stripe a block of parties is of, and its packed sums; a few blocks under way at a time."""
    firsts = iter(product(range(0, len(votes.parties), stripes * BLOCK_PARTIES), range(stripes)))
    waiting = [pool.submit(_packed, votes, *first, stripes) for first in islice(firsts, threads)]
    while waiting:
        block = waiting.pop(0).result()
        following = next(firsts, None)
        if following is not None:
            waiting.append(pool.submit(_packed, votes, *following, stripes))
        yield block


def _packed(votes: Votes, first: int, stripe: int, stripes: int) -> tuple[int, NDArray[np.int64]]:
    """For a block: co_cast + 2^16 co_sum + 2^32 co_sum' + 2^48 co_product, as one sparse product."""
    rows = votes.rows(first, min(first + stripes * BLOCK_PARTIES, len(votes.parties)))[stripe::stripes]
    value = rows.data.astype(np.int64)
    left = with_values(rows, 1 + (value << (2 * FIELD)))
    right = with_values(rows, 1 + (value << FIELD))
    packed = np.zeros((rows.shape[1], rows.shape[1]), dtype=np.int64)
    turned = left.T.tocsr()
    for begin, end in _bands(rows.shape[1]):
        packed[begin:end, begin:] = (turned[begin:end] @ right[:, begin:]).toarray()
    return stripe, packed


def _bands(demands: int) -> list[tuple[int, int]]:
    """The demands in bands; pairs are summed from each band to itself and those after, and mirrored."""
    edges = [band * demands // BANDS for band in range(BANDS + 1)]
    return [(first, last) for first, last in pairwise(edges) if first < last]
