"""A process that was under way before it came here: its stages say since when they are open or closed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from mufakat.site.consultations.actions import ProcessError, close_stage, open_stage
from mufakat.site.ledger.models import Event
from tests.site.factories import world

pytestmark = pytest.mark.django_db


def test_a_stage_can_say_since_when_it_is_open_and_closed() -> None:
    here = world()
    stage, began, ended = (
        here.stage("listen"),
        timezone.now() - timedelta(days=60),
        timezone.now() - timedelta(30),
    )
    open_stage(actor=here.team, stage=stage, since=began)
    close_stage(actor=here.team, stage=stage, since=ended)
    stage.refresh_from_db()
    assert (stage.opened_at, stage.closed_at) == (began, ended)
    details = [json.loads(text) for text in Event.objects.order_by("number").values_list("detail", flat=True)]
    assert details[-2:] == [
        {"open": True, "since": began.isoformat()},
        {"open": False, "since": ended.isoformat()},
    ]


def test_the_ledger_tells_when_it_was_said_and_not_since_when() -> None:
    here = world()
    open_stage(actor=here.team, stage=here.stage("listen"), since=timezone.now() - timedelta(days=60))
    assert timezone.now() - Event.objects.latest("number").at < timedelta(minutes=5)


@pytest.mark.parametrize("act", [open_stage, close_stage])
def test_nothing_opens_or_closes_since_tomorrow(act: object) -> None:
    here = world()
    stage = here.open("listen") if act is close_stage else here.stage("listen")
    with pytest.raises(ProcessError, match="lies in the future"):
        act(actor=here.team, stage=stage, since=timezone.now() + timedelta(days=1))  # type: ignore[operator]
    stage.refresh_from_db()
    assert stage.is_open == (act is close_stage)


def test_a_stage_does_not_close_before_it_opened() -> None:
    here = world()
    stage = here.open("listen")
    close_stage(actor=here.team, stage=stage, since=timezone.now() - timedelta(days=60))
    stage.refresh_from_db()
    assert stage.closed_at == stage.opened_at
