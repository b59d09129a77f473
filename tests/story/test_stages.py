from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from mufakat import story
from mufakat.story.planting import OPINION_GROUPS, PLANTING
from mufakat.story.stages import CONVERGE, LISTEN, MAP, NOW

STAGES = {stage.stage: stage for stage in story.STAGES}


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) ", text)


def test_the_seven_stages_are_told_in_their_order() -> None:
    assert list(STAGES) == ["map", "listen", "converge", "draft", "adopt", "act", "learn"]


def test_stages_follow_one_another_and_none_opens_before_the_last_has_closed() -> None:
    for earlier, later in pairwise(story.STAGES):
        assert later.opens is None or (earlier.closes is not None and earlier.closes < later.opens)
    for stage in story.STAGES:
        assert stage.opens is None or stage.closes is None or stage.opens < stage.closes


def test_voting_is_open_on_the_days_on_which_votes_are_cast() -> None:
    opens = datetime.fromtimestamp(PLANTING.opens, UTC).date()
    last_day = datetime.fromtimestamp(PLANTING.closes, UTC).date() - timedelta(days=1)
    assert (STAGES[CONVERGE].opens, STAGES[CONVERGE].closes) == (opens.isoformat(), last_day.isoformat())


def test_every_submission_arrived_while_the_secretariat_listened() -> None:
    opens, closes = STAGES[LISTEN].opens, STAGES[LISTEN].closes
    assert opens is not None
    assert closes is not None
    assert all(opens <= one.received <= closes for one in story.submissions())


def test_twelve_months_lie_between_the_beginning_and_what_is_adopted() -> None:
    assert STAGES[MAP].opens is not None
    assert STAGES["act"].opens is not None
    asked, done = date.fromisoformat(STAGES[MAP].opens), date.fromisoformat(STAGES["act"].opens)
    assert (done - asked).days == 364


@pytest.mark.parametrize("stage", story.STAGES, ids=lambda stage: stage.stage)
def test_a_narrative_has_two_to_four_sentences_and_its_own_tense(stage: story.Stage) -> None:
    assert 2 <= len(sentences(stage.narrative)) <= 4
    order = list(STAGES)
    assert ("will " in stage.narrative) == (order.index(stage.stage) > order.index(NOW))


def test_what_is_told_of_the_votes_is_what_they_show() -> None:
    told = STAGES[CONVERGE].narrative
    planted = [ask.planted for ask in story.demands()]
    counts = [planted.count(outcome) for outcome in ("everywhere", "divides", "unheard")]
    assert counts == [14, 9, 6]
    assert all(word in told for word in ("Fourteen demands hold", "nine divide", "Six have not been heard"))
    assert all(group in told for group in OPINION_GROUPS)


def test_what_is_told_of_the_submissions_is_what_there_is() -> None:
    told = STAGES[LISTEN].narrative
    assert len(story.submissions()) == len(story.demands()) == 60
    assert told.startswith("Sixty submissions")
    assert "drew sixty demands" in told


def test_the_summary_says_in_two_sentences_what_is_asked_and_that_all_is_invented() -> None:
    assert len(sentences(story.SUMMARY)) == 2
    assert "Everything here is invented" in story.SUMMARY
    assert story.TITLE == "A Southern compact for peace and development"
