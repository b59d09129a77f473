"""Markup that is safe by its type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.opinion.report.markup import Html, clean, element, fill, markup, people_text, shortened
from tests.opinion.report.reading import text_of, tree


def test_text_is_escaped_and_markup_is_not() -> None:
    assert element("p", "a < b & c", element("b", "d")) == "<p>a &lt; b &amp; c<b>d</b></p>"


def test_attributes_are_quoted_escaped_and_named_as_html_names_them() -> None:
    made = element("a", "x", class_="c", aria_label='"<&', hidden=True, title=None, href=False, r=0.123456789)
    assert made == '<a class="c" aria-label="&quot;&lt;&amp;" hidden r="0.12346">x</a>'


def test_markup_joined_to_text_is_text_again() -> None:
    joined = element("b", "x") + "<script>"
    assert markup(joined) == "&lt;b&gt;x&lt;/b&gt;&lt;script&gt;"


def test_a_void_element_is_not_closed() -> None:
    assert element("meta", charset="utf-8") == '<meta charset="utf-8">'


@given(st.text())
def test_any_text_comes_out_of_the_page_as_it_went_in(text: str) -> None:
    made = tree(element("p", text, title=text))
    assert "".join(made.itertext()) == clean(text)
    assert made.get("title") == clean(text)


def test_characters_that_break_or_turn_the_page_are_taken_out() -> None:
    assert clean("a\x00b\x1b\x85\ud800\ufffec") == "a\ufffdb\ufffd\ufffd\ufffd\ufffdc"
    assert clean("a\u202eb\u2066c\u202c") == "abc"
    assert clean("line\nand\ttab \u200f\u200d") == "line\nand\ttab \u200f\u200d"


def test_a_sentence_is_filled_with_markup() -> None:
    assert fill("{who} & {what}", who=element("b", "A"), what="<x>") == "<b>A</b> &amp; &lt;x&gt;"
    with pytest.raises(KeyError, match="who"):
        fill("{who} agrees")


@pytest.mark.parametrize("tag", ["ar", "zh-Hant", "fr-CA", "und-Arab"])
def test_peoples_words_carry_their_language_and_find_their_direction(tag: str) -> None:
    assert people_text("span", "x", language=tag) == f'<span lang="{tag}" dir="auto">x</span>'


@pytest.mark.parametrize("tag", ["", "English!", 'en" onclick="x', "e", "en_GB"])
def test_what_is_no_language_tag_is_left_out(tag: str) -> None:
    assert people_text("span", "x", language=tag) == '<span dir="auto">x</span>'


@given(st.text(max_size=200), st.integers(1, 80))
def test_shortened_text_keeps_to_its_length(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most


def test_shortened_text_ends_at_a_word() -> None:
    assert shortened("one two three four", 12) == "one two…"
    assert shortened("one  two", 12) == "one two"


def test_nothing_is_nothing() -> None:
    assert markup(None) == ""
    assert isinstance(markup([None, "a"]), Html)
    assert text_of(tree(element("p"))) == ""
