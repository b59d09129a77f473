"""How much the whole picture changes once uneven exposure is weighted for.

`exposure` corrects each demand; here the corrected mean votes fill what is missing, the map is drawn again,
and what moves is told.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.consensus import Consensus, FamilyCounts, consensus_of_counts
from mufakat.opinion.exposure import Adjusted, adjust, exposure_counts
from mufakat.opinion.map import OpinionMap, opinion_map
from mufakat.opinion.moments import Moments
from mufakat.opinion.result import EVERYONE_FAMILY, Exposure
from mufakat.opinion.tally import Tally
from mufakat.opinion.votes import Floats, Votes

Shown = tuple[NDArray[np.integer], NDArray[np.integer]]


def weigh_for_exposure(
    votes: Votes, moments: Moments, drawn: OpinionMap, agreed: Consensus, *, shown: Shown | None, seed: int
) -> tuple[Exposure, Floats]:
    """Weigh agreement for exposure, and compare the picture before and after.

    Votes that carry weights are taken to say themselves how likely each was to be asked for.

    Args:
        votes: P parties on S demands. moments: of them. drawn: their map. agreed: what consensus found.
        shown: start (P + 1,) and demand (m,) of the showings, where they were logged. seed: of the map.

    Returns:
        What changes, and the weighted share of agreement of each demand, shape (S,); nan without votes.
    """
    weighted = votes.weight is not None
    share = np.ones((len(votes.parties), 1)) if weighted else drawn.share
    naive = np.where(moments.cast > 0, moments.agree / np.maximum(moments.cast, 1), np.nan)
    found = adjust(exposure_counts(votes, share, shown=shown), naive)
    states, axis, moved = 0, 1.0, 0.0
    if found.largest > 0:
        states = _changed_states(agreed, found)
        again = opinion_map(votes, moments, seed=seed, choice=drawn.choice, fill=found.mean)
        if len(again.axes.eigenvalues) and len(drawn.axes.eigenvalues):
            axis = float(abs(drawn.axes.loadings[:, 0] @ again.axes.loadings[:, 0]))
        moved = _moved(drawn, again)
    source = "weights" if weighted else "votes" if shown is None else "showings"
    changed = Exposure(source, found.uneven, found.largest, found.average, states, axis, moved)
    return changed, found.agree


def _changed_states(agreed: Consensus, found: Adjusted) -> int:
    """How many demands would change their state if all parties agreed as much as is corrected for."""
    counts = []
    for family in agreed.families:
        held = family.counts
        if held.family == EVERYONE_FAMILY:
            agree = np.where(held.votes.cast > 0, np.nan_to_num(found.agree) * held.votes.cast, 0.0)
            held = FamilyCounts(
                held.family,
                held.constituencies,
                Tally(
                    agree=np.clip(agree, 0, held.votes.cast), cast=held.votes.cast, voters=held.votes.voters
                ),
                held.declared,
            )
        counts.append(held)
    later = consensus_of_counts(counts, threshold=agreed.threshold, level=agreed.level)
    return sum(before is not after for before, after in zip(agreed.state, later.state, strict=True))


def _moved(before: OpinionMap, after: OpinionMap) -> float:
    """Share of parties whose group is not the one that best matches their group before."""
    from scipy.optimize import linear_sum_assignment  # half a second to import

    k = before.share.shape[1]
    table = np.zeros((k, k))
    np.add.at(table, (before.label, after.label), 1)
    stayed = table[linear_sum_assignment(-table)].sum()
    return float(1 - stayed / max(table.sum(), 1))
