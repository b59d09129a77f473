"""The pages of a consultation as its readers find them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mufakat.site.consultations import actions
from mufakat.site.consultations.models import Consultation, Permit, Role, Stage, Theme
from mufakat.site.languages.models import Rendering
from mufakat.site.languages.reading import source
from mufakat.site.languages.writing import change_source
from mufakat.site.ledger.models import Event
from tests.site.factories import World, person, world
from tests.site.signing import errors_of, signed_in, text_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    """A consultation with nothing in it."""
    return world("compact")


@pytest.fixture
def team(here: World) -> Client:
    """The facilitator's browser."""
    return signed_in(here.facilitator)


def at(name: str, *arguments: Any) -> str:
    """An address in the consultation."""
    return reverse(name, args=["compact", *arguments])


@pytest.mark.parametrize(
    "name",
    [
        "consultation",
        "settings",
        "stages",
        "themes",
        "team",
        "parties",
        "party-add",
        "parties-import",
        "groups",
    ],
)
def test_every_page_of_the_team_opens_in_an_empty_consultation(team: Client, here: World, name: str) -> None:
    assert team.get(at(name)).status_code == 200


def test_an_operator_opens_a_consultation_and_its_facilitator_runs_it() -> None:
    operator = signed_in(person(operator=True))
    facilitator = person("Ida")
    said = {
        "title": "A compact",
        "summary": "Who asks for what.",
        "language": "en",
        "slug": "A-Compact",
        "facilitator": facilitator.email,
        "languages": ["en", "ar"],
        "listed": "on",
    }
    response = operator.post(reverse("new"), said)
    assert response.status_code == 302
    assert response["Location"] == reverse("consultation", args=["a-compact"])
    made = Consultation.objects.get(slug="a-compact")
    assert (made.languages, made.listed, made.invented, made.least) == (["en", "ar"], True, False, 5)
    assert signed_in(facilitator).get(reverse("stages", args=["a-compact"])).status_code == 200
    again = operator.post(reverse("new"), said)
    assert "taken by another consultation" in errors_of(again)
    assert again.context["form"]["title"].value() == "A compact"


def test_nobody_but_an_operator_opens_a_consultation(here: World, team: Client) -> None:
    assert team.get(reverse("new")).status_code == 403
    assert team.post(reverse("new"), {"slug": "own"}).status_code == 403
    assert not Consultation.objects.filter(slug="own").exists()


def test_settings_are_saved_by_a_facilitator_and_read_by_the_secretariat(here: World, team: Client) -> None:
    said = {"title": "Another title", "summary": "Other words.", "languages": ["fr"], "least": "7"}
    response = team.post(at("settings"), said)
    assert response.status_code == 302, errors_of(response)
    made = Consultation.objects.get(slug="compact")
    assert (source(made.title).body, made.languages, made.listed, made.least) == (
        "Another title",
        ["fr"],
        False,
        7,
    )
    secretary = person()
    actions.grant_role(
        actor=here.team, consultation=here.consultation, email=secretary.email, role="secretariat"
    )
    page = signed_in(secretary).get(at("settings"))
    assert page.status_code == 200
    assert "Only a facilitator" in text_of(page)
    assert signed_in(secretary).post(at("settings"), said).status_code == 403


def test_a_stage_is_opened_closed_and_opened_again(here: World, team: Client) -> None:
    assert "No stage is open" in text_of(team.get(at("stages")))
    for name, state in (("stage-open", "open"), ("stage-close", "closed"), ("stage-open", "open")):
        assert team.post(at(name, "listen")).status_code == 302
        assert here.stage("listen").state == state
    assert Event.objects.filter(act="consultations.stage", subject="stage:listen").count() == 3
    assert team.get(at("stage-open", "listen")).status_code == 405
    assert team.post(at("stage-open", "dance")).status_code == 404


def test_a_stage_is_planned_with_its_story_and_the_kinds_it_lets_vote(here: World, team: Client) -> None:
    said = {
        "planned_from": "2026-03-01",
        "planned_until": "2026-04-30",
        "story": "Votes are cast.",
        "vote": ["member_state", "think_tank"],
        "submit": ["individual"],
    }
    assert team.post(at("stage", "converge"), said).status_code == 302
    stage = Stage.objects.get(consultation=here.consultation, kind="converge")
    assert (str(stage.planned_from), str(stage.planned_until)) == ("2026-03-01", "2026-04-30")
    permits = Permit.objects.filter(stage=stage).values_list("what", "party_kind")
    assert set(permits) == {("vote", "member_state"), ("vote", "think_tank"), ("submit", "individual")}
    page = team.get(at("stage", "converge"))
    assert page.context["form"].initial["vote"] == ["member_state", "think_tank"]
    assert "Votes are cast." in text_of(Client().get(at("consultation")))
    wrong = team.post(at("stage", "converge"), {**said, "planned_until": "2026-02-01"})
    assert "before that" in errors_of(wrong)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "tomorrow", "2026-02-30"])
