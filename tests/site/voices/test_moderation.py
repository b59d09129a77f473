"""Moderation: with a reason, reversible, told to the author, and on the record."""

from __future__ import annotations

import pytest

from mufakat.site.authority.acts import Refused
from mufakat.site.languages.writing import TextError
from mufakat.site.ledger.models import Event
from mufakat.site.voices.actions.moderation import moderate
from mufakat.site.voices.models import Demand, Moderation, Submission
from tests.site.factories import World, world
from tests.site.voices.browsing import delegate, read, team, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return world()


def subject(here: World, kind: str) -> Submission | Demand:
    return (
        here.submission("Wells are wanted, badly.")
        if kind == "submission"
        else here.demand("Wells are wanted.")
    )


@pytest.mark.parametrize("kind", ["submission", "demand"])
def test_it_is_taken_out_of_sight_with_a_reason_and_brought_back_with_another(here: World, kind: str) -> None:
    found, reader, before = subject(here, kind), team(here), Event.objects.count()
    assert "Nobody but its author and the team" in reader.reads(f"moderate-{kind}", found.number)
    answer = reader.post(
        f"moderate-{kind}", found.number, hides="1", reason="It names a child.", language="en"
    )
    assert answer.status_code == 302
    found.refresh_from_db()
    assert found.hidden
    outside = visitor(here).reads(kind, found.number)
    assert "It names a child." in outside
    assert "Wells are wanted" not in outside

    page = reader.reads(f"moderate-{kind}", found.number)
    assert "Bring it back" in page
    assert "It names a child." in page
    reader.post(f"moderate-{kind}", found.number, hides="0", reason="The name is gone.", language="en")
    found.refresh_from_db()
    assert not found.hidden
    outside = visitor(here).reads(kind, found.number)
    assert "Wells are wanted" in outside
    assert "It names a child." not in outside
    inside = reader.reads(kind, found.number)
    assert inside.index("It names a child.") < inside.index("The name is gone.")
    acts = list(Event.objects.order_by("pk").values_list("act", "subject"))[before:]
    assert acts == [("voices.moderate", f"{kind}:{found.number}")] * 2
    assert "child" not in "".join(Event.objects.values_list("detail", flat=True))


def test_the_author_sees_what_was_decided_about_its_words_and_its_demands(here: World) -> None:
    head, other = here.voter("MAR"), here.voter("OTH")
    said = here.submission("Wells are wanted, badly.", party=here.consultation.parties.get(code="MAR"))
    demand = here.demand("Drawn wells.", submission=said)
    moderate(actor=here.team, subject=demand, hides=True, reason="It names a child.")
    author, stranger = delegate(here, head), delegate(here, other)
    page = author.reads("demand", demand.number)
    assert "It names a child." in page
    assert "Drawn wells." in page
    assert "Drawn wells." in author.reads("submission", said.number)
    assert "Drawn wells." not in stranger.reads("demand", demand.number)
    assert "Drawn wells." not in stranger.reads("submission", said.number)
    moderate(actor=here.team, subject=demand, hides=False, reason="It was a mistake.")
    page = author.reads("demand", demand.number)
    assert "It names a child." in page
    assert "It was a mistake." in page
    assert "It names a child." not in stranger.reads("demand", demand.number)


def test_a_decision_without_a_reason_is_none(here: World) -> None:
    found = here.demand()
    answer = team(here).post("moderate-demand", found.number, hides="1", reason=" ", language="en")
    assert "This field is required." in read(answer)
    with pytest.raises(TextError):
        moderate(actor=here.team, subject=found, hides=True, reason=" ")
    found.refresh_from_db()
    assert not found.hidden
    assert Moderation.objects.count() == 0


def test_two_moderators_who_decide_the_same_leave_one_decision(here: World) -> None:
    found = here.demand()
    first, second = Demand.objects.get(pk=found.pk), Demand.objects.get(pk=found.pk)
    assert moderate(actor=here.team, subject=first, hides=True, reason="One.") is not None
    before = Event.objects.count()
    assert moderate(actor=here.team, subject=second, hides=True, reason="Two.") is None
    assert Moderation.objects.count() == 1
    assert Event.objects.count() == before


def test_a_page_that_offered_to_hide_does_not_bring_back(here: World) -> None:
    found = here.demand()
    moderate(actor=here.team, subject=found, hides=True, reason="One.")
    team(here).post("moderate-demand", found.number, hides="1", reason="Two.", language="en")
    found.refresh_from_db()
    assert found.hidden


def test_only_the_team_moderates(here: World) -> None:
    found, head = here.demand(), here.voter()
    with pytest.raises(Refused):
        moderate(actor=head, subject=found, hides=True, reason="x")
    with pytest.raises(Refused):
        moderate(actor=world().team, subject=found, hides=True, reason="x")
    for reader in (delegate(here, head), visitor(here)):
        assert reader.get("moderate-demand", found.number).status_code == 403
        assert reader.post("moderate-demand", found.number, hides="1", reason="x").status_code == 403
    found.refresh_from_db()
    assert not found.hidden


def test_a_reason_in_arabic_keeps_its_direction(here: World) -> None:
    found = here.demand()
    moderate(actor=here.team, subject=found, hides=True, reason="يذكر اسم طفل.", language="ar")
    page = visitor(here).get("demand", found.number).content.decode()
    assert 'lang="ar" dir="rtl">يذكر اسم طفل.' in page


def test_markup_in_a_reason_is_inert(here: World) -> None:
    found = here.demand()
    moderate(actor=here.team, subject=found, hides=True, reason="<script>alert(1)</script>")
    assert "<script>alert" not in visitor(here).get("demand", found.number).content.decode()
