from __future__ import annotations

import math

from mufakat import story
from mufakat.story.demand import DIVIDES, MIXED, PLANTED, SAME_ASK
from mufakat.story.party import KINDS, LANGUAGES, REGIONS
from mufakat.story.planting import (
    AGAINST,
    LEANING,
    PLANTING,
    REFUSED_BY,
    REGIONAL_LEANING,
    SHARED_STANCES,
    SLIGHT,
    STANCES,
)


def test_every_demand_has_a_stance_of_its_own_or_a_shared_one_and_never_both() -> None:
    for ask in story.demands():
        assert (ask.demand in STANCES) != (ask.planted in SHARED_STANCES)
    assert set(STANCES) <= {ask.demand for ask in story.demands()}


def test_a_dividing_demand_has_a_group_for_and_a_group_against() -> None:
    for ask in story.demands():
        if ask.planted == DIVIDES:
            assert min(STANCES[ask.demand]) <= -1 < 1 <= max(STANCES[ask.demand])


def test_a_mixed_demand_is_carried_by_no_group_or_refused_by_a_kind_or_region() -> None:
    for ask in story.demands():
        if ask.planted == MIXED and ask.demand not in REFUSED_BY:
            assert min(STANCES[ask.demand]) == AGAINST < max(STANCES[ask.demand]) == SLIGHT
        elif ask.planted == MIXED:
            assert min(STANCES[ask.demand]) > SLIGHT


def test_only_mixed_demands_are_refused_by_a_kind_or_region() -> None:
    planted = {ask.demand: ask.planted for ask in story.demands()}
    assert {planted[demand] for demand in REFUSED_BY} == {MIXED}
    assert set(REFUSED_BY.values()) <= {*KINDS, *REGIONS}


def test_what_asks_the_same_is_judged_the_same() -> None:
    for one, other in SAME_ASK:
        assert STANCES.get(one) == STANCES.get(other)


def test_leanings_cover_every_kind_and_region_and_sum_to_one() -> None:
    assert set(LEANING) == set(KINDS)
    assert set(REGIONAL_LEANING) == set(REGIONS) == set(PLANTING.turnout_by_region)
    assert set(PLANTING.turnout_by_language) == set(PLANTING.votes_by_language) == set(LANGUAGES)
    assert set(PLANTING.passing) == set(PLANTED)
    for shares in LEANING.values():
        assert math.isclose(sum(shares), 1)
