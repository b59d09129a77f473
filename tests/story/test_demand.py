from __future__ import annotations

import unicodedata
from collections import Counter

import pytest

from mufakat import story
from mufakat.story.demand import LAND_PAPERS, SAME_ASK, SEVERAL_ASKS

SCRIPTS = {"ar": "ARABIC", "zh": "CJK", "ru": "CYRILLIC", "en": "LATIN", "fr": "LATIN", "es": "LATIN"}


def scripts(text: str) -> set[str]:
    return {
        unicodedata.name(letter).split()[0]
        for letter in text
        if unicodedata.category(letter) in ("Lu", "Ll", "Lo")
    }


def test_there_are_60_demands_numbered_in_order() -> None:
    assert [ask.demand for ask in story.demands()] == [str(number) for number in range(1, 61)]


def test_the_planted_outcomes_are_those_of_the_story() -> None:
    assert Counter(ask.planted for ask in story.demands()) == {
        "everywhere": 14,
        "divides": 9,
        "unheard": 6,
        "mixed": 31,
    }


def test_all_six_languages_speak() -> None:
    spoken = Counter(ask.language for ask in story.demands())
    least = {"en": 30, "fr": 4, "es": 4, "ar": 4, "ru": 3, "zh": 3}
    assert spoken.keys() == least.keys()
    assert all(spoken[language] >= number for language, number in least.items())


@pytest.mark.parametrize("ask", story.demands(), ids=lambda ask: ask.demand)
def test_a_demand_is_written_in_the_script_of_its_language(ask: story.Demand) -> None:
    assert scripts(ask.text) == {SCRIPTS[ask.language]}
    assert scripts(ask.english) == {"LATIN"}


def test_texts_and_translations_are_unique_and_end_as_sentences() -> None:
    asks = story.demands()
    assert len({ask.text for ask in asks}) == len({ask.english for ask in asks}) == len(asks)
    assert all(ask.text.endswith((".", "。")) and ask.english.endswith(".") for ask in asks)


def test_an_english_demand_is_its_own_translation_and_no_other_is() -> None:
    for ask in story.demands():
        assert (ask.text == ask.english) == (ask.language == "en")


def test_an_author_is_a_party_that_writes_in_the_language_of_the_demand() -> None:
    languages = {party.party: party.language for party in story.parties()}
    named = [ask for ask in story.demands() if ask.from_party]
    assert [ask.demand for ask in named if languages[ask.from_party] != ask.language] == []


def test_only_the_chatham_house_rule_hides_an_author() -> None:
    hidden = [ask for ask in story.demands() if not ask.from_party]
    assert len(hidden) == 2
    assert all("Chatham House" in ask.said_at and ask.theme == "mediation" for ask in hidden)


def test_the_land_papers_are_asked_for_by_the_elders_in_oshara() -> None:
    ask = next(ask for ask in story.demands() if ask.demand == LAND_PAPERS)
    assert ask.text == "Returnees must have land papers before the first harvest."
    assert (ask.from_party, ask.planted) == ("CRE", "everywhere")
    assert ask.said_at == "Oshara, 12 March 2025"


def test_what_asks_the_same_is_planted_with_the_same_outcome() -> None:
    asks = {ask.demand: ask for ask in story.demands()}
    assert len(SAME_ASK) == 4
    for one, other in SAME_ASK:
        assert (asks[one].theme, asks[one].planted) == (asks[other].theme, asks[other].planted)
    assert SEVERAL_ASKS in asks
