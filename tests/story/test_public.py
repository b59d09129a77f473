from __future__ import annotations

import csv
from collections import Counter
from statistics import median

import pytest

from mufakat import story
from mufakat.opinion.reading import read_votes
from mufakat.opinion.result import State, Study
from mufakat.opinion.study import study
from mufakat.story.party import INDIVIDUAL, LANGUAGES, REGIONS
from mufakat.story.planting import OPINION_GROUPS, PUBLIC_PLANTING
from mufakat.story.public import planted_public_groups

Events = tuple[story.VoteEvent, ...]


@pytest.fixture(scope="module")
def public() -> Events:
    return story.public_votes()


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory, public: Events) -> Study:
    """The study of the votes of parties and public in one."""
    folder = story.write(tmp_path_factory.mktemp("together"))
    with (folder / "votes.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((e.party, e.demand, e.vote, e.time) for e in public)
    with (folder / "parties.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            (one.party, one.name, one.kind, one.region, one.language, "") for one in story.individuals()
        )
    return study(read_votes(folder))


def test_there_are_450_individuals_of_every_region_and_language() -> None:
    everyone = story.individuals()
    assert [one.party for one in everyone] == [f"P{number:03}" for number in range(1, 451)]
    assert {one.kind for one in everyone} == {INDIVIDUAL}
    assert {one.region for one in everyone} == set(REGIONS)
    assert {one.language for one in everyone} == set(LANGUAGES)
    assert {one.groups for one in everyone} == {()}


def test_no_individual_has_the_code_of_a_party() -> None:
    assert not {one.party for one in story.individuals()} & {party.party for party in story.parties()}


def test_the_public_was_reached_unevenly() -> None:
    regions = Counter(one.region for one in story.individuals())
    assert (regions["Africa"], regions["Eastern Europe"]) == (163, 33)


def test_parties_and_public_cast_about_35000_votes(public: Events) -> None:
    assert (len(story.votes()), len(public)) == (8_726, 26_358)
    assert len({(event.party, event.demand) for event in public}) == 25_984


def test_most_answer_nearly_all_and_some_hand_in_fewer_forms(public: Events) -> None:
    answered = Counter(party for party, _ in {(event.party, event.demand) for event in public})
    assert len(answered) == 450
    assert median(answered.values()) == 59
    assert 0.05 < sum(count <= 50 for count in answered.values()) / 450 < 0.2


def test_people_pass_and_change_their_minds(public: Events) -> None:
    last = {(event.party, event.demand): event.vote for event in public}
    assert 0.09 < sum(vote == 0 for vote in last.values()) / len(last) < 0.13
    assert len(public) - len(last) == 374


def test_public_votes_come_in_order_while_voting_is_open(public: Events) -> None:
    times = [event.time for event in public]
    assert times == sorted(times)
    assert PUBLIC_PLANTING.opens <= times[0] <= times[-1] <= PUBLIC_PLANTING.closes


def test_the_same_seed_gives_the_same_public_votes_and_another_seed_others(public: Events) -> None:
    assert story.public_votes(seed=2019) == public
    assert story.public_votes(seed=2020) != public


def test_a_seed_that_is_none_is_refused_by_value() -> None:
    with pytest.raises(ValueError, match="seed must be 0 or more, not -1"):
        story.public_votes(seed=-1)
    with pytest.raises(TypeError, match="seed must be an integer such as 2019, not '7'"):
        planted_public_groups(seed="7")  # type: ignore[arg-type]


def test_the_public_is_planted_in_the_three_groups_of_the_parties() -> None:
    shares = Counter(planted_public_groups().values())
    assert [round(shares[group] / 450, 2) for group in OPINION_GROUPS] == pytest.approx(
        [0.38, 0.39, 0.23], abs=0.04
    )


def test_parties_and_public_together_give_what_the_parties_gave_alone(together: Study) -> None:
    planted = {demand.demand: demand.planted for demand in story.demands()}
    found = Counter(
        (planted[demand.id], "divides" if demand.divides else demand.state.value)
        for demand in together.demands
    )
    assert found == {
        ("everywhere", "holds everywhere"): 14,
        ("divides", "divides"): 9,
        ("unheard", "not heard enough"): 6,
        ("mixed", "contested"): 31,
    }


def test_what_is_not_heard_is_not_heard_among_islands_and_landlocked(together: Study) -> None:
    for demand in together.demands:
        if demand.state is State.UNHEARD:
            fewest = sorted(demand.constituencies, key=lambda standing: standing.n)[:2]
            assert {standing.name for standing in fewest} == {"SIDS", "LLDC"}


def test_the_three_groups_are_found_in_parties_and_public_together(together: Study) -> None:
    planted = story.planted_groups() | planted_public_groups()
    table = Counter(
        (planted[party], group)
        for party, group in zip(together.parties.id, together.parties.group.tolist(), strict=True)
    )
    assert together.groups.k == 3
    right = sum(max(table[name, group] for name in OPINION_GROUPS) for group in range(3))
    assert right / len(together.parties.id) > 0.9


def test_the_public_is_a_kind_of_its_own_in_the_coverage(together: Study) -> None:
    everyone = together.coverage[0]
    assert (everyone.declared, everyone.heard, everyone.votes) == (700, 631, 34_498)
    kinds = {row.name: row.heard for row in together.coverage if row.family == "kind"}
    assert kinds[INDIVIDUAL] == 450


def test_those_who_did_not_read_are_found_among_parties_and_public(together: Study) -> None:
    straight = {party for party, _, _ in together.integrity.straight}
    assert len(straight) == 12
    assert len(straight & {one.party for one in story.individuals()}) == 7
