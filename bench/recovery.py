"""How well the groups that were found match those that were planted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def adjusted_rand_index(one: NDArray[np.integer], other: NDArray[np.integer]) -> float:
    """Agreement of two partitions, 1 where they are the same, about 0 by chance (Hubert & Arabie 1985).

    Args:
        one, other: shape (n,); the part that each item is in, numbered from 0.

    Returns:
        The index, at most 1; 1 where both partitions have one part only.
    """
    parts = int(other.max(initial=-1)) + 1
    table = np.bincount(
        one.astype(np.int64) * parts + other, minlength=parts * (int(one.max(initial=-1)) + 1)
    )
    table = table.reshape(-1, parts) if parts else table.reshape(0, 0)
    together = _pairs(table).sum()
    in_one, in_other = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    by_chance = in_one * in_other / max(_pairs(np.array([len(one)]))[0], 1)
    most = (in_one + in_other) / 2
    return 1.0 if most == by_chance else float((together - by_chance) / (most - by_chance))


def _pairs(count: NDArray[np.integer]) -> NDArray[np.float64]:
    count = count.astype(np.float64)
    return count * (count - 1) / 2
