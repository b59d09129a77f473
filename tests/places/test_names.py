"""Every country and region has a name in each of the six languages."""

from __future__ import annotations

import pytest

from mufakat.places import LANGUAGES, PlacesError, countries, name, region, regions
from mufakat.places.names import cldr_names, own_names

SCRIPTS = {"ar": "\u0600", "zh": "\u4e00", "ru": "\u0400"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_and_region_has_a_name_of_its_own(language: str) -> None:
    names = [name(of, language) for of in (*countries(), *regions())]
    assert all(label.strip() for label in names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("language", "first"), SCRIPTS.items())
def test_names_are_in_the_script_of_their_language(language: str, first: str) -> None:
    last = "\u9fff" if language == "zh" else chr(ord(first) + 255)
    for of in (*countries(), *regions()):
        assert any(first <= letter <= last for letter in name(of, language)), of


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("KEN", ["كينيا", "肯尼亚", "Kenya", "Kenya", "Кения", "Kenia"]),
        ("202", ["أفريقيا جنوب الصحراء الكبرى", "撒哈拉以南非洲", "Sub-Saharan Africa"]),
        ("PSE", ["دولة فلسطين", "巴勒斯坦国", "State of Palestine", "État de Palestine"]),
    ],
)
def test_names_in_six_languages(code: str, names: list[str]) -> None:
    assert [name(code, language) for language in LANGUAGES][: len(names)] == names


def test_a_region_of_the_caribbean_is_not_called_latin_america_alone() -> None:
    assert cldr_names("en")["419"] == "Latin America"
    assert name(region("419"), "en") == "Latin America and the Caribbean"


def test_the_state_micronesia_and_the_region_are_told_apart() -> None:
    assert name("FSM", "en") == "Micronesia (Federated States of)"
    assert name("057", "en") == "Micronesia"


def test_our_own_names_are_complete_and_say_something_else_than_cldr() -> None:
    for code, names in own_names().items():
        assert list(names) == list(LANGUAGES)
        assert all(names.values()), code
        alpha2 = next((c.alpha2 for c in countries() if c.alpha3 == code), code)
        assert any(names[language] != cldr_names(language)[alpha2] for language in LANGUAGES), code


def test_an_unknown_language_is_named_with_the_six() -> None:
    with pytest.raises(
        PlacesError, match="'de' is none of the six languages; right are ar, zh, en, fr, ru, es"
    ):
        name("KEN", "de")
