"""Who belonged to which group on a given day."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.places import (
    Group,
    PlacesError,
    country,
    groups,
    history,
    is_member,
    members,
    memberships,
    regional_group,
)

OPINION = Path(__file__).resolve().parents[1] / "opinion"
GRADUATED = {
    "BWA": date(1994, 12, 19),
    "CPV": date(2007, 12, 20),
    "MDV": date(2011, 1, 1),
    "WSM": date(2014, 1, 1),
    "GNQ": date(2017, 6, 4),
    "VUT": date(2020, 12, 4),
    "BTN": date(2023, 12, 13),
    "STP": date(2024, 12, 13),
}


def codes(of: str, on: date | None = None) -> set[str]:
    return {c.alpha3 for c in members(of, on=on)}


@pytest.mark.parametrize(
    ("group", "on", "size"),
    [
        ("UN", date(1955, 12, 31), 74),
        ("UN", date(2000, 1, 1), 187),
        ("UN", date(2011, 7, 13), 192),
        ("UN", None, 193),
        ("UN-OBS", date(2012, 11, 28), 1),
        ("UN-OBS", None, 2),
        ("AG", None, 54),
        ("APG", None, 56),
        ("EEG", None, 23),
        ("GRULAC", None, 33),
        ("WEOG", None, 29),
        ("G77", date(2008, 6, 1), 130),
        ("G77", date(2012, 12, 31), 132),
        ("G77", date(2013, 12, 31), 133),
        ("G77", date(2015, 1, 1), 134),
        ("G77", date(2019, 9, 30), 135),
        ("G77", date(2021, 1, 1), 134),
        ("LDC", date(1971, 11, 18), 24),
        ("LDC", date(2003, 12, 31), 50),
        ("LDC", date(2012, 12, 31), 49),
        ("LDC", date(2021, 6, 1), 46),
        ("LDC", None, 44),
        ("LLDC", None, 32),
        ("SIDS", None, 53),
        ("AOSIS", None, 39),
        ("NAM", date(2012, 9, 1), 120),
        ("NAM", None, 121),
        ("AU", date(2010, 1, 1), 53),
        ("AU", date(2016, 1, 1), 54),
        ("AU", None, 55),
        ("ASEAN", date(1990, 1, 1), 6),
        ("ASEAN", date(2025, 10, 25), 10),
        ("ASEAN", None, 11),
        ("LAS", None, 22),
        ("CARICOM", None, 15),
        ("PIF", date(2016, 8, 31), 16),
        ("PIF", None, 18),
        ("OIC", None, 57),
        ("EU", date(1994, 1, 1), 12),
        ("EU", date(2019, 1, 1), 28),
        ("EU", date(2020, 1, 31), 28),
        ("EU", None, 27),
    ],
)
def test_a_group_has_the_size_that_it_or_its_list_gave(group: str, on: date | None, size: int) -> None:
    assert len(members(group, on=on)) == size


@pytest.mark.parametrize(("code", "day"), GRADUATED.items())
def test_a_graduation_takes_effect_on_its_day(code: str, day: date) -> None:
    assert is_member(code, "LDC", on=day - timedelta(days=1))
    assert not is_member(code, "LDC", on=day)


def test_nobody_else_left_the_least_developed_countries() -> None:
    assert {m.country.alpha3 for m in history("LDC") if m.until} == set(GRADUATED)


@pytest.mark.parametrize(
    ("code", "group", "joined"),
    [
        ("SSD", "LDC", date(2012, 1, 1)),
        ("SSD", "UN", date(2011, 7, 14)),
        ("SSD", "NAM", date(2024, 1, 1)),
        ("TLS", "LDC", date(2003, 1, 1)),
        ("AZE", "G77", date(2019, 9, 1)),
        ("MAR", "AU", date(2017, 1, 1)),
        ("TLS", "ASEAN", date(2025, 10, 26)),
        ("HRV", "EU", date(2013, 7, 1)),
        ("CHE", "UN", date(2002, 9, 10)),
    ],
)
def test_a_member_counts_from_its_first_day(code: str, group: str, joined: date) -> None:
    assert not is_member(code, group, on=joined - timedelta(days=1))
    assert is_member(code, group, on=joined)


@pytest.mark.parametrize("code", ["MEX", "KOR", "CYP", "MLT", "ROU", "PLW", "SRB", "BIH"])
def test_those_who_left_the_77_are_in_its_history_only(code: str) -> None:
    assert any(m.country.alpha3 == code and m.until for m in history("G77"))
    assert code not in codes("G77")


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((OPINION / name).read_text("utf-8").splitlines()))


def test_the_77_are_those_of_the_checked_list_in_the_middle_of_its_decade() -> None:
    listed = {row["iso3"] for row in table("g77_membership.csv") if row["member"] == "yes"}
    assert codes("G77", date(2015, 7, 1)) - listed == {"PSE"}
    assert listed <= codes("G77", date(2015, 7, 1))


def test_the_dates_of_the_77_are_those_of_the_checked_list() -> None:
    listed = {
        row["iso3"]: (row["since"], row["until"])
        for row in table("g77_membership.csv")
        if row["since"] or row["until"]
    }
    ours = {
        m.country.alpha3: (str(m.since or ""), str(m.until or ""))
        for m in history("G77")
        if m.since or m.until
    }
    assert ours.pop("PSE") == ("1976", "")
    assert ours == listed


@given(st.sampled_from(groups()), st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 1, 1)))
def test_members_and_memberships_say_the_same(group: Group, on: date) -> None:
    inside = members(group, on=on)
    assert list(inside) == sorted(inside)
    for membership in history(group):
        listed = group in [m.group for m in memberships(membership.country, on=on)]
        assert listed == (membership.country in inside)


@given(st.dates(min_value=date(1946, 1, 1), max_value=date(2030, 1, 1)))
def test_members_of_the_united_nations_never_become_fewer(on: date) -> None:
    assert set(members("UN", on=on)) <= set(members("UN", on=on + timedelta(days=400)))


def test_no_country_is_twice_in_a_group() -> None:
    for group in groups():
        found = [m.country for m in history(group)]
        assert len(set(found)) == len(found), group


def test_a_day_before_the_table_tells_is_refused_and_left_out() -> None:
    with pytest.raises(PlacesError, match="from 2008-01-01 on; 2000-06-01 is before that"):
        members("G77", on=date(2000, 6, 1))
    assert [m.group.code for m in memberships("BWA", on=date(1994, 12, 18))] == ["UN", "LDC"]
    assert [m.group.code for m in memberships("BWA", on=date(1994, 12, 19))] == ["UN"]


def test_what_a_country_belongs_to() -> None:
    found = [m.group.code for m in memberships("TUV", on=date(2026, 1, 1))]
    assert found == ["UN", "APG", "LDC", "SIDS", "AOSIS", "PIF"]
    assert memberships("ATA") == ()


def test_every_member_state_is_in_one_regional_group_and_turkiye_in_two() -> None:
    counts = {c.alpha3: sum(m.group.kind == "regional group" for m in memberships(c)) for c in members("UN")}
    assert {code: n for code, n in counts.items() if n != 1} == {"TUR": 2}


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("KEN", "AG"), ("IND", "APG"), ("EST", "EEG"), ("HTI", "GRULAC"), ("AUS", "WEOG"),
        ("TUR", "WEOG"), ("CYP", "APG"), ("USA", "WEOG"), ("ISR", "WEOG"), ("PSE", "APG"),
    ],
)  # fmt: skip
def test_the_regional_group_is_that_of_elections(code: str, group: str) -> None:
    found = regional_group(code)
    assert found is not None
    assert found.code == group


def test_territories_and_the_holy_see_have_no_regional_group() -> None:
    assert regional_group("VAT") is None
    assert regional_group("GRL") is None
    with pytest.raises(PlacesError, match="AG from 2021-01-01 on; 2000-01-01 is before that"):
        regional_group("KEN", on=date(2000, 1, 1))


def test_an_observer_state_is_no_member_state() -> None:
    assert not is_member("PSE", "UN")
    assert is_member(country("275"), "UN-OBS", on=date(2012, 11, 29))
