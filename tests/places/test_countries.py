"""Countries are found by any of their codes, and a wrong code is answered with what is near."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.places import Country, PlacesError, countries, country

a_country = st.sampled_from(countries())


def test_there_are_249_countries_and_areas_in_order() -> None:
    found = countries()
    assert len(found) == 249
    assert list(found) == sorted(found)
    assert len({c.alpha2 for c in found}) == len({c.m49 for c in found}) == 249


@pytest.mark.parametrize("code", ["KEN", "KE", "404", "ken", " ke "])
def test_a_country_has_three_codes_in_any_case(code: str) -> None:
    assert country(code) == Country("KEN", "KE", "404")


@given(a_country)
def test_every_code_leads_back_to_its_country(c: Country) -> None:
    assert country(c.alpha2) is country(c.alpha3) is country(c.m49) is country(c)


@pytest.mark.parametrize(
    ("code", "hint"),
    [("Kenia", "Did you mean KEN (Kenya)?"), ("Bolivia", "BOL (Bolivia)"), ("KNE", "Did you mean")],
)
def test_an_unknown_code_is_named_with_what_is_near(code: str, hint: str) -> None:
    with pytest.raises(PlacesError) as error:
        country(code)
    assert repr(code) in str(error.value)
    assert "ISO 3166-1" in str(error.value)
    assert hint in str(error.value)


def test_a_code_far_from_any_other_gets_no_suggestion() -> None:
    with pytest.raises(PlacesError) as error:
        country("qqqqqqqq")
    assert "Did you mean" not in str(error.value)


def test_importing_places_reads_neither_names_nor_codes() -> None:
    question = "import sys, mufakat.places; print({'babel', 'pycountry'} & set(sys.modules))"
    answer = subprocess.run(
        [sys.executable, "-c", question],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "src"},
    )
    assert answer.stdout.strip() == "set()"
