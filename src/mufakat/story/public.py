"""The invented public round: 450 individuals who answered the demands on paper forms.

The forms hold ten demands each and were filled in at markets, ferries and schools, so that most people
answered nearly all of them. The same three opinion groups are planted as among the parties, a little less
clearly.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from mufakat.story.casting import (
    AGREE,
    Round,
    Stream,
    VoteEvent,
    answers_to_all,
    events_in_order,
    own_groups,
    what_is_answered,
)
from mufakat.story.demand import demands
from mufakat.story.name import names_for
from mufakat.story.party import (
    AFRICA,
    ASIA_PACIFIC,
    EASTERN_EUROPE,
    INDIVIDUAL,
    LATIN_AMERICA,
    WESTERN_EUROPE,
    Party,
    parties,
)
from mufakat.story.person import people
from mufakat.story.planting import OPINION_GROUPS, PUBLIC_PLANTING
from mufakat.story.timing import answer_times

PUBLIC_ROUND: Final = 1
"""Number of the round, which keeps its random streams apart from those of the parties."""

REACHED: Final[Mapping[tuple[str, str], int]] = MappingProxyType(
    {
        (AFRICA, "en"): 92,
        (AFRICA, "fr"): 47,
        (AFRICA, "ar"): 24,
        (ASIA_PACIFIC, "en"): 62,
        (ASIA_PACIFIC, "ar"): 18,
        (ASIA_PACIFIC, "ru"): 15,
        (ASIA_PACIFIC, "zh"): 14,
        (LATIN_AMERICA, "es"): 66,
        (LATIN_AMERICA, "en"): 22,
        (LATIN_AMERICA, "fr"): 9,
        (EASTERN_EUROPE, "ru"): 20,
        (EASTERN_EUROPE, "en"): 13,
        (WESTERN_EUROPE, "en"): 26,
        (WESTERN_EUROPE, "fr"): 14,
        (WESTERN_EUROPE, "es"): 8,
    }
)
"""How many people the forms reached, by region and language: many where a helper stood beside them."""


@functools.cache
def individuals() -> tuple[Party, ...]:
    """The 450 individuals of the public round, ``P001`` to ``P450``, each a party of one, in no groups."""
    places = [place for place, count in REACHED.items() for _ in range(count)]
    order = np.random.default_rng(PUBLIC_ROUND).permutation(len(places))
    nameless = [
        Party(f"P{number:03}", "", INDIVIDUAL, region, language, ())
        for number, (region, language) in enumerate((places[place] for place in order.tolist()), start=1)
    ]
    by_code = {party.party: party for party in parties()}
    names = names_for(nameless, leave=[by_code[person.party] for person in people()])
    return tuple(
        Party(one.party, name, one.kind, one.region, one.language, one.groups)
        for one, name in zip(nameless, names, strict=True)
    )


def planted_public_groups(*, seed: int = 2019) -> dict[str, str]:
    """The opinion group that each of the 450 individuals was planted in, by code.

    Raises:
        TypeError: if ``seed`` is not an integer.
        ValueError: if ``seed`` is negative.
    """
    cast = Round(individuals(), demands(), PUBLIC_PLANTING, seed, PUBLIC_ROUND)
    return {
        voter.party: OPINION_GROUPS[group] for voter, group in zip(cast.voters, own_groups(cast), strict=True)
    }


def public_votes(*, seed: int = 2019) -> tuple[VoteEvent, ...]:
    """All vote events of the public round in the order of their time; the same for the same seed.

    Raises:
        TypeError: if ``seed`` is not an integer.
        ValueError: if ``seed`` is negative.
    """
    cast = Round(individuals(), demands(), PUBLIC_PLANTING, seed, PUBLIC_ROUND)
    answered, answers = what_is_answered(cast), answers_to_all(cast)
    willing = np.flatnonzero(answered.sum(axis=1) > answered.shape[1] // 2)
    unread = cast.stream(Stream.MISCHIEF).choice(willing, size=PUBLIC_PLANTING.unread_voters, replace=False)
    answers[unread] = AGREE
    times = answer_times(cast.voters, answered, PUBLIC_PLANTING, cast.stream(Stream.TIMES), np.sort(unread))
    return events_in_order(cast, answered, answers, times)