def test_a_day_that_no_calendar_can_reckon_with_is_an_error_of_the_form(
    here: World, team: Client, day: str
) -> None:
    response = team.post(at("stage", "listen"), {"planned_until": day})
    assert response.status_code == 200
    assert "planned_until" in errors_of(response)


def test_themes_are_added_changed_and_retired(here: World, team: Client) -> None:
    assert team.post(at("themes"), {"code": "land", "name": "Land"}).status_code == 302
    again = team.post(at("themes"), {"code": "land", "name": "Land once more"})
    assert "exists already" in errors_of(again)
    said = {"name": "Land and return", "description": "Papers, borders.", "retired": "on"}
    assert team.post(at("theme", "land"), said).status_code == 302
    theme = Theme.objects.get()
    assert (source(theme.name).body, theme.retired) == ("Land and return", True)
    assert "Land and return" not in text_of(Client().get(at("consultation")))
    assert "Land and return" in text_of(team.get(at("themes")))


def test_the_team_grows_and_shrinks_but_keeps_a_facilitator(here: World, team: Client) -> None:
    said = {"email": "Helper@Example.org", "name": "A helper", "role": "secretariat"}
    assert team.post(at("team"), said).status_code == 302
    helper = Role.objects.get(role="secretariat")
    assert helper.person.email == "helper@example.org"
    assert "helper@example.org" in text_of(team.get(at("team")))
    assert team.post(at("team-revoke", helper.pk)).status_code == 302
    assert "helper@example.org" not in text_of(team.get(at("team")))
    last = Role.objects.get(role="facilitator")
    response = team.post(at("team-revoke", last.pk))
    assert "last facilitator" in " ".join(told(response))
    assert Role.objects.get(pk=last.pk).revoked_at is None


def test_nobody_outside_the_team_reads_who_is_on_it(here: World) -> None:
    head, _granted = here.accredited(here.party())
    for client in (Client(), signed_in(person()), signed_in(head)):
        response = client.get(at("team"))
        assert response.status_code == 403
        assert here.facilitator.email not in text_of(response)


def test_a_text_is_translated_and_its_translation_is_marked_once_the_source_changes(
    here: World, team: Client
) -> None:
    text = here.consultation.title
    address = at("translate", text.pk)
    assert "As it was written, in English" in text_of(team.get(address))
    said = {"version": text.version, "language": "fr", "body": "Une consultation"}
    assert team.post(address, said).status_code == 302
    french = Rendering.objects.get(text=text, language="fr")
    assert (french.body, french.by, french.renders) == ("Une consultation", here.facilitator, 1)
    change_source(text, "Another title", by=None)
    page = text_of(team.get(address, {"language": "fr"}))
    assert "the original has changed since" in page
    assert "Une consultation" in page
    late = team.post(address, {**said, "body": "Une autre"})
    assert "the original has changed" in errors_of(late)
    assert late.context["form"]["body"].value() == "Une autre"
    assert late.context["form"]["version"].value() == "2"
    assert team.post(address, {**said, "version": 2, "body": "Une autre"}).status_code == 302
    assert "the original has changed since" not in text_of(team.get(address))


@pytest.mark.parametrize("language", ["en", "tlh", ""])
def test_a_text_is_put_into_one_of_the_other_languages_only(here: World, team: Client, language: str) -> None:
    text = here.consultation.title
    response = team.post(at("translate", text.pk), {"version": 1, "language": language, "body": "Words"})
    assert "language" in errors_of(response)
    assert Rendering.objects.filter(text=text).count() == 1


def test_a_text_of_another_consultation_does_not_exist_here(here: World, team: Client) -> None:
    other = world("other").consultation.title
    assert team.get(at("translate", other.pk)).status_code == 404
    said = {"version": 1, "language": "fr", "body": "Words"}
    assert team.post(at("translate", other.pk), said).status_code == 404
    assert Rendering.objects.filter(text=other).count() == 1
