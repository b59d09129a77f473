"""The votes of a consultation: who said what of which demand.

A vote is +1 (agree), 0 (pass) or -1 (disagree) by one party on one demand. Not asked is absent, never 0.
Votes are kept in sparse rows, one row a party, in an order that depends on the ids alone, so that the same
votes in any order of rows are the same object.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.errors import StudyError

# Who only shows a study handles these types as well, and has no need of sparse arrays in memory.
if TYPE_CHECKING:
    from scipy.sparse import csr_array

AGREE, PASS, DISAGREE = 1, 0, -1

Ints = NDArray[np.integer]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Votes:
    """The last vote of each party on each demand.

    Attributes:
        parties: ids of the P parties, in canonical order (see `canonical_order`).
        demands: ids of the S demands, in canonical order; a demand nobody voted on may be among them.
        start: shape (P + 1,), int64; the votes of party p are at `start[p]:start[p + 1]`.
        demand: shape (n,), unsigned integers; index of the demand voted on, ascending within a party.
        value: shape (n,), int8; -1, 0 or +1.
        weight: shape (n,), float64, all > 0, or None where every vote counts once.
    """

    parties: Sequence[str]
    demands: Sequence[str]
    start: NDArray[np.int64]
    demand: Ints
    value: NDArray[np.int8]
    weight: Floats | None = None

    @property
    def cast(self) -> Ints:
        """Votes cast by each party, passes included; shape (P,)."""
        return np.diff(self.start)

    def __len__(self) -> int:
        return len(self.value)

    def rows(self, first: int, last: int) -> csr_array:
        """The votes of parties `first` to `last - 1` as a sparse array; passes are explicit zeros."""
        from scipy.sparse import csr_array

        begin, end = self.start[first], self.start[last]
        return csr_array(
            (
                self.value[begin:end],
                self.demand[begin:end].astype(np.int32),
                self.start[first : last + 1] - begin,
            ),
            shape=(last - first, len(self.demands)),
        )

    def over(self, chosen: Ints) -> Votes:
        """The votes on the chosen demands alone (indices, ascending), by the same parties."""
        place = np.full(len(self.demands), -1, dtype=np.int64)
        place[chosen] = np.arange(len(chosen))
        kept = place[self.demand] >= 0
        return Votes(
            parties=self.parties,
            demands=[self.demands[s] for s in chosen],
            start=np.append(0, np.cumsum(kept))[self.start],
            demand=place[self.demand[kept]].astype(self.demand.dtype),
            value=self.value[kept],
            weight=None if self.weight is None else self.weight[kept],
        )

    def of(self, chosen: Ints) -> Votes:
        """The votes of the chosen parties alone (indices, ascending), over the same demands."""
        chosen = np.asarray(chosen, dtype=np.int64)
        length = self.cast[chosen]
        start = np.concatenate([[0], np.cumsum(length)])
        source = np.repeat(self.start[chosen] - start[:-1], length) + np.arange(start[-1])
        return Votes(
            parties=[self.parties[p] for p in chosen],
            demands=self.demands,
            start=start,
            demand=self.demand[source],
            value=self.value[source],
            weight=None if self.weight is None else self.weight[source],
        )


def with_values(rows: csr_array, values: NDArray[np.generic]) -> csr_array:
    """The same cells of a sparse array with other values."""
    from scipy.sparse import csr_array

    return csr_array((values, rows.indices, rows.indptr), shape=rows.shape)


def canonical_order(ids: Sequence[str]) -> NDArray[np.intp]:
    """The order in which ids are kept: as whole numbers where all of them are, else by code point.

    Returns:
        Indices that sort `ids`, shape (len(ids),).
    """
    joined = "".join(ids)
    if joined.isascii() and joined.isdigit() and all(ids):
        numbers = list(map(int, ids))
        # A number that does not use all its characters has zeros in front, which make it another id.
        if _digits(numbers) == len(joined):
            return np.argsort(
                np.array(numbers, dtype=object if max(numbers) >= 2**63 else np.int64), kind="stable"
            )
    return np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.intp)


def _digits(numbers: list[int]) -> int:
    """How many digits whole numbers have together."""
    if max(numbers) >= 10**18:
        return sum(len(str(number)) for number in numbers)
    powers = 10 ** np.arange(1, 18, dtype=np.int64)
    return int(np.searchsorted(powers, np.array(numbers, dtype=np.int64), side="right").sum()) + len(numbers)


def votes_from_events(
    *,
    parties: Sequence[str],
    demands: Sequence[str],
    party: Ints,
    demand: Ints,
    value: NDArray[np.int8],
    time: NDArray[np.integer] | Floats | None = None,
    weight: Floats | None = None,
) -> tuple[Votes, int]:
    """Keep the last vote of each party on each demand.

    Last is by `time`; where two times are equal, or no times are known, the later row is the last.

    Args:
        parties, demands: the ids that the codes point into, in any order, each id once.
        party, demand: shape (n,); codes of the party and the demand of each event.
        value: shape (n,); -1, 0 or +1.
        time: shape (n,); anything that sorts.
        weight: shape (n,); finite and > 0.

    Returns:
        The votes, and how many events were superseded by a later one.

    Raises:
        StudyError: a value or weight out of range.
    """
    from scipy.sparse import csr_array

    if len(value) and (value.min() < DISAGREE or value.max() > AGREE):
        wrong = next(int(v) for v in value if not DISAGREE <= v <= AGREE)
        raise StudyError(f"vote {wrong} is not one of -1 (disagree), 0 (pass), 1 (agree)")
    if weight is not None and not (np.isfinite(weight).all() and (weight > 0).all()):
        raise StudyError("every weight must be a finite number above 0")
    if time is not None and len(time) > 1 and (time[1:] < time[:-1]).any():
        by_time = np.argsort(time, kind="stable")
        party, demand, value = party[by_time], demand[by_time], value[by_time]
        weight = None if weight is None else weight[by_time]

    party_order, demand_order = canonical_order(parties), canonical_order(demands)
    rows, columns = len(parties), len(demands)
    if not _is_identity(party_order):
        party = _rank(party_order)[party]
    if not _is_identity(demand_order):
        demand = _rank(demand_order)[demand]

    # Two stable counting sorts, each a sparse transposition, so that the time is linear in the votes. The
    # first brings each party's votes together, in order of time; demand and vote travel in one number.
    packed: NDArray[np.int64] | NDArray[np.int32] = (
        demand.astype(np.int64) if columns >= 2**29 else demand.astype(np.int32)
    )
    packed = packed * 4 + (value + np.int8(1))
    events = csr_array((packed, party, _counting(len(party))), shape=(len(party), rows)).tocsc()
    start, code = events.indptr.astype(np.int64), events.data
    value_of = (code & 3).astype(np.int8) - np.int8(1)
    carried: Ints = value_of
    if weight is not None:
        weight = weight[events.indices]
        carried = _counting(len(party) - 1)
    # The second sorts by demand within each party; votes on the same demand stay in order of time.
    sorted_rows = csr_array((carried, code >> 2, events.indptr), shape=(rows, columns)).tocsc().tocsr()
    demand_of, carried = sorted_rows.indices, sorted_rows.data
    if weight is None:
        value_of = carried.astype(np.int8, copy=False)
    else:
        value_of, weight = value_of[carried], weight[carried]

    same = np.zeros(len(demand_of), dtype=bool)  # followed by a later vote of that party on that demand
    if len(same) > 1:
        same[:-1] = demand_of[1:] == demand_of[:-1]
        last_of_party = start[1:-1] - 1
        same[last_of_party[(last_of_party >= 0) & (last_of_party < len(same))]] = False
    superseded = int(same.sum())
    if superseded:
        keep = ~same
        start = start - np.concatenate([[0], np.cumsum(same)])[start]
        demand_of, value_of = demand_of[keep], value_of[keep]
        weight = None if weight is None else weight[keep]
    narrow = np.uint16 if columns <= 2**16 else np.uint32
    votes = Votes(
        parties=[parties[i] for i in party_order],
        demands=[demands[i] for i in demand_order],
        start=start,
        demand=demand_of.astype(narrow),
        value=value_of,
        weight=weight,
    )
    return votes, superseded


def _counting(size: int) -> Ints:
    """0, 1, ..., size in the narrowest type that sparse arrays index with."""
    return np.arange(size + 1, dtype=np.int32 if size < 2**31 else np.int64)


def _is_identity(order: NDArray[np.intp]) -> bool:
    return bool((order == np.arange(len(order))).all())


def _rank(order: NDArray[np.intp]) -> Ints:
    """The new code of each old one."""
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return rank
