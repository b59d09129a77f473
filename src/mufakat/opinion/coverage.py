"""Who was heard and who was not: parties and votes of every declared constituency."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.constituencies import Constituencies
from mufakat.opinion.result import EVERYONE, EVERYONE_FAMILY, Coverage
from mufakat.opinion.votes import Votes


def declared_sizes(declared: Constituencies, votes: Votes) -> dict[str, NDArray[np.intp]]:
    """How many parties each constituency has, voting or not, by family; all parties are a family too."""
    sizes = {family.name: family.sizes for family in declared.families}
    everyone = set(declared.parties).union(votes.parties) if declared.parties else votes.parties
    sizes[EVERYONE_FAMILY] = np.array([len(everyone)])
    return sizes


def coverage(declared: Constituencies, votes: Votes) -> tuple[Coverage, ...]:
    """How much of each declared constituency was heard, all parties together first."""
    sizes = declared_sizes(declared, votes)
    cast = votes.cast
    heard = cast > 0
    found = [
        Coverage(EVERYONE_FAMILY, EVERYONE, int(sizes[EVERYONE_FAMILY][0]), int(heard.sum()), int(cast.sum()))
    ]
    for family in declared.aligned(votes.parties):
        placed = family.member >= 0
        count = len(family.constituencies)
        parties = np.bincount(family.member[placed & heard], minlength=count)
        votes_cast = np.bincount(family.member[placed], weights=cast[placed], minlength=count)
        found += [
            Coverage(family.name, name, int(sizes[family.name][c]), int(parties[c]), int(votes_cast[c]))
            for c, name in enumerate(family.constituencies)
        ]
    return tuple(found)
