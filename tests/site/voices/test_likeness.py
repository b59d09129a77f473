"""Finding demands that may ask the same: how well, how fast, in which languages; and a person's decision."""

from __future__ import annotations

import time
from itertools import combinations

import pytest

from mufakat import story
from mufakat.site.consultations import actions as consultations
from mufakat.site.ledger.models import Event
from mufakat.site.voices.actions import demands as actions
from mufakat.site.voices.actions.demands import Span
from mufakat.site.voices.actions.likeness import suggest
from mufakat.site.voices.actions.moderation import moderate
from mufakat.site.voices.likeness import THRESHOLD, alike, plain, sequences
from mufakat.site.voices.models import Demand, Likeness
from mufakat.story.demand import SAME_ASK
from tests.site.factories import World, world
from tests.site.voices.browsing import read, team, visitor

Pairs = set[tuple[int, int]]


STORY: Pairs = {(int(one), int(other)) for one, other in SAME_ASK}
WORDINGS = {int(each.demand): {"en": each.english, each.language: each.text} for each in story.demands()}


def pairs_of(**options: float) -> Pairs:
    return {(pair.first, pair.second) for pair in alike(WORDINGS, **options)}  # type: ignore[arg-type]


def test_of_the_four_pairs_of_the_story_three_are_found_and_nothing_else_is() -> None:
    assert pairs_of() == {(5, 41), (9, 50), (18, 46)}
    assert STORY - pairs_of() == {(27, 31)}


def test_the_threshold_stands_in_the_middle_of_the_gap_between_same_and_different_asks() -> None:
    scores = {(pair.first, pair.second): pair.score for pair in alike(WORDINGS, threshold=0)}
    same = min(scores[pair] for pair in STORY - {(27, 31)})
    different = max(score for pair, score in scores.items() if pair not in STORY)
    assert different < THRESHOLD - 0.02
    assert same > THRESHOLD + 0.02


def test_the_pair_that_shares_no_words_is_not_told_from_others_at_any_threshold() -> None:
    scores = sorted(alike(WORDINGS, threshold=0), key=lambda pair: -pair.score)
    rank = [(pair.first, pair.second) for pair in scores].index((27, 31))
    assert rank > 20


def test_without_translations_no_pair_across_two_languages_is_found() -> None:
    alone = {int(each.demand): {each.language: each.text} for each in story.demands()}
    assert alike(alone) == []


def test_the_same_ask_in_chinese_and_in_arabic_is_found_in_its_own_language() -> None:
    found = alike(
        {
            1: {"zh": "采矿合同必须在签署前公布。"},
            2: {"zh": "采矿合同应在签署之前公布。"},
            3: {"zh": "法官应每年两次乘船到每个岛屿。"},
            4: {"ar": "يجب نشر عقود المناجم قبل توقيعها."},
            5: {"ar": "يَجِبُ نَشْرُ كُلِّ عُقُودِ المناجم قبل التوقيع."},
            6: {"ar": "نريد قاضيا يأتي إلى المخيم كل أسبوع."},
        }
    )
    assert {(pair.first, pair.second) for pair in found} == {(1, 2), (4, 5)}


def test_one_demand_held_against_all_gives_its_pairs_of_the_whole() -> None:
    whole = {(pair.first, pair.second): pair.score for pair in alike(WORDINGS, threshold=0.4)}
    for key in WORDINGS:
        alone = {
            (pair.first, pair.second): pair.score for pair in alike(WORDINGS, among=[key], threshold=0.4)
        }
        assert alone == {pair: pytest.approx(score) for pair, score in whole.items() if key in pair}


def test_the_order_of_demands_changes_nothing() -> None:
    turned = dict(reversed(WORDINGS.items()))
    assert alike(turned, threshold=0.3) == alike(WORDINGS, threshold=0.3)


def test_a_pair_scores_by_the_language_in_which_it_is_most_alike() -> None:
    one, other = {"en": "Give us wells.", "fr": "De l'eau !"}, {"en": "Water, please.", "fr": "De l'eau !"}
    (pair,) = alike({1: one, 2: other, 3: {"fr": "Des routes.", "en": "Roads."}})
    assert (pair.first, pair.second) == (1, 2)
    assert pair.score == pytest.approx(1.0)


