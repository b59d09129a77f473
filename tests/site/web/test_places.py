"""The navigation of a consultation, and what stands around its pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from mufakat.site.consultations.models import Consultation
from mufakat.site.web.places import ROOMS, place_of, ways
from tests.site.factories import world


def labels(**named: object) -> list[str]:
    return [str(entry.label) for entry in ways("compact", **named)]  # type: ignore[arg-type]


def test_the_public_sees_no_rooms_of_the_team_nor_of_parties() -> None:
    rooms = ["Overview", "Voices", "Submissions", "Opinion", "Parties"]
    assert labels(path="/", on_team=False, speaks=False) == rooms


def test_whoever_speaks_for_a_party_sees_where_to_vote() -> None:
    rooms = ["Overview", "Voices", "Submissions", "Vote", "Opinion", "Parties"]
    assert labels(path="/", on_team=False, speaks=True) == rooms


def test_a_member_of_the_team_who_speaks_for_a_party_sees_every_room() -> None:
    assert labels(path="/", on_team=True, speaks=True) == [str(room.label) for room in ROOMS]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/c/compact/", ["Overview"]),
        ("/c/compact/demands/", ["Voices"]),
        ("/c/compact/demands/12/", ["Voices"]),
        ("/c/compact/groups/g77/", ["Parties"]),
        ("/c/compact/stages/listen/", ["Settings"]),
        ("/c/compact/votes/", ["Vote"]),
        ("/c/compact/export/", ["Opinion"]),
        ("/elsewhere/", []),
    ],
)
def test_the_room_that_the_page_stands_in_is_current(path: str, current: list[str]) -> None:
    entries = ways("compact", path=path, on_team=True, speaks=True)
    assert [str(entry.label) for entry in entries if entry.current] == current


def test_a_room_without_a_page_is_not_offered(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.site.web.no_rooms"
    assert ways("compact", path="/", on_team=True, speaks=True) == ()


def test_a_page_outside_of_any_consultation_has_no_place() -> None:
    assert place_of(RequestFactory().get("/")) is None


@pytest.mark.django_db
def test_a_page_of_a_consultation_tells_where_it_stands(
    django_assert_max_num_queries: Callable[..., AbstractContextManager[Any]],
) -> None:
    made = world("compact", invented=True)
    made.open("listen")
    request = RequestFactory().get("/c/compact/demands/")
    request.consultation = Consultation.objects.get(pk=made.consultation.pk)  # type: ignore[attr-defined]
    request.actor = made.team  # type: ignore[attr-defined]
    with django_assert_max_num_queries(3):
        found = place_of(request)
    assert found is not None
    assert str(found.title)
    assert found.url == "/c/compact/"
    assert found.invented
    states = {stage.kind: stage.state for stage in found.stages}
    assert states["listen"] == "open"
    assert states["learn"] == "ahead"
    assert [str(entry.label) for entry in found.navigation if entry.current] == ["Voices"]
    assert str(found.navigation[-1].label) == "Settings"
