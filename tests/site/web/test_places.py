"""The navigation of a consultation, and what stands around its pages."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from mufakat.site.web.places import ROOMS, place_of, ways


def labels(**named: object) -> list[str]:
    return [str(entry.label) for entry in ways("compact", **named)]  # type: ignore[arg-type]


def test_the_public_sees_no_rooms_of_the_team() -> None:
    assert labels(path="/", on_team=False) == [
        "Overview",
        "Voices",
        "Submissions",
        "Vote",
        "Opinion",
        "Parties",
    ]


def test_the_team_sees_every_room() -> None:
    assert labels(path="/", on_team=True) == [str(room.label) for room in ROOMS]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/c/compact/", ["Overview"]),
        ("/c/compact/demands/", ["Voices"]),
        ("/c/compact/demands/12/", ["Voices"]),
        ("/elsewhere/", []),
    ],
)
def test_the_room_that_the_page_stands_in_is_current(path: str, current: list[str]) -> None:
    entries = ways("compact", path=path, on_team=True)
    assert [str(entry.label) for entry in entries if entry.current] == current


def test_a_room_without_a_page_is_not_offered(settings: pytest.FixtureRequest) -> None:
    settings.ROOT_URLCONF = "tests.site.web.no_rooms"  # type: ignore[attr-defined]
    assert ways("compact", path="/", on_team=True) == ()


def test_a_page_outside_of_any_consultation_has_no_place() -> None:
    assert place_of(RequestFactory().get("/")) is None
