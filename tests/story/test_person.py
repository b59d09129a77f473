from __future__ import annotations

import re
from collections import Counter

import pytest

from mufakat import story
from mufakat.story.name import names_for, tradition
from mufakat.story.party import CIVIL_SOCIETY, INTERGOVERNMENTAL, STATE
from mufakat.story.person import DEPUTY, HEAD, MEMBER, OBSERVER, slug

PARTIES = {party.party: party for party in story.parties()}


def test_400_people_act_for_250_parties() -> None:
    capacities = Counter(person.capacity for person in story.people())
    assert capacities == {HEAD: 250, DEPUTY: 87, MEMBER: 33, OBSERVER: 30}
    assert {person.party for person in story.people()} == PARTIES.keys()


def test_every_party_has_one_head_who_comes_first() -> None:
    seen: set[str] = set()
    for person in story.people():
        assert (person.capacity == HEAD) == (person.party not in seen)
        seen.add(person.party)


def test_maranda_has_a_head_and_a_deputy() -> None:
    capacities = {person.id: person.capacity for person in story.people() if person.party == "MRD"}
    assert capacities == {"MRD-1": HEAD, "MRD-2": DEPUTY}


def test_only_states_have_deputies_only_bodies_observers_and_only_civil_society_members() -> None:
    kinds = {(person.capacity, PARTIES[person.party].kind) for person in story.people()}
    assert {kind for capacity, kind in kinds if capacity == DEPUTY} == {STATE}
    assert {kind for capacity, kind in kinds if capacity == OBSERVER} == {INTERGOVERNMENTAL}
    assert {kind for capacity, kind in kinds if capacity == MEMBER} == {CIVIL_SOCIETY}


def test_an_island_state_sends_its_head_alone() -> None:
    islands = {party.party for party in story.parties() if "SIDS" in party.groups}
    assert {person.capacity for person in story.people() if person.party in islands} == {HEAD}


def test_names_ids_and_addresses_are_unique() -> None:
    people = story.people()
    everyone = [*(person.name for person in people), *(one.name for one in story.individuals())]
    assert len(set(everyone)) == len(everyone) == 850
    assert len({person.id for person in people}) == len({person.email for person in people}) == 400


def test_an_address_is_ascii_under_a_domain_that_nobody_has() -> None:
    for person in story.people():
        address = rf"[a-z]+(\.[a-z]+)+@{person.party.lower()}\.example"
        assert re.fullmatch(address, person.email), person.email


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aïssata Fofandia", "aissata.fofandia"),
        ("Nadia al-Qasrani", "nadia.al.qasrani"),
        ("Étienne Montsauvin", "etienne.montsauvin"),
    ],
)
def test_a_slug_keeps_the_letters_without_their_marks(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_people_read_the_language_of_their_party_and_say_what_they_are() -> None:
    for person in story.people():
        assert person.language == PARTIES[person.party].language
        assert 4 < len(person.function) < 60


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        ("MRD", "africa-en"),
        ("VLM", "pacific"),
        ("VLHN", "pacific"),
        ("SHL", "east-asia"),
        ("PSSB", "caribbean-fr"),
        ("CRE", "africa-en"),
    ],
)
def test_names_follow_the_place_and_a_body_follows_the_state_it_is_named_after(
    party: str, expected: str
) -> None:
    assert tradition(PARTIES[party]) == expected


def test_names_that_were_given_are_left_out() -> None:
    party = PARTIES["MRD"]
    first = names_for([party] * 3)
    assert names_for([party], leave=[party] * 2) == first[2:]


def test_more_names_than_there_are_is_refused_by_number() -> None:
    with pytest.raises(ValueError, match="there are 256 pacific names, and one more is asked for"):
        names_for([PARTIES["VLM"]] * 257)
