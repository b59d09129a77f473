"""Where Polis draws parties and demands, and which parties it takes into the map.

A demand that is hidden (moderated out, or only asked for background) is set to 0 for everyone, voters or not.
It no longer moves anybody, yet it counts as a vote cast by every party, so hiding demands shrinks the map.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.votes import Floats, Ints, Votes, with_values

ENOUGH_VOTES = 7
FEWEST_PARTIES = 15
BLOCK_PARTIES = 2**15


def party_positions(
    votes: Votes,
    centre: Floats,
    components: Floats,
    *,
    hidden: NDArray[np.bool_],
    voted: NDArray[np.bool_],
) -> Floats:
    """Project every party from the votes it cast, stretched for those it did not cast.

    A party p stands at sqrt(n / max(c_p, 1)) * sum over its cast votes of (vote - centre) * component. Here n
    is the number of demands that anybody voted on, and c_p the number of votes of p, with every hidden demand
    counting as one.

    Args:
        votes: the votes of P parties on S demands.
        centre: shape (S,); the mean vote on each demand.
        components: shape (S, 2).
        hidden: shape (S,); demands that are set to 0 for everyone.
        voted: shape (S,); demands that anybody voted on.

    Returns:
        Shape (P, 2).
    """
    components = np.where(hidden[:, None], 0.0, components)
    visible = (~hidden).astype(np.float64)
    hidden_columns = int((hidden & voted).sum())
    positions = np.empty((len(votes.parties), components.shape[1]))
    for first in range(0, len(votes.parties), BLOCK_PARTIES):
        rows = votes.rows(first, min(first + BLOCK_PARTIES, len(votes.parties)))
        centred = with_values(rows, rows.data - centre[rows.indices])
        cast = with_values(rows, np.ones(rows.nnz))
        visible_votes = np.asarray(cast @ visible)
        stretch = np.sqrt(voted.sum() / np.maximum(visible_votes + hidden_columns, 1.0))
        positions[first : first + rows.shape[0]] = (centred @ components) * stretch[:, None]
    return positions


def demand_positions(centre: Floats, components: Floats, *, demands: int) -> Floats:
    """Where a party would stand that agreed with one demand and voted on nothing else.

    Args:
        centre: shape (S,).
        components: shape (S, 2).
        demands: how many demands anybody voted on.

    Returns:
        Shape (S, 2): sqrt(demands) * (1 - centre) * component. The length of a row is the demand's extremity.
    """
    positions: Floats = np.sqrt(demands) * (1.0 - centre)[:, None] * components
    return positions


def parties_in_the_map(cast: Ints, *, demands: int) -> NDArray[np.bool_]:
    """Which parties are clustered: those with at least min(7, demands) votes, or else the 15 most active.

    Polis keeps a party in once it was in, when there were fewer demands; that depends on history and cannot
    be seen in the final votes. Where parties are equally active, the one that comes first is taken.

    Args:
        cast: shape (P,); votes cast by each party, passes and hidden demands included.
        demands: how many demands anybody voted on.

    Returns:
        Shape (P,).
    """
    chosen = cast >= min(ENOUGH_VOTES, demands)
    missing = FEWEST_PARTIES - int(chosen.sum())
    if missing > 0:
        most_active = np.argsort(-cast.astype(np.int64), kind="stable")
        chosen[most_active[~chosen[most_active]][:missing]] = True
    return chosen
