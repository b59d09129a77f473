"""Whether a map kept fresh from new votes is the one that all votes give when computed anew."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.map import OpinionMap
from mufakat.opinion.moments import Moments

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Sameness:
    """How far two maps and their moments are apart.

    Attributes:
        moments: whether all counts and sums are equal, as whole numbers.
        axes, places, membership: largest absolute difference; infinite where even the shapes differ.
    """

    moments: bool
    axes: float
    places: float
    membership: float

    @property
    def holds(self) -> bool:
        """Whether the moments are equal and nothing differs by more than `TOLERANCE`."""
        return self.moments and max(self.axes, self.places, self.membership) <= TOLERANCE


def compare(fresh: tuple[Moments, OpinionMap], anew: tuple[Moments, OpinionMap]) -> Sameness:
    """Compare moments and map of one way with those of the other."""
    (one, drawn), (other, redrawn) = fresh, anew
    return Sameness(
        moments=all(_same(getattr(one, f.name), getattr(other, f.name)) for f in fields(Moments)),
        axes=_apart(drawn.axes.loadings, redrawn.axes.loadings),
        places=_apart(drawn.place, redrawn.place),
        membership=_apart(drawn.share, redrawn.share),
    )


def _same(one: object, other: object) -> bool:
    return np.array_equal(np.asarray(one), np.asarray(other))


def _apart(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    if one.shape != other.shape:
        return float("inf")
    return float(np.abs(one - other).max(initial=0))
