from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from mufakat import story
from mufakat.story.party import LANGUAGES
from mufakat.story.submission import ATTRIBUTIONS, CHANNELS, CHATHAM_HOUSE, CONFIDENTIAL
from tests.story.test_demand import SCRIPTS, scripts

DEMANDS = {ask.demand: ask for ask in story.demands()}
PARTIES = {party.party: party for party in story.parties()}
each_submission = pytest.mark.parametrize("one", story.submissions(), ids=lambda one: one.submission)


def test_there_are_60_submissions_numbered_as_they_arrived() -> None:
    assert [one.submission for one in story.submissions()] == [str(number) for number in range(1, 61)]
    days = [one.received for one in story.submissions()]
    assert days == sorted(days)
    assert (days[0], days[-1]) == ("2025-03-12", "2025-04-25")


def test_every_demand_is_drawn_from_exactly_one_submission() -> None:
    drawn = Counter(demand for one in story.submissions() for demand in one.demands)
    assert drawn == dict.fromkeys(DEMANDS, 1)


@each_submission
def test_a_demand_stands_word_for_word_in_its_submission(one: story.Submission) -> None:
    for demand in one.demands:
        ask = DEMANDS[demand]
        assert ask.text in one.text
        assert ask.english in one.english
        assert (ask.from_party, ask.language) == (one.party, one.language)
        day = date.fromisoformat(one.received)
        assert ask.said_at == f"{one.where}, {day.day} {day:%B %Y}"


def test_what_one_party_said_on_one_occasion_is_one_submission() -> None:
    occasions = defaultdict(set)
    for one in story.submissions():
        for demand in one.demands:
            occasions[DEMANDS[demand].from_party, DEMANDS[demand].said_at].add(one.submission)
    assert len(occasions) == 56
    assert all(len(found) == 1 for found in occasions.values())
    several = sorted((one.demands for one in story.submissions() if len(one.demands) > 1), key=str)
    assert several == [("1", "13"), ("14", "54"), ("19", "52"), ("57", "59")]


@each_submission
def test_a_submission_is_two_to_six_sentences_in_the_script_of_its_language(one: story.Submission) -> None:
    assert scripts(one.text) == {SCRIPTS[one.language]}
    assert scripts(one.english) == {"LATIN"}
    assert 2 <= len(re.findall(r"[.。?!]", one.text)) <= 6
    assert (one.text == one.english) == (one.language == "en")


@each_submission
def test_a_translation_has_as_many_sentences_as_what_it_translates(one: story.Submission) -> None:
    said, translated = (len(re.findall(r"[.。？?]", text)) for text in (one.text, one.english))
    assert said == translated


@each_submission
def test_a_submission_comes_from_a_known_party_in_its_language(one: story.Submission) -> None:
    assert one.channel in CHANNELS
    assert one.attribution in ATTRIBUTIONS
    assert (one.party == "") == (one.attribution == CHATHAM_HOUSE)
    assert not one.party or PARTIES[one.party].language == one.language


def test_all_channels_and_languages_are_used() -> None:
    channels = Counter(one.channel for one in story.submissions())
    assert channels == {"form": 16, "meeting": 24, "file": 10, "text": 10}
    assert {one.language for one in story.submissions()} == set(LANGUAGES)


def test_the_chatham_house_round_and_three_more_hide_who_spoke() -> None:
    hidden = Counter(one.attribution for one in story.submissions())
    assert (hidden[CHATHAM_HOUSE], hidden[CONFIDENTIAL]) == (1, 3)


def test_a_confidential_submission_does_not_name_its_party() -> None:
    for one in story.submissions():
        if one.attribution == CONFIDENTIAL:
            assert PARTIES[one.party].name not in one.text + one.english


def test_two_submissions_wait_and_two_were_moderated_with_a_reason() -> None:
    waiting = [one.party for one in story.submissions() if one.waits]
    moderated = {one.party: one.moderated.split(",")[0] for one in story.submissions() if one.moderated}
    assert waiting == ["PBBM", "PLSM"]
    assert moderated == {
        "KTMR": "It advertises something for sale and asks for nothing that the compact could contain.",
        "CSSL": "It names a private person",
    }


def test_no_demand_was_drawn_from_what_was_moderated() -> None:
    assert not [one.submission for one in story.submissions() if one.moderated and one.demands]


def test_the_elders_in_oshara_say_why_they_ask_for_land_papers() -> None:
    ask = DEMANDS["27"]
    one = next(one for one in story.submissions() if "27" in one.demands)
    assert (one.party, one.received, one.where, one.channel) == ("CRE", "2025-03-12", "Oshara", "meeting")
    assert one.text.index(ask.text) > 0
