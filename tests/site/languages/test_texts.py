"""Texts in several languages: who wrote what, from which version, and what stood there before."""

from __future__ import annotations

import pytest

from mufakat.site.consultations.actions import translate_text
from mufakat.site.languages.models import EarlierRendering, Rendering, Text
from mufakat.site.languages.reading import read, source, with_text
from mufakat.site.languages.tags import called, direction
from mufakat.site.languages.writing import TextError, change_source, new_text, translate
from mufakat.site.ledger.models import Event
from tests.site.factories import person, world

pytestmark = pytest.mark.django_db


def test_a_reader_gets_their_own_language_and_is_told_that_it_is_a_translation() -> None:
    text = new_text("نريد آبارًا", language="ar", by=None, translations={"fr": "Nous voulons des puits"})
    words = read(text, "fr")
    assert (words.body, words.language, words.direction) == ("Nous voulons des puits", "fr", "ltr")
    assert (words.translated_from, words.stale, words.also) == ("ar", False, ("ar",))


def test_a_reader_without_a_translation_gets_the_authors_words_in_their_direction() -> None:
    text = new_text("نريد آبارًا", language="ar", by=None)
    words = read(text, "es")
    assert (words.body, words.language, words.direction) == ("نريد آبارًا", "ar", "rtl")
    assert words.translated_from == ""


def test_a_translation_is_stale_once_the_source_changed_and_fresh_once_it_was_renewed() -> None:
    author, translator = person(), person()
    text = new_text("Wells", language="en", by=author.pk, translations={"fr": "Des puits"})
    assert change_source(text, "Wells and roads", by=author.pk)
    text = Text.objects.get()
    assert read(text, "fr").stale
    assert not source(text).stale
    rendering = translate(text, "Des puits et des routes", language="fr", by=translator.pk)
    assert (rendering.renders, rendering.by_id) == (2, translator.pk)
    assert not read(Text.objects.get(), "fr").stale
    kept = EarlierRendering.objects.order_by("pk").values_list("language", "body", "renders")
    assert list(kept) == [("en", "Wells", 1), ("fr", "Des puits", 1)]


def test_the_same_words_again_are_no_change() -> None:
    text = new_text("Wells", language="en", by=None)
    assert not change_source(text, "  Wells\r\n", by=None)
    assert (text.version, EarlierRendering.objects.count()) == (1, 0)


def test_what_cannot_be_a_text_is_refused() -> None:
    text = new_text("Wells", language="en", by=None)
    with pytest.raises(TextError, match="needs words"):
        new_text(" \n ", language="en", by=None)
    with pytest.raises(TextError, match="at most 200000"):
        new_text("x" * 200_001, language="en", by=None)
    with pytest.raises(TextError, match="language of the source"):
        translate(text, "Wells", language="en", by=None)


def test_translating_is_an_act_with_one_event_that_does_not_hold_the_words() -> None:
    here = world()
    text = here.consultation.title
    before = Event.objects.count()
    translate_text(
        actor=here.team, consultation=here.consultation, text=text, language="fr", body="Une consultation"
    )
    assert read(Text.objects.get(pk=text.pk), "fr").body == "Une consultation"
    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert (Event.objects.count(), event.act) == (before + 1, "consultations.translate")
    assert "Une consultation" not in event.detail


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_texts_takes_the_same_queries_whatever_its_length(
    count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        new_text(f"Text {number}", language="en", by=None, translations={"fr": f"Texte {number}"})
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = [read(rendering.text, "fr").body for rendering in _sources()]
    assert found == [f"Texte {number}" for number in range(count)]


def _sources() -> list[Rendering]:
    return list(
        Rendering.objects.filter(language="en").select_related("text").prefetch_related(*with_text("text"))
    )


def test_directions_and_names_of_languages() -> None:
    assert [direction(tag) for tag in ("ar", "ar-EG", "fa", "zh", "ru", "")] == [
        *("rtl", "rtl", "rtl", "ltr", "ltr", "auto")
    ]
    assert (called("fr"), called("wo"), called("")) == ("French", "wo", "another language")
