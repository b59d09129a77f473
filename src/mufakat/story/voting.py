"""The votes of the invented parties: three planted opinion groups, imperfect on purpose.

How a party comes to its answers stands in ``casting``, every number in ``planting``. Beyond that a few
parties agree with everything without reading, and one nearly copies another.
"""

from __future__ import annotations

import numpy as np

from mufakat.story.casting import (
    AGREE,
    Flags,
    Integers,
    Round,
    Stream,
    VoteEvent,
    another,
    answers_to_all,
    events_in_order,
    own_groups,
    what_is_answered,
)
from mufakat.story.demand import demands
from mufakat.story.party import CIVIL_SOCIETY, STATE, parties
from mufakat.story.planting import OPINION_GROUPS, PLANTING
from mufakat.story.timing import answer_times


def planted_groups(*, seed: int = 2019) -> dict[str, str]:
    """The opinion group that each of the 250 parties was planted in, by party code.

    Raises:
        TypeError: if ``seed`` is not an integer.
        ValueError: if ``seed`` is negative.
    """
    cast = Round(parties(), demands(), PLANTING, seed)
    return {
        party.party: OPINION_GROUPS[group] for party, group in zip(cast.voters, own_groups(cast), strict=True)
    }


def votes(*, seed: int = 2019) -> tuple[VoteEvent, ...]:
    """All vote events of the parties in the order of their time; the same for the same seed.

    Raises:
        TypeError: if ``seed`` is not an integer.
        ValueError: if ``seed`` is negative.
    """
    cast = Round(parties(), demands(), PLANTING, seed)
    answered, answers = what_is_answered(cast), answers_to_all(cast)
    unread, (copied, copying) = _mischief(cast, answered)
    answers[unread] = AGREE
    answered[copying] = answered[copied]
    differs = cast.stream(Stream.MISCHIEF).random(len(cast.asks)) < PLANTING.copied_differences
    answers[copying] = np.where(differs, another(answers[copied], 1), answers[copied])
    rng = cast.stream(Stream.TIMES)
    times = answer_times(cast.voters, answered, PLANTING, rng, unread, (copied, copying))
    return events_in_order(cast, answered, answers, times)


def _mischief(cast: Round, answered: Flags) -> tuple[Integers, tuple[int, int]]:
    """The parties that vote without reading, and a party with its near-copy."""
    rng = cast.stream(Stream.MISCHIEF)
    votes_much = answered.sum(axis=1) > answered.shape[1] // 2
    societies = np.array([party.kind == CIVIL_SOCIETY for party in cast.voters])
    states = np.array([party.kind == STATE for party in cast.voters])
    copied, copying = rng.choice(np.flatnonzero(votes_much & societies), size=2, replace=False)
    candidates = np.flatnonzero(votes_much & ~cast.remote & (states | societies))
    candidates = candidates[(candidates != copied) & (candidates != copying)]
    unread = rng.choice(candidates, size=cast.planting.unread_voters, replace=False)
    return np.sort(unread), (int(copied), int(copying))
