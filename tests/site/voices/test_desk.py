"""The desk: what needs a decision of the team, the oldest first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mufakat.site.consultations import actions as consultations
from mufakat.site.voices.actions import demands as actions
from mufakat.site.voices.actions import submissions
from mufakat.site.voices.actions.likeness import suggest
from mufakat.site.voices.actions.moderation import moderate
from mufakat.site.voices.models import Demand, Submission
from tests.site.factories import World, world
from tests.site.voices.browsing import delegate, team, visitor

pytestmark = pytest.mark.django_db


def entered(here: World, body: str, day: int) -> Submission:
    return submissions.enter(
        actor=here.team,
        consultation=here.consultation,
        party=None,
        body=body,
        language="en",
        channel="meeting",
        received_at=datetime(2025, 3, day, tzinfo=UTC),
    )


def themed(here: World, demand: Demand) -> None:
    theme = here.consultation.themes.first() or consultations.add_theme(
        actor=here.team, consultation=here.consultation, code="t", name="A theme"
    )
    actions.sort(actor=here.team, demand=demand, theme=theme)


def test_an_empty_desk_says_what_will_lie_here() -> None:
    page = team(world()).reads("desk")
    assert "Nothing waits for you." in page
    assert "Here will stand submissions from which no demand was drawn yet" in page
    assert "Bring in a submission" in page


def test_the_oldest_submission_that_nobody_has_drawn_from_comes_first() -> None:
    here = world()
    late, early = entered(here, "Late words.", 20), entered(here, "Early words.", 3)
    settled, hidden = entered(here, "Settled words.", 1), entered(here, "Hidden words.", 2)
    drawn = entered(here, "Wells are wanted, badly.", 1)
    themed(here, here.demand(submission=drawn))
    submissions.settle(actor=here.team, submission=settled)
    moderate(actor=here.team, subject=hidden, hides=True, reason="x")
    page = team(here).reads("desk")
    assert "2 decisions wait, the oldest first." in page
    assert f"Submission {early.number} has waited longest" in page
    assert page.index("Early words.") < page.index("Late words.")
    for words in ("Settled words.", "Hidden words.", "Wells are wanted"):
        assert words not in page
    submissions.settle(actor=here.team, submission=settled, settled=False)
    assert "3 decisions wait" in team(here).reads("desk")
    assert late.number != early.number


def test_pairs_and_demands_without_a_theme_wait_too_until_they_are_decided_about() -> None:
    here = world()
    one, two = here.demand("Judges come by boat."), here.demand("Judges come by boats.")
    suggest(actor=here.team, consultation=here.consultation)
    page = team(here).reads("desk")
    assert "3 decisions wait" in page
    assert "Decide about 1 and 2" in page
    assert "Demands without a theme (2)" in page
    actions.merge(actor=here.team, demand=one, into=two, reason="same")
    assert "One decision waits." in team(here).reads("desk")
    themed(here, two)
    assert "Nothing waits for you." in team(here).reads("desk")


def test_more_than_fits_is_counted_and_led_to() -> None:
    here = world()
    for number in range(12):
        entered(here, f"Words {number}.", 1 + number)
    page = team(here).get("desk").content.decode()
    assert "(12)" in page
    assert page.count("waits for the team") == 10
    assert "?waiting=on" in page


def test_the_desk_is_for_the_team_alone() -> None:
    here = world()
    for reader in (visitor(here), delegate(here, here.voter()), team(world())):
        address = team(here).address("desk")
        assert reader.client.get(address).status_code == 403


def test_the_desk_costs_as_many_queries_with_three_of_each_as_with_one() -> None:
    def queries(count: int) -> int:
        here = world()
        for number in range(count):
            entered(here, f"Words {number}.", 1 + number)
            here.demand(f"Judges come by boat to island {'abc'[number]}.")
            here.demand(f"Judges come by boat to island {'abc'[number]} twice.")
        suggest(actor=here.team, consultation=here.consultation)
        reader = team(here)
        reader.get("desk")
        with CaptureQueriesContext(connection) as found:
            assert reader.get("desk").status_code == 200
        return len(found)

    assert queries(1) == queries(3) <= 45
