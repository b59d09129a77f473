"""The list of demands, the page of one, and drawing, merging, splitting, rewording through the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mufakat.site.consultations import actions as consultations
from mufakat.site.languages.reading import read as reading
from mufakat.site.voices.actions import demands as actions
from mufakat.site.voices.actions.demands import Span
from mufakat.site.voices.actions.moderation import moderate
from mufakat.site.voices.models import Demand, Descent, Passage, Submission
from tests.site.factories import World, world
from tests.site.voices.browsing import Reader, delegate, read, team, visitor

pytestmark = pytest.mark.django_db

TEXT = "We ask for wells.\n  We ask\nfor roads. We ask for wells. نطلب مدرسة."


@pytest.fixture
def here() -> World:
    return world()


@pytest.fixture
def said(here: World) -> Submission:
    return here.submission(TEXT, party=here.party("MAR"))


def drawing(**changes: Any) -> dict[str, Any]:
    return {"quote": "We ask for roads.", "wording": "Roads are needed.", "language": "en", **changes}


def passage(demand: Demand) -> tuple[int, int, str]:
    found = demand.passages.get()
    return found.start, found.end, found.quote


def test_a_demand_is_drawn_by_quoting_its_words_however_their_lines_break(
    here: World, said: Submission
) -> None:
    theme = consultations.add_theme(
        actor=here.team, consultation=here.consultation, code="roads", name="Roads"
    )
    answer = team(here).post(
        "submission",
        said.number,
        **drawing(theme="roads", translation="Il faut des routes.", translation_language="fr"),
    )
    assert answer.status_code == 302, read(answer)
    demand = Demand.objects.get()
    assert passage(demand) == (20, 37, "We ask\nfor roads.")
    assert demand.theme == theme
    assert reading(demand.wording, "en").body == "Roads are needed."
    assert reading(demand.wording, "fr").body == "Il faut des routes."
    page = team(here).get("submission", said.number).content.decode()
    assert "<mark>We ask\nfor roads.</mark>" in page


def test_words_that_stand_there_twice_are_asked_for_once_more(here: World, said: Submission) -> None:
    reader = team(here)
    answer = reader.post("submission", said.number, **drawing(quote="We ask for wells."))
    assert answer.status_code == 200
    assert "These words stand in the text more than once." in read(answer)
    assert Demand.objects.count() == 0
    assert (
        reader.post("submission", said.number, **drawing(quote="We ask for wells.", which=38)).status_code
        == 302
    )
    assert passage(Demand.objects.get()) == (38, 55, "We ask for wells.")


def test_a_marked_place_says_which_of_the_two_is_meant(here: World, said: Submission) -> None:
    answer = team(here).post(
        "submission", said.number, **drawing(quote="We ask for wells.", start=38, end=55)
    )
    assert answer.status_code == 302, read(answer)
    assert passage(Demand.objects.get())[:2] == (38, 55)


def test_a_marked_place_that_does_not_hold_the_quoted_words_is_not_used(
    here: World, said: Submission
) -> None:
    answer = team(here).post("submission", said.number, **drawing(start=0, end=5))
    assert answer.status_code == 302
    assert passage(Demand.objects.get()) == (20, 37, "We ask\nfor roads.")


def test_arabic_words_are_found_by_their_characters(here: World, said: Submission) -> None:
    answer = team(here).post(
        "submission", said.number, **drawing(quote="نطلب مدرسة", wording="نطلب مدرسة", language="ar")
    )
    assert answer.status_code == 302, read(answer)
    assert TEXT[slice(*passage(Demand.objects.get())[:2])] == "نطلب مدرسة"
    page = visitor(here).get("demand", 1).content.decode()
    assert '<span class="words" lang="ar" dir="rtl">نطلب مدرسة</span>' in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"quote": "We ask for bridges."}, "Closest to them is: We ask for wells."),
        ({"quote": "Nothing of this kind at all"}, "These words do not stand in the text."),
        ({"quote": ""}, "This field is required."),
        ({"wording": " "}, "This field is required."),
        ({"wording": "x" * 1001}, "at most 1000 characters"),
        ({"theme": "elsewhere"}, "elsewhere is not one of the available choices"),
        ({"translation": "Wells.", "translation_language": "en"}, "Choose a language other than"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    here: World, said: Submission, changes: dict[str, Any], told: str
) -> None:
    answer = team(here).post("submission", said.number, **drawing(**changes))
    assert answer.status_code == 200
    assert told in read(answer)
    assert Demand.objects.count() == 0


def test_a_theme_of_another_consultation_is_no_theme_here(here: World, said: Submission) -> None:
    elsewhere = world()
    consultations.add_theme(actor=elsewhere.team, consultation=elsewhere.consultation, code="far", name="Far")
    answer = team(here).post("submission", said.number, **drawing(theme="far"))
    assert "far is not one of the available choices" in read(answer)
    demand = here.demand()
    assert "There is no such theme here." in read(
        team(here).client.post(
            team(here).address("sort-demand", demand.number), {"theme": "far"}, follow=True
        )
    )


def test_a_submission_is_settled_and_opened_again(here: World, said: Submission) -> None:
    reader = team(here)
    reader.post("settle", said.number)
    said.refresh_from_db()
    assert said.settled_at is not None
    reader.post("settle", said.number, settled="0")
    said.refresh_from_db()
    assert said.settled_at is None


def test_a_demand_is_merged_through_its_page_and_the_merger_taken_back(here: World) -> None:
    one, two = here.demand("Wells are wanted."), here.demand("We want wells.")
    reader = team(here)
    given = {"into": two.number, "same_ask": "yes", "reason": "Both want wells.", "reason_language": "en"}
    assert reader.post("merge-demand", one.number, **given).status_code == 302
    link = Descent.objects.get()
    assert (link.ancestor, link.descendant, link.carries) == (one, two, True)
    for someone in (reader, visitor(here)):
        page = someone.reads("demand", one.number)
        assert f"This demand lives on in demand {two.number}." in page
        assert "Both want wells." in page
        assert f"demand {one.number} : Wells are wanted." in someone.reads("demand", two.number)
    assert "Take this merger back" not in visitor(here).reads("demand", one.number)
    assert reader.post("part-demand", one.number, link.pk).status_code == 302
    one.refresh_from_db()
    assert one.state == "live"
    assert "Taken back on" in reader.reads("demand", one.number)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"into": 99}, "There is no demand with this number here."),
        ({"into": 99999999999999999999}, "There is no demand with this number here."),
        ({"into": 1}, "cannot be merged into itself"),
        ({"reason": ""}, "This field is required."),
        ({"same_ask": "perhaps"}, "perhaps is not one of the available choices"),
    ],
)
def test_a_merger_that_cannot_be_is_told(here: World, changes: dict[str, Any], told: str) -> None:
    here.demand()
    here.demand()
    given = {"into": 2, "same_ask": "yes", "reason": "x", "reason_language": "en", **changes}
    answer = team(here).post("merge-demand", 1, **given)
    assert answer.status_code == 200
    assert told in read(answer)
    assert Descent.objects.count() == 0


def test_a_merger_that_came_too_late_is_told_and_nothing_is_lost(here: World) -> None:
    one, two, three = (here.demand() for _ in range(3))
    actions.merge(actor=here.team, demand=one, into=two, reason="first")
    given = {"into": three.number, "same_ask": "yes", "reason": "second", "reason_language": "en"}
    answer = team(here).post("merge-demand", one.number, **given)
    assert answer.status_code == 200
    assert "was merged in the meantime; nothing was changed" in read(answer)
    assert "second" in read(answer)


def test_a_merger_of_another_consultation_is_not_taken_back_from_here(here: World) -> None:
    elsewhere = world()
    one, two = elsewhere.demand(), elsewhere.demand()
    link = actions.merge(actor=elsewhere.team, demand=one, into=two, reason="same")
    here.demand()
    assert team(here).post("part-demand", 1, link.pk).status_code == 404
    link.refresh_from_db()
    assert link.undone_at is None


def test_a_demand_is_split_into_parts_that_keep_its_passage(here: World, said: Submission) -> None:
    demand = here.demand("Wells and roads.", submission=said)
    given = {
        "part_1": "Wells.",
        "part_2": "Roads.",
        "part_4": "Both at once.",
        "language": "en",
        "reason": "Two things.",
        "reason_language": "en",
    }
    assert team(here).post("split-demand", demand.number, **given).status_code == 302
    parts = Demand.objects.filter(state="live").order_by("number")
    assert [reading(part.wording, "en").body for part in parts] == ["Wells.", "Roads.", "Both at once."]
    assert {passage(part) for part in parts} == {passage(demand)}
    answer = team(here).post("split-demand", parts[0].number, **{**given, "part_2": "Wells.", "part_4": ""})
    assert "two different parts or more" in read(answer)


def test_a_demand_is_reworded_and_its_history_told_over_generations(here: World) -> None:
    demand = here.demand("First words.")
    reader = team(here)
    for number, words in ((1, "Second words."), (2, "Third words."), (3, "Fourth words.")):
        given = {
            "wording": words,
            "language": "en",
            "same_ask": "no",
            "reason": "plainer",
            "reason_language": "en",
        }
        assert reader.post("reword-demand", number, **given).status_code == 302
    first, last = visitor(here).reads("demand", demand.number), visitor(here).reads("demand", 4)
    for words in ("First words.", "Second words.", "Third words.", "Fourth words."):
        assert words in first
        assert words in last
    assert "This demand lives on in demand 4." in first
    answer = reader.post("reword-demand", 4, **given)
    assert "these are the words of demand 4 already" in read(answer)


def test_a_long_descent_costs_no_more_queries_than_a_short_one(here: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert visitor(here).get("demand", 1).status_code == 200
        return len(found)

    demand = here.demand("Words 0.")
    demand = actions.reword(actor=here.team, demand=demand, wording="Words 1.", reason="x", same_ask=True)
    queries()
    short = queries()
    for number in range(2, 12):
        demand = actions.reword(
            actor=here.team, demand=demand, wording=f"Words {number}.", reason="x", same_ask=True
        )
    assert queries() == short


def test_the_list_shows_who_said_it_and_what_became_of_it(here: World, said: Submission) -> None:
    one, two = here.demand("Wells!", submission=said), here.demand("Waterholes!")
    actions.merge(actor=here.team, demand=two, into=one, reason="same")
    reader = visitor(here)
    live = reader.reads("demands")
    assert "1 demand, each drawn from what somebody said" in live
    assert "Wells! 1 Party MAR" in live
    assert "Waterholes!" not in live
    assert "Waterholes!" in reader.reads("demands", state="merged")
    assert "2 demands as you asked" in reader.reads("demands", state="any")


def test_the_list_is_searched_in_every_language_and_narrowed_by_theme(here: World, said: Submission) -> None:
    consultations.add_theme(actor=here.team, consultation=here.consultation, code="water", name="Water")
    theme = here.consultation.themes.get()
    demand = actions.draw(
        actor=here.team,
        submission=said,
        wording="Нужны КОЛОДЦЫ.",
        language="ru",
        spans=[Span(0, 4)],
        theme=theme,
        translations={"en": "Wells are needed.", "zh": "需要水井。"},
    )
    here.demand("Roads are needed.")
    reader = visitor(here)
    for wanted in ("wells", "WELLS", "水井", "колодцы", "Колодцы", str(demand.number)):
        page = reader.reads("demands", q=wanted)
        assert "1 demand as you asked" in page, wanted
        assert "Wells are needed. 1" in page
    assert "1 demand as you asked" in reader.reads("demands", theme="water")
    assert "Roads are needed." in reader.reads("demands", theme="none")
    assert "Nothing here is as you asked." in reader.reads("demands", q="' OR 1=1 -- % _ \" * NEAR(")


def test_the_order_is_chosen(here: World) -> None:
    here.demand("Alpha asked.")
    here.demand("Beta asked.")
    page = visitor(here).reads("demands", order="newest")
    assert page.index("Beta asked.") < page.index("Alpha asked.")


@pytest.mark.parametrize("name", ["demands", "submissions"])
@pytest.mark.parametrize(
    "query",
    [
        {"author__email": "x"},
        {"password": "x"},
        {"wording__renderings__by__email": "x"},
        {"order": "password"},
        {"state": "hidden"},
        {"theme": "nowhere"},
        {"channel": "x"},
        {"kind": "party__name"},
        {"page": "x"},
        {"page": "-1"},
        {"q": "a\x00b"},
        {"q": "x" * 201},
        {"q": ["a", "b"]},
    ],
)
def test_a_list_that_is_asked_by_a_field_it_does_not_have_says_so(
    here: World, name: str, query: dict[str, Any]
) -> None:
    here.demand()
    for reader in (visitor(here), team(here)):
        answer = reader.get(name, **query)
        assert answer.status_code == 400, query


def test_only_the_team_asks_for_what_waits(here: World) -> None:
    here.submission()
    assert visitor(here).get("submissions", waiting="on").status_code == 400
    assert "1 submission as you asked" in team(here).reads("submissions", waiting="on")


def test_a_page_beyond_the_last_is_the_last(here: World) -> None:
    here.demand("Wells!")
    assert "Wells!" in visitor(here).reads("demands", page="99999999")


def test_a_hidden_demand_is_in_no_list_search_or_count(here: World) -> None:
    shown, hidden = here.demand("Shown thing."), here.demand("Hiddenthing.")
    moderate(actor=here.team, subject=hidden, hides=True, reason="It names a person.")
    reader = visitor(here)
    assert "1 demand, each" in reader.reads("demands")
    assert "0 demands as you asked" in reader.reads("demands", q="Hiddenthing")
    assert "0 demands as you asked" in reader.reads("demands", q=str(hidden.number))
    assert "Hiddenthing" not in reader.reads("demands", state="any")
    page = reader.reads("demand", hidden.number)
    assert "It names a person." in page
    assert "Hiddenthing" not in page
    assert "Hiddenthing" in team(here).reads("demands", q="Hiddenthing")
    assert shown.number != hidden.number


def test_the_words_of_a_hidden_demand_do_not_come_out_of_its_descent(here: World) -> None:
    one = here.demand("Hiddenthing.")
    two = actions.reword(
        actor=here.team, demand=one, wording="Milder thing.", reason="milder", same_ask=False
    )
    moderate(actor=here.team, subject=one, hides=True, reason="It insults.")
    page = visitor(here).reads("demand", two.number)
    assert "Hiddenthing" not in page
    assert f"demand {one.number} (out of sight)" in page
    assert "Hiddenthing" not in visitor(here).reads("submission", Passage.objects.first().submission.number)  # type: ignore[union-attr]


def test_lists_cost_as_many_queries_with_three_as_with_one(here: World) -> None:
    def world_of(count: int) -> World:
        made = world()
        made.open("listen")
        theme = consultations.add_theme(
            actor=made.team, consultation=made.consultation, code="t", name="A theme"
        )
        for number in range(count):
            said = made.submission(party=made.party(f"P{number}"))
            for demand in (made.demand(f"Wells {number}", submission=said), made.demand(submission=said)):
                actions.sort(actor=made.team, demand=demand, theme=theme)
        return made

    def queries(reader: Reader, name: str, *arguments: Any) -> int:
        reader.get(name, *arguments)
        with CaptureQueriesContext(connection) as found:
            assert reader.get(name, *arguments).status_code == 200
        return len(found)

    one, three = world_of(1), world_of(3)
    voters = one.voter(), three.voter()
    for name, *arguments in (("demands",), ("submissions",), ("submission", 1), ("party", "P0")):
        for first, second in (
            (visitor(one), visitor(three)),
            (team(one), team(three)),
            (delegate(one, voters[0]), delegate(three, voters[1])),
        ):
            assert queries(first, name, *arguments) == queries(second, name, *arguments), name
    assert queries(visitor(one), "demands") <= 16
    assert queries(visitor(one), "submissions") <= 14


def test_an_empty_list_says_what_will_be_here_and_how_to_start(here: World) -> None:
    assert "Here will stand every single demand" in visitor(here).reads("demands")
    assert "Here will stand what parties say" in visitor(here).reads("submissions")
    assert "Bring in a submission" in team(here).reads("submissions")
    assert "The secretariat has still to read this" in visitor(here).reads(
        "submission", here.submission().number
    )