@pytest.mark.parametrize(
    "wordings", [{}, {1: {"en": "Wells."}}, {1: {"en": "…"}, 2: {"en": "!!!"}}, {1: {}, 2: {}}]
)
def test_little_or_nothing_gives_no_pair(wordings: dict[int, dict[str, str]]) -> None:
    assert alike(wordings) == []


def test_a_threshold_outside_of_a_share_is_refused() -> None:
    with pytest.raises(ValueError, match=r"and not 1\.5"):
        alike({}, threshold=1.5)


def test_accents_vowel_signs_and_punctuation_do_not_count() -> None:
    assert plain("«Déjà», dit-elle — ÉTÉ") == "deja dit elle ete"
    assert plain("تُنْشَرُ العُقـــود") == plain("تنشر العقود")
    assert sequences("采矿") == ["采矿"]


@pytest.mark.slow
def test_a_thousand_demands_are_held_against_each_other_in_seconds() -> None:
    themes = [each.english.split() for each in story.demands()]
    made = [
        " ".join([*one[: len(one) // 2], *other[len(other) // 2 :]]) for one, other in combinations(themes, 2)
    ]
    wordings = {key: {"en": words} for key, words in enumerate(made[:1000])}
    begin = time.process_time()
    alike(wordings)
    assert time.process_time() - begin < 10


def said(here: World, wording: str, **translations: str) -> Demand:
    return actions.draw(
        actor=here.team,
        submission=here.submission(),
        wording=wording,
        language="en",
        spans=[Span(0, 5)],
        translations=translations,
    )


@pytest.fixture
def here() -> World:
    """Three pairs alike, and one demand by itself."""
    made = world()
    for words in (
        "Every mining contract must be published before it is signed.",
        "Mining contracts must be published before they are signed.",
        "Judges should come by boat to every island.",
        "Judges should come by boat to each island.",
        "Give birth certificates to all children.",
    ):
        said(made, words)
    return made


@pytest.mark.django_db
class TestSuggesting:
    """The action, the page and the background task."""

    def test_pairs_are_suggested_once_with_one_event(self, here: World) -> None:
        before = Event.objects.count()
        assert suggest(actor=here.team, consultation=here.consultation) == 2
        assert suggest(actor=here.team, consultation=here.consultation) == 0
        assert Event.objects.count() == before + 1
        assert Event.objects.latest("pk").act == "voices.suggest"
        assert {(each.first.number, each.second.number) for each in Likeness.objects.all()} == {
            (1, 2),
            (3, 4),
        }
        assert all(each.verdict == "" for each in Likeness.objects.all())

    def test_what_is_out_of_sight_or_merged_is_not_suggested(self, here: World) -> None:
        moderate(actor=here.team, subject=Demand.objects.get(number=1), hides=True, reason="x")
        actions.merge(
            actor=here.team,
            demand=Demand.objects.get(number=3),
            into=Demand.objects.get(number=5),
            reason="x",
        )
        assert suggest(actor=here.team, consultation=here.consultation) == 0

    def test_pairs_do_not_reach_across_consultations(self, here: World) -> None:
        elsewhere = world()
        said(elsewhere, "Judges should come by boat to every island.")
        assert suggest(actor=elsewhere.team, consultation=elsewhere.consultation) == 0

    def test_drawing_a_demand_through_its_page_looks_for_its_like(self, here: World) -> None:
        submission = here.submission("Judges must come by boat to every island.")
        answer = team(here).post(
            "submission",
            submission.number,
            quote="Judges must come by boat to every island.",
            wording="Judges must come by boat to every island.",
            language="en",
        )
        assert answer.status_code == 302
        found = {(each.first.number, each.second.number) for each in Likeness.objects.all()}
        assert found == {(3, 6), (4, 6)}

    def test_a_translation_lets_a_pair_across_languages_be_found(
        self, here: World, django_capture_on_commit_callbacks: object
    ) -> None:
        demand = actions.draw(
            actor=here.team,
            submission=here.submission(),
            wording="Los jueces deben llegar en barco a cada isla.",
            language="es",
            spans=[Span(0, 5)],
        )
        assert suggest(actor=here.team, consultation=here.consultation, among=demand.number) == 0
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            consultations.translate_text(
                actor=here.team,
                consultation=here.consultation,
                text=demand.wording,
                language="en",
                body="Judges should come by boat to each island.",
                version=demand.wording.version,
            )
        found = {(each.first.number, each.second.number) for each in Likeness.objects.all()}
        assert found == {(3, 6), (4, 6)}

    def test_the_button_looks_through_all_and_the_page_shows_both_sides(self, here: World) -> None:
        reader = team(here)
        assert reader.get("suggest-likeness").status_code == 405
        assert reader.post("suggest-likeness").status_code == 302
        page = reader.reads("likeness")
        assert "2 pairs may ask the same." in page
        assert page.index("Judges should come by boat to every") < page.index("Every mining contract")
        assert "Judges should come by boat to each island." in page

    def test_a_person_keeps_a_pair_apart_and_it_is_not_suggested_again(self, here: World) -> None:
        suggest(actor=here.team, consultation=here.consultation)
        pair = Likeness.objects.get(first__number=3)
        answer = team(here).post("judge-likeness", pair.pk, verdict="apart", reason="", reason_language="en")
        assert answer.status_code == 302
        pair.refresh_from_db()
        assert (pair.verdict, pair.decided_by) == ("apart", here.facilitator)
        assert suggest(actor=here.team, consultation=here.consultation) == 0
        assert "One pair may ask the same." in team(here).reads("likeness")
        assert "This was decided: two different asks." in team(here).reads("judge-likeness", pair.pk)

    @pytest.mark.parametrize(("verdict", "merged", "stays"), [("first", 4, 3), ("second", 3, 4)])
    def test_a_person_merges_a_pair_and_chooses_which_stays(
        self, here: World, verdict: str, merged: int, stays: int
    ) -> None:
        suggest(actor=here.team, consultation=here.consultation)
        pair = Likeness.objects.get(first__number=3)
        answer = team(here).post("judge-likeness", pair.pk, verdict=verdict, reason="", reason_language="en")
        assert "Say why the two ask the same." in read(answer)
        team(here).post(
            "judge-likeness", pair.pk, verdict=verdict, reason="Both want boats.", reason_language="en"
        )
        pair.refresh_from_db()
        assert pair.verdict == "same"
        gone = Demand.objects.get(number=merged)
        assert gone.state == "merged"
        link = gone.descents.get()
        assert link.descendant.number == stays
        # Taken back, a person is asked anew.
        actions.part_again(actor=here.team, link=link)
        pair.refresh_from_db()
        assert (pair.verdict, pair.decided_by, pair.decided_at) == ("", None, None)

    def test_a_pair_of_which_one_was_merged_in_the_meantime_is_told(self, here: World) -> None:
        suggest(actor=here.team, consultation=here.consultation)
        pair = Likeness.objects.get(first__number=3)
        actions.merge(
            actor=here.team, demand=pair.first, into=Demand.objects.get(number=5), reason="elsewhere"
        )
        assert "One pair may ask the same." in team(here).reads("likeness")
        answer = team(here).post("judge-likeness", pair.pk, verdict="first", reason="x", reason_language="en")
        assert "was merged in the meantime" in read(answer)

    def test_pairs_are_for_the_team_and_inside_their_consultation(self, here: World) -> None:
        suggest(actor=here.team, consultation=here.consultation)
        pair = Likeness.objects.first()
        assert pair is not None
        assert visitor(here).get("likeness").status_code == 403
        assert visitor(here).post("judge-likeness", pair.pk, verdict="apart").status_code == 403
        elsewhere = team(world())
        assert elsewhere.get("judge-likeness", pair.pk).status_code == 404
        assert elsewhere.post("judge-likeness", pair.pk, verdict="apart").status_code == 404
        pair.refresh_from_db()
        assert pair.verdict == ""

    def test_an_empty_page_says_what_is_not_found_by_a_program(self) -> None:
        assert "What is said in other words altogether is not found" in team(world()).reads("likeness")
