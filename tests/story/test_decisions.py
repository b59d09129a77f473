from __future__ import annotations

from datetime import UTC, datetime

from mufakat import story
from mufakat.story.demand import SAME_ASK, SEVERAL_ASKS
from mufakat.story.planting import PLANTING

DEMANDS = {ask.demand: ask for ask in story.demands()}
RECEIVED = {demand: one.received for one in story.submissions() for demand in one.demands}
VOTING = datetime.fromtimestamp(PLANTING.opens, UTC).date().isoformat()


def test_the_four_pairs_that_ask_the_same_are_merged_into_the_one_that_came_first() -> None:
    assert tuple((merge.stays, merge.joins) for merge in story.MERGES) == SAME_ASK
    for merge in story.MERGES:
        assert RECEIVED[merge.stays] < RECEIVED[merge.joins] < merge.decided


def test_the_demand_that_asks_several_things_is_split_into_three() -> None:
    assert story.SPLIT.demand == SEVERAL_ASKS
    assert story.SPLIT.parts == (
        "Fund community radio.",
        "Protect the people who work in community radio.",
        "Let community radio read out the court lists.",
    )


def test_merging_and_splitting_wait_until_votes_have_shown_it() -> None:
    assert {decision.decided > VOTING for decision in (*story.MERGES, story.SPLIT)} == {True}


def test_a_rewording_starts_from_the_demand_as_it_stands_and_comes_before_the_votes() -> None:
    reword = story.REWORD
    assert reword.before == DEMANDS[reword.demand].english == DEMANDS[reword.demand].text
    assert reword.after == "Rebuilding contracts must pay local apprentices from the first month of work."
    assert RECEIVED[reword.demand] < reword.decided < VOTING


def test_what_was_hidden_was_put_back_before_the_votes() -> None:
    reversal = story.REVERSAL
    assert reversal.demand == "19"
    assert RECEIVED[reversal.demand] < reversal.hidden < reversal.restored < VOTING


def test_every_decision_has_a_reason_of_one_sentence() -> None:
    reasons = [decision.reason for decision in (*story.MERGES, story.SPLIT, story.REWORD)]
    reasons += [story.REVERSAL.why_hidden, story.REVERSAL.why_restored]
    assert all(reason.endswith(".") and reason.count(". ") == 0 for reason in reasons)
    assert len(set(reasons)) == 8
