"""The tags that all pages share: what they say, in which language and direction, and what they escape."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory
from django.utils import timezone as clock
from django.utils import translation

from mufakat.site.languages.reading import Words

Rendered = Callable[..., str]
ARABIC = Words("الأرض لأهلها", "ar", "rtl")
TRANSLATION = Words("Land to those who work it", "en", "ltr", translated_from="fr")
STALE = Words("Land to those who work it", "en", "ltr", translated_from="fr", stale=True)
HOSTILE = Words('<script>alert("x")</script>', 'e"n', "ltr")


def test_words_carry_their_language_and_direction(rendered: Rendered) -> None:
    assert rendered("{% words text %}", text=ARABIC) == (
        '<span class="words" lang="ar" dir="rtl">الأرض لأهلها</span>'
    )


def test_words_of_an_unknown_language_find_their_direction_themselves(rendered: Rendered) -> None:
    assert rendered("{% words text %}", text="شيء") == '<span class="words" dir="auto">شيء</span>'


def test_a_translation_says_what_it_was_translated_from(rendered: Rendered) -> None:
    assert rendered("{% words text %}", text=TRANSLATION).endswith(
        '</span> <small class="note">(translated from French)</small>'
    )
    assert rendered('{% words text "blockquote" %}', text=TRANSLATION).endswith(
        '</blockquote><p class="note">translated from French</p>'
    )


def test_a_stale_translation_says_so(rendered: Rendered) -> None:
    assert "translated from French; the original has changed since" in rendered("{% words t %}", t=STALE)
    assert rendered("{% told t %}", t=STALE) == (
        '<span class="note">translated from French; the original has changed since</span>'
    )


def test_the_note_can_be_left_to_another_line(rendered: Rendered) -> None:
    assert "note" not in rendered("{% words text note=False %}", text=STALE)
    assert rendered("{% told text %}", text=ARABIC) == ""
    assert rendered("{% told text %}", text="plain") == ""


@pytest.mark.parametrize("element", ["span", "q", "p", "blockquote"])
def test_words_are_never_markup(rendered: Rendered, element: str) -> None:
    shown = rendered("{% words text element %}", text=HOSTILE, element=element)
    assert "<script" not in shown
    assert 'lang="e&quot;n"' in shown


def test_words_stand_in_no_other_element(rendered: Rendered) -> None:
    with pytest.raises(ValueError, match="not in 'script'"):
        rendered('{% words text "script" %}', text=ARABIC)


def test_a_date_is_written_out(rendered: Rendered) -> None:
    assert (
        rendered("{{ day|when }}", day=date(2026, 3, 9)) == '<time datetime="2026-03-09">9 March 2026</time>'
    )


def test_a_date_follows_the_language(rendered: Rendered) -> None:
    with translation.override("fr"):
        assert "9 mars 2026" in rendered("{{ day|when }}", day=date(2026, 3, 9))
    with translation.override("zh-hans"):
        assert "2026年3月9日" in rendered("{{ day|when }}", day=date(2026, 3, 9))


def test_a_moment_is_the_day_where_the_reader_is(rendered: Rendered) -> None:
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    with clock.override(timezone(timedelta(hours=2), "EET")):
        assert (
            rendered("{{ moment|when }}", moment=late) == '<time datetime="2026-03-10">10 March 2026</time>'
        )


def test_a_moment_can_tell_its_time_and_zone(rendered: Rendered) -> None:
    shown = rendered('{{ moment|when:"clock" }}', moment=datetime(2026, 3, 9, 14, 5, tzinfo=UTC))
    assert 'datetime="2026-03-09T14:05+00:00"' in shown
    assert ">9 March 2026, 14:05 UTC<" in shown


def test_no_moment_says_nothing(rendered: Rendered) -> None:
    assert rendered("{{ moment|when }}", moment=None) == ""


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (0, "demand", "0 demands"),
        (1, "demand", "1 demand"),
        (1240, "person", "1,240 people"),
        (1, "party", "1 party"),
        (2, "party", "2 parties"),
    ],
)
def test_a_number_agrees_with_its_noun(rendered: Rendered, number: int, noun: str, said: str) -> None:
    assert rendered("{% count_of number noun %}", number=number, noun=noun) == said


def test_a_number_is_grouped(rendered: Rendered) -> None:
    assert rendered("{{ number|number }}", number=12408) == "12,408"


def test_the_next_step_is_a_sentence_and_a_link(rendered: Rendered) -> None:
    shown = rendered('{% next_step "Ten wait." "Vote" "/vote/" %}')
    assert "<p>Ten wait.</p>" in shown
    assert '<a class="button" href="/vote/">Vote</a>' in shown
    assert "<form" not in shown


def test_a_next_step_that_acts_is_a_form_with_its_token(rendered: Rendered) -> None:
    shown = rendered('{% next_step "One waits." "Accept" "/accept/" post=True %}')
    assert '<form method="post" action="/accept/">' in shown
    assert 'name="csrfmiddlewaretoken"' in shown
    assert "<button" in shown


def test_a_badge_is_a_word_in_a_colour(rendered: Rendered) -> None:
    assert rendered('{% badge "divides" "split" %}') == '<span class="badge split">divides</span>'
    assert rendered("{% badge word %}", word="<b>") == '<span class="badge">&lt;b&gt;</span>'
    with pytest.raises(ValueError, match="'blue'"):
        rendered('{% badge "divides" "blue" %}')


def test_a_key_figure_says_what_it_counts(rendered: Rendered) -> None:
    shown = rendered('{% figure_of 12408 "votes" "by 181 parties" %}')
    assert "<dt>votes</dt>" in shown
    assert '<b>12,408</b> <span class="note">by 181 parties</span>' in shown


@pytest.mark.parametrize(
    ("part", "whole", "length"), [(181, 250, "72.4"), (0, 5, "0.0"), (0, 0, "0.0"), (7, 5, "100.0")]
)
def test_a_bar_is_as_long_as_its_share(rendered: Rendered, part: int, whole: int, length: str) -> None:
    shown = rendered("{% bar part whole %}", part=part, whole=whole)
    assert f'class="part" width="{length}"' in shown
    assert f"<p>{part} of {whole}</p>" in shown


def test_a_bar_keeps_its_decimal_point_in_every_language(rendered: Rendered) -> None:
    with translation.override("fr"):
        assert 'width="72.4"' in rendered("{% bar 181 250 %}")


def test_an_empty_place_says_what_will_be_there(rendered: Rendered) -> None:
    shown = rendered('{% empty "Demands will stand here." "Begin." "Submit" "/s/" %}')
    assert "Demands will stand here." in shown
    assert 'href="/s/">Submit</a>' in shown
    assert "<a" not in rendered('{% empty "Demands will stand here." %}')


def test_the_way_here_ends_at_the_page_itself(rendered: Rendered) -> None:
    shown = rendered('{% trail "Voices" "/v/" "Demand 12" %}')
    assert '<a href="/v/">Voices</a>' in shown
    assert '<span aria-current="page">Demand 12</span>' in shown


def test_other_pages_of_a_list_keep_what_was_asked_for(rendered: Rendered) -> None:
    request = RequestFactory().get("/voices/?theme=land&q=a%26b&page=7")
    shown = rendered("{% pager page %}", request, page=Paginator(range(312), 20).page(7))
    assert "121 to 140 of 312" in shown
    assert 'href="?theme=land&amp;q=a%26b&amp;page=6" rel="prev"' in shown
    assert 'href="?theme=land&amp;q=a%26b&amp;page=8" rel="next"' in shown
    assert 'href="?theme=land&amp;q=a%26b&amp;page=7" aria-current="page"' in shown


def test_a_list_of_one_page_has_no_others(rendered: Rendered) -> None:
    assert rendered("{% pager page %}", page=Paginator(range(5), 20).page(1)) == ""


def test_passages_are_marked_where_they_stand(rendered: Rendered) -> None:
    shown = rendered(
        "{% marked text passages %}",
        text=Words("Land papers <first>.", "en", "ltr"),
        passages=[(0, 11, "12", "/d/12/")],
    )
    assert '<mark>Land papers</mark><sup><a href="/d/12/">12</a></sup> &lt;first&gt;.' in shown
    assert 'lang="en" dir="ltr"' in shown


def test_a_vote_is_three_choices_and_a_weight(rendered: Rendered) -> None:
    shown = rendered(
        '{% include "web/parts/vote.html" with name="vote-3" important_name="weight-3" %}',
        text=ARABIC,
        chosen=-1,
    )
    assert shown.count('type="radio" name="vote-3"') == 3
    assert 'value="-1" checked' in shown
    assert shown.count("checked") == 1
    assert 'type="checkbox" name="weight-3"' in shown
    assert '<legend><span class="words" lang="ar" dir="rtl">' in shown
