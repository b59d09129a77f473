"""Our tables are held against the real lists: regions, names, categories and groups."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mufakat.places import LANGUAGES, countries, country, find, members, name, regions_of
from mufakat.places.finding import key

pytestmark = pytest.mark.real_data

FILES = {"ar": "ar", "zh": "cn", "en": "en", "fr": "fr", "ru": "ru", "es": "es"}
DATE_OF_M49 = date(2024, 6, 1)
"""The list of M49 has Sao Tome and Principe (graduated 2024-12-13) among the least developed countries, and
Bhutan (2023-12-13) no more: it is of the year between."""
DATE_OF_GROUPS = date(2021, 6, 1)
FLAGS = {
    "LDC": "Least Developed Countries (LDC)",
    "LLDC": "Land Locked Developing Countries (LLDC)",
    "SIDS": "Small Island Developing States (SIDS)",
}
GROUPS = {
    "AG": "African States",
    "APG": "Asia-Pacific States",
    "EEG": "Eastern European States",
    "GRULAC": "Latin American and Caribbean States",
    "WEOG": "Western European and other States",
    "LDC": "Least Developed Countries",
    "G77": "Group of 77 and China",
    "ASEAN": "Association of Southeast Asian Nations (ASEAN)",
    "EU": "European Union (EU)",
}
ONLY_OURS = {"APG": {"PSE"}}
"""The list is of member states; the State of Palestine takes part in the group as an observer state."""
NO_LONGER_SIDS = {"BHR", "BMU", "CYM", "MTQ", "TCA"}
"""On the older list; the M49 list of 2024 does not flag them."""
MALFORMED = {
    "Аландских островов": "in the genitive",
    "Антарктике": "in the dative",
    "Кокосовых (Килинг) островов": "in the genitive",
    "الأراضي الفرنسية الجنوبية الجنوبية": "one word twice",
    "بوليفيا (دولة - المتعددة القوميات)": "a dash for the name",
    "إيران (جمهورية - الإسلامية)": "a dash for the name",
    "هولندا (مملكة _)": "a dash for the name",
    "جزيرتي سفالبارد وجان مايِن": "in the genitive",
    "نائية التابعة للولايات المتحدة": "its first words are missing",
}
"""Names in the list that are no names as anyone would write them, and what is wrong with each."""


def m49(folder: Path, language: str) -> list[dict[str, str]]:
    path = folder / "facts" / "m49" / f"UNSD-{FILES[language]}.csv"
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def test_every_country_has_the_codes_of_the_list(shared_data: Path) -> None:
    listed = {(r["ISO-alpha3 Code"], r["ISO-alpha2 Code"], r["M49 Code"]) for r in m49(shared_data, "en")}
    assert listed == {(c.alpha3, c.alpha2, c.m49) for c in countries()}


def test_every_country_lies_in_the_regions_of_the_list(shared_data: Path) -> None:
    for row in m49(shared_data, "en"):
        chain = [row["Region Code"], row["Sub-region Code"], row["Intermediate Region Code"]]
        ours = [r.code for r in regions_of(row["ISO-alpha3 Code"])]
        assert ours == [code for code in chain if code], row


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_found_by_its_name_in_the_list(shared_data: Path, language: str) -> None:
    for row in m49(shared_data, language):
        if (label := row["Country or Area"]) not in MALFORMED:
            assert find(label) == country(row["ISO-alpha3 Code"]), label


def terms(folder: Path, form: str) -> Iterator[tuple[str, str]]:
    """Codes and names in the six languages, as the terminologists of the United Nations write them."""
    path = folder / "facts" / "m49" / "country-codes.csv"
    for row in csv.DictReader(path.read_text("utf-8-sig").splitlines()):
        for heading, label in row.items():
            if heading.startswith("UNTERM") and heading.endswith(form) and label.strip():
                yield row["ISO3166-1-Alpha-3"], label


def test_every_country_is_found_by_its_short_name_in_six_languages(shared_data: Path) -> None:
    listed = list(terms(shared_data, "Short"))
    assert len(listed) > 6 * 190
    lost = [label for code, label in listed if find(label) != country(code)]
    assert set(lost) <= set(MALFORMED)


def test_nine_in_ten_formal_names_are_found_and_none_is_mistaken(shared_data: Path) -> None:
    listed = list(terms(shared_data, "Formal"))
    found = [(code, find(label)) for code, label in listed]
    assert all(c in (None, country(code)) for code, c in found)
    assert sum(c is not None for _, c in found) >= 0.9 * len(listed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_names_are_those_of_the_united_nations(shared_data: Path, language: str) -> None:
    labels = {row["ISO-alpha3 Code"]: row["Country or Area"] for row in m49(shared_data, language)}
    labels |= {r["Sub-region Code"]: r["Sub-region Name"] for r in m49(shared_data, language)}
    for code in ("419", "053", "057", "COD", "COG", "FSM", "KOR", "MMR", "PRK", "PSE"):
        ours = name(code, language)
        assert key(ours) == key(labels[code].replace(" - ", " ")), code


@pytest.mark.parametrize("group", FLAGS)
def test_the_flags_of_the_list_are_our_members_on_its_date(shared_data: Path, group: str) -> None:
    flagged = {row["ISO-alpha3 Code"] for row in m49(shared_data, "en") if row[FLAGS[group]].strip()}
    assert {c.alpha3 for c in members(group, on=DATE_OF_M49)} == flagged


@pytest.mark.parametrize("group", GROUPS)
def test_the_groups_are_those_of_the_list_on_its_date(shared_data: Path, group: str) -> None:
    lists = json.loads((shared_data / "facts" / "country_groups.json").read_text("utf-8"))
    ours = {c.alpha3 for c in members(group, on=DATE_OF_GROUPS)}
    assert ours - ONLY_OURS.get(group, set()) == set(lists[GROUPS[group]])


def test_small_island_states_are_those_of_the_older_list_but_for_five(shared_data: Path) -> None:
    lists = json.loads((shared_data / "facts" / "country_groups.json").read_text("utf-8"))
    older = set(lists["Small Island Developing states (SIDS)"])
    ours = {c.alpha3 for c in members("SIDS")}
    assert older - ours == NO_LONGER_SIDS
    assert ours <= older
