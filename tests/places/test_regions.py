"""Regions of M49 hold every country, and each lies in one above it."""

from __future__ import annotations

from typing import Any

import pytest

from mufakat.places import (
    PlacesError,
    Region,
    countries,
    countries_in,
    region,
    region_of,
    regions,
    regions_of,
)


def codes(found: tuple[Region, ...]) -> list[str]:
    return [r.code for r in found]


def test_there_are_five_regions_in_three_levels() -> None:
    assert codes(regions("region")) == ["002", "009", "019", "142", "150"]
    assert len(regions("subregion")) == 17
    assert codes(regions("intermediate")) == ["005", "011", "013", "014", "017", "018", "029"]
    assert len(regions()) == 29


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("KEN", ["002", "202", "014"]),
        ("EGY", ["002", "015"]),
        ("JAM", ["019", "419", "029"]),
        ("TUR", ["142", "145"]),
        ("ATA", []),
    ],
)
def test_a_country_lies_in_its_regions_widest_first(code: str, chain: list[str]) -> None:
    assert codes(regions_of(code)) == chain


def test_every_country_but_antarctica_has_a_region_and_a_subregion() -> None:
    without = [c.alpha3 for c in countries() if region_of(c) is None or region_of(c, "subregion") is None]
    assert without == ["ATA"]


def test_the_level_below_is_the_sum_of_what_the_level_above_holds() -> None:
    for wide in regions():
        below = [r for r in regions() if r.parent == wide.code]
        if below and wide.code != "202":
            assert len(countries_in(wide)) == sum(len(countries_in(r)) for r in below), wide
    assert sum(len(countries_in(r)) for r in regions("region")) == 248


def test_the_countries_of_a_region_are_those_that_lie_in_it() -> None:
    assert [c.alpha3 for c in countries_in("143")] == ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
    for r in regions():
        assert all(r in regions_of(c) for c in countries_in(r))


def test_what_is_no_region_or_level_is_refused() -> None:
    with pytest.raises(PlacesError, match="'404' is no region of M49; right are 002, 005"):
        region("404")
    no_level: Any = "continent"
    with pytest.raises(PlacesError, match="'continent' is no level"):
        region_of("KEN", no_level)
    with pytest.raises(PlacesError, match="'continent' is no level"):
        regions(no_level)
