"""Countries are found by any name they have in six languages, and nothing is guessed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.places import LANGUAGES, Country, countries, find, name
from mufakat.places.finding import by_name, key
from mufakat.places.tables import rows

a_country = st.sampled_from(countries())
a_language = st.sampled_from(LANGUAGES)


@given(a_country, a_language)
def test_a_country_is_found_by_its_name_in_every_language(c: Country, language: str) -> None:
    assert find(name(c, language)) == c


@given(a_country, a_language, st.data())
def test_case_spaces_and_accents_do_not_matter(c: Country, language: str, data: st.DataObject) -> None:
    typed = name(c, language)
    if data.draw(st.booleans()):
        typed = typed.upper()
    if data.draw(st.booleans()):
        apart = unicodedata.normalize("NFKD", typed)
        typed = "".join(letter for letter in apart if not unicodedata.combining(letter))
    typed = data.draw(st.sampled_from(["", " ", "\t"])) + typed.replace(" ", "  ") + " "
    assert find(typed) == c


@given(st.text())
def test_whatever_is_typed_the_answer_is_a_country_or_none(text: str) -> None:
    assert find(text) is None or find(text) in countries()
    assert key(key(text)) == key(text)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Cote d'Ivoire", "CIV"),
        ("côte d’ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Bahamas (the)", "BHS"),
        ("ST. VINCENT AND THE GRENADINES", "VCT"),
        ("Trinidad & Tobago", "TTO"),
        ("Korea, Republic of", "KOR"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Viet Nam", "VNM"),
        ("Vietnam", "VNM"),
        ("Swaziland", "SWZ"),
        ("Turkey", "TUR"),
        ("Turkiye", "TUR"),
        ("Congo", "COG"),
        ("Congo (Democratic Republic of the)", "COD"),
        ("Российская Федерация", "RUS"),
        ("los Estados Unidos de América", "USA"),
        ("Saint Martin (French part)", "MAF"),
        ("Sint Maarten", "SXM"),
        ("الجزائر", "DZA"),
        ("الامارات العربية المتحدة", "ARE"),
        ("南非", "ZAF"),
        ("KEN", "KEN"),
        ("KE", "KEN"),
        ("US", "USA"),
    ],
)
def test_names_as_people_type_them(typed: str, code: str) -> None:
    found = find(typed)
    assert found is not None
    assert found.alpha3 == code


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "Korea", "Virgin Islands", "Kenia oriental", "in", "no", "Atlantis", "404", "the", "ZZ"],
)
def test_what_is_not_sure_is_not_found(typed: str) -> None:
    assert find(typed) is None


def test_no_name_belongs_to_two_countries() -> None:
    assert [shared for shared, c in by_name().items() if c is None] == []


def test_every_variant_says_something_that_the_names_do_not() -> None:
    keys = [key(row["name"]) for row in rows("variants", "country", "name")]
    assert len(set(keys)) == len(keys)
    assert all(keys)
