"""What the groups of countries are, and what they are called."""

from __future__ import annotations

from typing import Any

import pytest

from mufakat.places import LANGUAGES, PlacesError, group, groups


def test_the_groups_in_their_order() -> None:
    assert [g.code for g in groups("regional group")] == ["AG", "APG", "EEG", "GRULAC", "WEOG"]
    assert [g.code for g in groups("category")] == ["LDC", "LLDC", "SIDS"]
    assert [g.code for g in groups("political group")] == ["G77", "AOSIS", "NAM"]
    assert [g.code for g in groups("organisation")] == ["AU", "ASEAN", "LAS", "CARICOM", "PIF", "OIC", "EU"]
    assert [g.code for g in groups()[:2]] == [g.code for g in groups("membership")] == ["UN", "UN-OBS"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_a_name_of_its_own(language: str) -> None:
    names = [g.name(language) for g in groups()]
    assert all(names)
    assert len(set(names)) == len(names) == 20


def test_every_group_names_its_source() -> None:
    assert all(g.source for g in groups())


def test_a_group_is_found_by_its_code_in_any_case() -> None:
    assert group("g77").name("en") == "Group of 77 and China"
    assert group(group("g77")) is group("G77")


def test_an_unknown_group_kind_or_language_is_refused() -> None:
    no_kind: Any = "club"
    with pytest.raises(
        PlacesError, match=r"'ASEANN' is no group; right are UN, .*Did you mean ASEAN \(Assoc"
    ):
        group("ASEANN")
    with pytest.raises(PlacesError, match="'club' is no kind of group"):
        groups(no_kind)
    with pytest.raises(PlacesError, match="'de' is none of the six"):
        group("G77").name("de")
