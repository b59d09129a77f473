from __future__ import annotations

import pytest

from mufakat import story
from mufakat.story.party import LANGUAGES
from tests.story.test_demand import SCRIPTS, scripts


def test_the_themes_are_those_of_the_demands_in_the_order_they_are_raised() -> None:
    raised = list(dict.fromkeys(ask.theme for ask in story.demands()))
    assert [theme.theme for theme in story.THEMES] == raised
    assert len(raised) == 15


@pytest.mark.parametrize("theme", story.THEMES, ids=lambda theme: theme.theme)
def test_a_theme_has_a_sentence_and_a_name_in_every_language_and_its_script(theme: story.Theme) -> None:
    assert theme.about.endswith(".")
    assert theme.about.count(".") == 1
    assert tuple(theme.names) == LANGUAGES
    assert theme.names["en"] == theme.theme
    for language, name in theme.names.items():
        assert scripts(name) == {SCRIPTS[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_themes_have_the_same_name(language: str) -> None:
    assert len({theme.names[language] for theme in story.THEMES}) == len(story.THEMES)
