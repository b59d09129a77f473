from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mufakat import story
from mufakat.story.demand import DIVIDES, EVERYWHERE, UNHEARD
from mufakat.story.party import KINDS, REGIONS
from mufakat.story.planting import DEVELOPMENT, JUSTICE, OPINION_GROUPS, PLANTING, REFUSED_BY, STABILITY
from tests.story.conftest import Counted, agreement

Events = tuple[story.VoteEvent, ...]


def planted_as(outcome: str) -> list[str]:
    return [ask.demand for ask in story.demands() if ask.planted == outcome]


def test_181_of_250_parties_cast_eight_to_nine_thousand_votes(events: Events) -> None:
    assert len({event.party for event in events}) == 181
    assert 8_000 <= len(events) <= 9_000


def test_votes_are_by_known_parties_on_known_demands(events: Events) -> None:
    assert {event.party for event in events} <= {party.party for party in story.parties()}
    assert {event.demand for event in events} == {ask.demand for ask in story.demands()}
    assert {event.vote for event in events} == {1, 0, -1}


def test_votes_come_in_order_of_time_and_while_voting_is_open(events: Events) -> None:
    times = [event.time for event in events]
    assert times == sorted(times)
    assert PLANTING.opens <= times[0] <= times[-1] <= PLANTING.closes


def test_the_same_seed_gives_the_same_votes_and_another_seed_others(events: Events) -> None:
    assert story.votes(seed=2019) == events
    assert story.votes(seed=2020) != events


@settings(max_examples=8)
@given(seed=st.integers(min_value=0, max_value=2**63))
def test_any_seed_gives_votes_of_181_parties_within_the_voting_period(seed: int) -> None:
    events = story.votes(seed=seed)
    assert len({event.party for event in events}) == PLANTING.voting_parties
    assert 7_500 < len(events) < 9_500
    assert PLANTING.opens <= events[0].time <= events[-1].time <= PLANTING.closes
    assert len({(event.party, event.demand, event.time) for event in events}) == len(events)


@pytest.mark.parametrize("seed", [1.0, "2019", None, True])
def test_a_seed_that_is_no_integer_is_refused_by_name(seed: object) -> None:
    with pytest.raises(TypeError, match="seed must be an integer such as 2019, not"):
        story.votes(seed=seed)  # type: ignore[arg-type]


def test_a_negative_seed_is_refused_by_value() -> None:
    with pytest.raises(ValueError, match="seed must be 0 or more, not -3"):
        story.planted_groups(seed=-3)


@pytest.mark.parametrize("seed", [2019, 1, 7])
def test_the_opinion_groups_have_about_the_shares_of_the_story(seed: int) -> None:
    planted = story.planted_groups(seed=seed)
    voters = {event.party for event in story.votes(seed=seed)}
    shares = {
        group: sum(planted[party] == group for party in voters) / len(voters) for group in OPINION_GROUPS
    }
    assert shares == pytest.approx({DEVELOPMENT: 0.45, JUSTICE: 0.33, STABILITY: 0.22}, abs=0.06)


def test_no_kind_and_no_region_is_one_opinion_group(counted: Counted) -> None:
    planted = story.planted_groups()
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for party in story.parties():
        together[party.kind][planted[party.party]] += 1
        together[party.region][planted[party.party]] += 1
    for constituency, groups in together.items():
        assert set(groups) == set(OPINION_GROUPS), constituency
        assert max(groups.values()) / groups.total() < 0.65, constituency


def test_every_constituency_has_at_least_ten_voting_parties(counted: Counted) -> None:
    voters = {party for party, _ in counted.last}
    sizes = Counter(name for party in voters for name in counted.constituencies[party])
    assert set(sizes) == {*KINDS, *REGIONS, *OPINION_GROUPS, *story.GROUPS}
    assert min(sizes.values()) >= 10


def test_what_is_planted_everywhere_is_agreed_in_every_constituency(counted: Counted) -> None:
    tally = counted.tally()
    low = {
        (demand, name): round(agreement(tally[demand, name]), 2)
        for demand in planted_as(EVERYWHERE)
        for name in (*OPINION_GROUPS, *KINDS, *REGIONS, *story.GROUPS)
        if agreement(tally[demand, name]) <= 0.6
    }
    assert low == {}


def test_what_is_planted_to_divide_has_a_group_for_and_a_group_against(counted: Counted) -> None:
    tally = counted.tally()
    for demand in planted_as(DIVIDES):
        shares = [agreement(tally[demand, group]) for group in OPINION_GROUPS]
        assert max(shares) > 0.65, demand
        assert min(shares) < 0.35, demand


