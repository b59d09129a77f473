from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from mufakat import story
from mufakat.story.party import CIVIL_SOCIETY, INTERGOVERNMENTAL, KINDS, LANGUAGES, REGIONS, STATE, THINK_TANK

ALIKE = 0.85


def folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def alike(one: str, other: str) -> bool:
    matcher = difflib.SequenceMatcher(None, folded(one), folded(other))
    # The two quick ratios are upper bounds of the slow one.
    return matcher.real_quick_ratio() > ALIKE and matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE


def test_there_are_250_parties_of_four_kinds() -> None:
    assert Counter(party.kind for party in story.parties()) == {
        STATE: 120,
        INTERGOVERNMENTAL: 30,
        THINK_TANK: 40,
        CIVIL_SOCIETY: 60,
    }


def test_codes_and_names_are_unique_and_codes_are_short_capitals() -> None:
    parties = story.parties()
    assert len({party.party for party in parties}) == len({party.name for party in parties}) == 250
    assert all(re.fullmatch(r"[A-Z]{3,5}", party.party) for party in parties)


def test_every_party_has_a_known_kind_region_language_and_groups() -> None:
    for party in story.parties():
        assert party.kind in KINDS
        assert party.region in REGIONS
        assert party.language in LANGUAGES
        assert set(party.groups) <= set(story.GROUPS)


def test_every_region_has_every_kind_and_most_states_are_of_the_south() -> None:
    parties = story.parties()
    assert {(party.kind, party.region) for party in parties} == {(k, r) for k in KINDS for r in REGIONS}
    states = [party for party in parties if party.kind == STATE]
    assert sum(party.region in REGIONS[:2] or "Latin" in party.region for party in states) == 100


def test_only_states_belong_to_groups_and_every_group_has_at_least_twenty() -> None:
    parties = story.parties()
    assert {party.kind for party in parties if party.groups} == {STATE}
    sizes = Counter(group for party in parties for group in party.groups)
    assert set(sizes) == set(story.GROUPS)
    assert min(sizes.values()) >= 20


def test_no_state_is_both_landlocked_and_an_island() -> None:
    assert not [party.name for party in story.parties() if {"LLDC", "SIDS"} <= set(party.groups)]


def test_the_parties_of_the_story_exist() -> None:
    by_code = {party.party: party for party in story.parties()}
    assert by_code["MRD"].name == "Maranda"
    assert by_code["CRE"].name == "Council of Riverine Elders"
    assert by_code["CRE"].kind == CIVIL_SOCIETY


def test_no_two_invented_states_have_nearly_the_same_name() -> None:
    names = [party.name for party in story.parties() if party.kind == STATE]
    pairs = [(one, other) for i, one in enumerate(names) for other in names[:i] if alike(one, other)]
    assert not pairs


@pytest.fixture(scope="session")
def countries(shared_data: Path) -> list[dict[str, str]]:
    path = shared_data / "facts" / "m49" / "UNSD-en.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.real_data
def test_no_party_is_named_like_a_country(countries: list[dict[str, str]]) -> None:
    real = [country["Country or Area"] for country in countries]
    assert len(real) > 200
    near = [
        (party.name, name)
        for party in story.parties()
        for name in real
        if alike(party.name, name) or alike(party.party, name)
    ]
    assert not near


@pytest.mark.real_data
@pytest.mark.parametrize("language", ["fr", "es"])
def test_no_party_is_named_like_a_country_in_another_language(shared_data: Path, language: str) -> None:
    with (shared_data / "facts" / "m49" / f"UNSD-{language}.csv").open(encoding="utf-8-sig") as file:
        real = [row[8] for row in csv.reader(file)][1:]
    assert len(real) > 200
    near = [(p.name, name) for p in story.parties() for name in real if alike(p.name, name)]
    assert not near


@pytest.mark.real_data
def test_no_party_has_the_code_of_a_country(countries: list[dict[str, str]]) -> None:
    real = {country["ISO-alpha3 Code"] for country in countries}
    assert len(real) > 200
    assert not real & {party.party for party in story.parties()}
