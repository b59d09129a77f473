"""How many of many tests may be believed."""

from __future__ import annotations

import numpy as np

from mufakat.opinion.errors import StudyError
from mufakat.opinion.votes import Floats


def false_discovery(p: Floats, *, tests: int | None = None) -> Floats:
    """The smallest false discovery rate at which each test would be called (Benjamini & Hochberg 1995).

    Args:
        p: p-values, any shape, 0 to 1.
        tests: how many tests were made, at least `p.size`; those that are not listed count as p = 1.

    Returns:
        q-values in the shape of `p`, 0 to 1, never below p.

    Raises:
        StudyError: `tests` below the number of p-values.
    """
    made = p.size if tests is None else tests
    if made < p.size:
        raise StudyError(f"tests={made} must be at least the {p.size} p-values that were given")
    flat = np.asarray(p, dtype=np.float64).ravel()
    order = np.argsort(flat, kind="stable")
    scaled = flat[order] * made / np.arange(1, p.size + 1)
    q = np.empty_like(flat)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q.reshape(p.shape)
