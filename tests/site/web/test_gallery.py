"""Everything the look has, in a real browser: reachable by everyone, narrow and wide, both ways round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.web import gallery
from tests.site.web.browser import show

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MARK = """(quote) => {
  const text = document.querySelector('[data-passages]');
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(quote);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + quote.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }
}"""


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., tuple[Page, list[str]]]]:
    """Opens a page in a window of its own; options are those of a browser context."""
    contexts: list[BrowserContext] = []

    def opened(html: str, *, width: int = 1280, **options: Any) -> tuple[Page, list[str]]:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 844}, **options))
        page = contexts[-1].new_page()
        return page, show(page, html)

    yield opened
    for context in contexts:
        context.close()


Open = Callable[..., "tuple[Page, list[str]]"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_and_the_browser_refuses_nothing(
    open_page: Open, language: str, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, complaints = open_page(gallery.html(language), width=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert complaints == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_scrolls_sideways_but_tables(open_page: Open, language: str) -> None:
    page, _complaints = open_page(gallery.html(language), width=320)
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate("(f => f.scrollWidth > f.clientWidth)(document.querySelector('.frame'))")


def test_arabic_mirrors_the_page(open_page: Open) -> None:
    page, _complaints = open_page(gallery.html("ar"))
    name = page.locator(".site-name").bounding_box()
    margin = page.locator("main .margin").bounding_box()
    assert name is not None
    assert margin is not None
    assert name["x"] > 640 > margin["x"]


def test_the_page_works_without_script(open_page: Open) -> None:
    page, complaints = open_page(gallery.html(), java_script_enabled=False)
    page.get_by_label("Disagree").first.check()
    assert page.get_by_label("Disagree").first.is_checked()
    assert complaints == []


def test_a_vote_is_cast_by_keyboard(open_page: Open) -> None:
    page, _complaints = open_page(gallery.html())
    page.get_by_label("Agree", exact=True).first.focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_label("Pass").first.is_checked()


@pytest.mark.parametrize("width", [320, 1280])
def test_whatever_is_pressed_is_large_enough_for_a_thumb(open_page: Open, width: int) -> None:
    page, _complaints = open_page(gallery.html(), width=width)
    heights = page.eval_on_selector_all(
        "main :is(.button, button:not(.quiet), .choice, select, input[type=text], input[type=search], .tick)",
        "all => all.map(each => each.getBoundingClientRect().height)",
    )
    assert len(heights) > 15
    assert min(heights) >= 44


def test_the_characters_left_are_told(open_page: Open) -> None:
    page, _complaints = open_page(gallery.html())
    page.locator("#id_body").fill("Water first.")
    assert page.locator("[data-count=id_body]").inner_text() == "Characters left: 19,988"


def test_a_time_is_told_where_the_reader_is(open_page: Open) -> None:
    page, _complaints = open_page(gallery.html(), timezone_id="Africa/Nairobi")
    assert page.locator("time[data-clock]").inner_text() == (
        "12 March 2026, 14:00 UTC (05:00 PM where you are)"
    )
    page, _complaints = open_page(gallery.html(), timezone_id="UTC")
    assert page.locator("time[data-clock]").inner_text() == "12 March 2026, 14:00 UTC"


@pytest.mark.parametrize("quote", ["The fields were there", "so that no office far away"])
def test_marking_a_passage_fills_its_place(open_page: Open, quote: str) -> None:
    form = (
        '<form data-passage><input name="start"><input name="end"><textarea name="quote"></textarea></form>'
    )
    page, _complaints = open_page(gallery.html().replace("<h2>Notices</h2>", form))
    page.evaluate(MARK, quote)
    page.wait_for_function("document.forms[document.forms.length - 1].elements.quote.value")
    start = gallery.RECEIVED.body.index(quote)
    assert page.locator("[name=start]").input_value() == str(start)
    assert page.locator("[name=end]").input_value() == str(start + len(quote))
    assert page.locator("[name=quote]").input_value() == quote


def test_what_could_not_be_sent_is_told(open_page: Open) -> None:
    button = '<button hx-get="/gone" id="gone">x</button>'
    page, _complaints = open_page(gallery.html().replace("<h2>Notices</h2>", button))
    assert page.locator("#unreachable").is_hidden()
    page.locator("#gone").click()
    page.locator("#unreachable").wait_for(state="visible")


def test_a_refusal_of_a_part_of_the_page_shows_as_a_page(open_page: Open) -> None:
    button = '<button hx-get="/refused" id="refused">x</button>'
    page, _complaints = open_page(gallery.html().replace("<h2>Notices</h2>", button))
    refusal = "<html><body><h1>This cannot be done</h1></body></html>"
    page.route("**/refused", lambda route: route.fulfill(status=403, content_type="text/html", body=refusal))
    page.locator("#refused").click()
    page.get_by_role("heading", name="This cannot be done").wait_for()
    assert page.locator(".rows").count() == 0
