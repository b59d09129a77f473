"""The base page: what stands around every page."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory

from mufakat.site.authority.actor import ANONYMOUS
from tests.site.web import gallery

Rendered = Callable[..., str]
FIRST_VISIT = ("web/style.css", "web/mufakat.js", "web/icon.svg", "django_htmx/htmx-2.min.js")


def page(rendered: Rendered, **variables: object) -> str:
    return rendered('{% include "base.html" %}', **variables)


def test_the_page_carries_its_language_and_direction() -> None:
    assert '<html lang="en" dir="ltr">' in gallery.html("en")
    assert '<html lang="ar" dir="rtl">' in gallery.html("ar")


def test_an_invented_consultation_says_so_on_its_pages(rendered: Rendered) -> None:
    around = gallery.place()
    assert "Everything in this consultation is invented." in page(rendered, place=around)
    assert "is invented" not in page(rendered)


def test_stages_are_told_in_words() -> None:
    shown = gallery.html()
    assert '<li class="closed"><span>map</span> <span class="hidden">closed</span></li>' in shown
    assert (
        '<li class="open" aria-current="step"><span>converge</span> <span class="hidden">open now</span></li>'
    ) in shown
    assert '<li class="ahead"><span>draft</span> <span class="hidden">ahead</span></li>' in shown


def test_the_reader_sees_for_whom_they_speak(rendered: Rendered) -> None:
    assert '<a href="/me/">You speak for Maranda</a>' in page(rendered, actor=gallery.actor())


def test_a_stranger_is_offered_to_sign_in_and_to_come_back(rendered: Rendered) -> None:
    request = RequestFactory().get("/c/compact/?a=1")
    shown = rendered('{% include "base.html" %}', request, actor=ANONYMOUS)
    assert '<a href="/accounts/login/?next=/c/compact/%3Fa%3D1">Sign in</a>' in shown


def test_a_title_never_becomes_markup(rendered: Rendered) -> None:
    around = gallery.Place(title=gallery.Words("<b>x</b>", "en", "ltr"), url="/")
    assert "<b>x</b>" not in page(rendered, place=around)


def test_htmx_is_of_the_second_line_and_evaluates_nothing() -> None:
    shown = gallery.html()
    assert "/django_htmx/htmx-2" in shown
    assert '"allowEval":false' in shown
    assert '"includeIndicatorStyles":false' in shown


def test_a_first_visit_is_light() -> None:
    weight = len(gzip.compress(gallery.html().encode(), 6))
    for name in FIRST_VISIT:
        found = finders.find(name)
        assert isinstance(found, str)
        weight += len(gzip.compress(Path(found).read_bytes(), 6))
    assert weight <= 50_000


@pytest.mark.django_db
def test_a_page_outside_of_a_consultation_asks_the_database_nothing(
    rendered: Rendered, django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        rendered('{% include "base.html" %}')
