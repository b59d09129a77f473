"""Numbers, intervals and names in words."""

from __future__ import annotations

import pytest

from mufakat.opinion.report import words
from mufakat.opinion.report.markup import element
from mufakat.opinion.report.words import (
    ALL,
    between,
    constituency,
    interval,
    listed,
    number,
    of_hundred,
    plain_constituency,
)
from mufakat.opinion.result import OPINION_GROUPS, Standing


def test_an_interval_is_told_with_its_count() -> None:
    standing = Standing("region", "Africa", 41, 0.61, 0.52, 0.70)
    assert interval(standing) == "between 52 and 70 of 100, from 41 votes"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "no votes"), (1, "1 vote"), (1.2, "1 vote"), (8514, "8,514 votes")]
)
def test_votes_are_counted_in_the_right_form(count: float, said: str) -> None:
    assert words.votes(count) == said


def test_thousands_are_set_apart() -> None:
    assert number(1234567) == "1,234,567"
    assert words.parties(1) == "1 party"
    assert words.demands(60) == "60 demands"


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0"), (0.5, "50"), (0.503, "50.3"), (0.4962, "49.6"), (0.614, "61"), (1.0, "100")],
)
def test_a_share_beside_one_half_never_reads_as_one_half(share: float, said: str) -> None:
    assert of_hundred(share) == said


def test_what_is_not_known_says_so() -> None:
    assert of_hundred(float("nan")) == "not known"
    assert number(float("inf")) == "not known"


def test_between_is_of_a_hundred() -> None:
    assert between(0.521, 0.699) == "between 52 and 70 of 100"


def test_constituencies_are_named_in_words() -> None:
    assert plain_constituency("group: LDC", "not LDC") == "outside LDC"
    assert plain_constituency("group: LDC", "LDC") == "LDC"
    assert plain_constituency("region", "not LDC") == "not LDC"
    assert plain_constituency(OPINION_GROUPS, "B") == "opinion group B"
    assert plain_constituency(*ALL) == "all parties"


def test_a_declared_constituency_says_its_family_where_asked() -> None:
    assert constituency("language", "ar", place=True) == (
        '<span dir="auto">ar</span> (<span dir="auto">language</span>)'
    )
    assert constituency("group: LDC", "LDC", place=True, told="9 votes") == (
        '<span dir="auto">LDC</span> (9 votes)'
    )
    assert constituency("language", "ar", place=True, told="<9") == (
        '<span dir="auto">ar</span> (<span dir="auto">language</span>, &lt;9)'
    )
    assert constituency("language", "<ar>") == '<span dir="auto">&lt;ar&gt;</span>'


def test_lists_end_in_and() -> None:
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B"]) == "A and B"
    assert listed(["A", element("b", "B"), "<C>"]) == "A, <b>B</b> and &lt;C&gt;"


def test_words_can_be_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = {"between {low} and {high} of 100": "entre {low} et {high} sur 100"}
    monkeypatch.setattr(words.gettext, "dgettext", lambda _domain, text: catalogue.get(text, text))
    assert between(0.52, 0.7) == "entre 52 et 70 sur 100"
