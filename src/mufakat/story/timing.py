"""When the invented votes are cast: in sittings, some seconds apart, within the weeks that voting is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from mufakat.story.party import Party
from mufakat.story.planting import Planting

SECONDS_APART: Final = 35.0
"""Median pause between two answers in one sitting."""
SECONDS_APART_SPREAD: Final = 0.7
BETWEEN_SITTINGS: Final = (3_600, 3 * 86_400)
"""Shortest and longest pause between two sittings, in seconds."""
UNREAD_SECONDS_APART: Final = (1, 3)
"""Shortest and longest pause between two answers of a party that does not read."""
COPY_DELAY: Final = 1_800
"""Seconds by which the near-copy follows the party it copies."""
MIND_CHANGED_AFTER: Final = (600, 4 * 86_400)
"""Shortest and longest time until a party votes again on the same demand, in seconds."""

Integers = npt.NDArray[np.int64]


def answer_times(
    everyone: Sequence[Party],
    answered: npt.NDArray[np.bool_],
    planting: Planting,
    rng: np.random.Generator,
    unread: Integers,
    copy: tuple[int, int] | None = None,
) -> Integers:
    """Second of each answer, party by demand, within the voting period; meaningless where none was given.

    ``unread`` are the rows of parties that vote without reading, ``copy`` the rows of a party and its
    near-copy, where there is one.
    """
    parties, asks = answered.shape
    order = rng.random((parties, asks)).argsort(axis=1, kind="stable")
    pauses = np.ceil(SECONDS_APART * np.exp(SECONDS_APART_SPREAD * rng.standard_normal((parties, asks))))
    breaks = rng.integers(*BETWEEN_SITTINGS, size=(parties, asks), endpoint=True)
    in_order = np.take_along_axis(answered, order, axis=1)
    place = in_order.cumsum(axis=1)
    pauses = pauses + breaks * (in_order & (place % planting.sitting == 0))
    hurried = rng.integers(*UNREAD_SECONDS_APART, size=(len(unread), asks), endpoint=True)
    pauses[unread] = hurried
    elapsed = (pauses * in_order).cumsum(axis=1).astype(np.int64)

    late = np.array([party.region in planting.second_round_regions for party in everyone])
    earliest = planting.opens + np.where(late, planting.second_round_after, 0)
    latest = planting.closes - MIND_CHANGED_AFTER[1] - COPY_DELAY - elapsed[:, -1]
    starts = earliest + np.floor(rng.random(parties) * (latest - earliest)).astype(np.int64)
    times = np.empty((parties, asks), dtype=np.int64)
    np.put_along_axis(times, order, starts[:, None] + elapsed, axis=1)
    if copy is not None:
        copied, copying = copy
        times[copying] = times[copied] + COPY_DELAY
    return times


def changed_at(times: Integers, rng: np.random.Generator) -> Integers:
    """Second of the second answer, for those who change their minds after the answers at ``times``."""
    return times + rng.integers(*MIND_CHANGED_AFTER, size=times.shape, endpoint=True)