def test_each_pair_of_opinion_groups_is_set_apart_by_a_dividing_demand(counted: Counted) -> None:
    tally = counted.tally()
    for one, other in combinations(OPINION_GROUPS, 2):
        gaps = [abs(agreement(tally[d, one]) - agreement(tally[d, other])) for d in planted_as(DIVIDES)]
        assert max(gaps) > 0.4


def test_what_is_planted_unheard_has_hardly_a_vote_of_islands_and_landlocked(counted: Counted) -> None:
    tally = counted.tally()
    for demand in planted_as(UNHEARD):
        assert tally[demand, "SIDS"].total() < 6
        assert tally[demand, "LLDC"].total() < 6
        assert agreement(tally[demand, "civil society"]) > 0.6


def test_every_other_demand_is_heard_among_islands_and_landlocked(counted: Counted) -> None:
    tally = counted.tally()
    for ask in story.demands():
        if ask.planted != UNHEARD:
            assert min(tally[ask.demand, "SIDS"].total(), tally[ask.demand, "LLDC"].total()) >= 6


def test_a_demand_planted_as_mixed_is_carried_by_most_only_where_a_kind_or_region_refuses(
    counted: Counted,
) -> None:
    total: dict[str, Counter[int]] = defaultdict(Counter)
    for (_, demand), vote in counted.last.items():
        total[demand][vote] += 1
    carried = {d for d in planted_as("mixed") if total[d][1] > 1.2 * total[d][-1]}
    assert carried == set(REFUSED_BY)


def test_one_vote_in_ten_passes(counted: Counted) -> None:
    passed = sum(vote == 0 for vote in counted.last.values()) / len(counted.last)
    assert 0.09 < passed < 0.13


def test_participation_is_uneven(counted: Counted) -> None:
    cast = Counter(party for party, _ in counted.last)
    assert min(cast.values()) < 20
    assert max(cast.values()) == 60
    parties = story.parties()
    remote = {party.party for party in parties if {"SIDS", "LLDC"} & set(party.groups)}
    assert len(remote & cast.keys()) / len(remote) < 181 / 250
    arabic = [cast[party.party] for party in parties if party.language == "ar" and party.party in cast]
    english = [cast[party.party] for party in parties if party.language == "en" and party.party in cast]
    assert sum(arabic) / len(arabic) < sum(english) / len(english)


def test_a_handful_of_parties_agrees_with_everything_seconds_apart(counted: Counted, events: Events) -> None:
    answers: dict[str, set[int]] = defaultdict(set)
    for (party, _), vote in counted.last.items():
        answers[party].add(vote)
    straight = [party for party, given in answers.items() if given == {1}]
    assert len(straight) == PLANTING.unread_voters
    first: dict[tuple[str, str], int] = {}
    for event in events:
        first.setdefault((event.party, event.demand), event.time)
    for party in straight:
        times = [time for (who, _), time in first.items() if who == party]
        assert max(times) - min(times) <= 3 * len(times)


def test_one_party_nearly_copies_another_and_no_others_are_so_alike(counted: Counted) -> None:
    answers: dict[str, dict[str, int]] = defaultdict(dict)
    for (party, demand), vote in counted.last.items():
        answers[party][demand] = vote
    readers = [party for party in answers if set(answers[party].values()) != {1}]
    copies = [
        {one, other}
        for one, other in combinations(readers, 2)
        if len(shared := answers[one].keys() & answers[other].keys()) > 30
        and sum(answers[one][d] == answers[other][d] for d in shared) >= 0.9 * len(shared)
    ]
    assert len(copies) == 1


def test_some_votes_replace_a_different_earlier_one(events: Events) -> None:
    cast: dict[tuple[str, str], list[story.VoteEvent]] = defaultdict(list)
    for event in events:
        cast[event.party, event.demand].append(event)
    again = [votes for votes in cast.values() if len(votes) > 1]
    assert 0.01 < len(again) / len(cast) < 0.05
    assert all(len(votes) == 2 for votes in again)
    assert all(votes[0].vote != votes[1].vote and votes[0].time < votes[1].time for votes in again)


def test_regions_hardly_reached_at_first_begin_after_the_second_round(events: Events) -> None:
    regions = {party.party: party.region for party in story.parties()}
    late = [event.time for event in events if regions[event.party] in PLANTING.second_round_regions]
    assert late
    assert min(late) >= PLANTING.opens + PLANTING.second_round_after
