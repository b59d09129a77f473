"""The report in a real browser: reachable by everyone, narrow and wide, and nothing asked of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mufakat.opinion.report import write_report
from tests.opinion import studies

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

STUDIES = (studies.study, studies.one_group, studies.large, studies.smallest, studies.hostile)
OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    return {made.__name__: write_report(made(), folder / f"{made.__name__}.html") for made in STUDIES}


@pytest.fixture(params=[made.__name__ for made in STUDIES])
def report(request: pytest.FixtureRequest, reports: dict[str, Path]) -> Path:
    return reports[request.param]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a file in a window of its own; options are those of a browser context."""
    contexts: list[BrowserContext] = []

    def opened(path: Path, *, width: int = 1280, **options: Any) -> Page:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 844}, **options))
        page = contexts[-1].new_page()
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing(open_page: Callable[..., Page], report: Path, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(report, width=width, color_scheme=scheme)
    page.evaluate(OPEN_ALL)
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def test_the_page_never_scrolls_sideways(open_page: Callable[..., Page], report: Path) -> None:
    page = open_page(report)
    page.evaluate(OPEN_ALL)
    over = {}
    for direction in ("ltr", "rtl"):
        page.evaluate(f"document.documentElement.dir = '{direction}'")
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            over[direction, width] = page.evaluate(SIDEWAYS)
    assert set(over.values()) == {0}, over


def test_it_asks_for_nothing_and_complains_of_nothing(chromium: Browser, report: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(report.as_uri(), wait_until="networkidle")
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [report.as_uri()]
    assert complaints == []


def test_everything_opens_without_script(open_page: Callable[..., Page], reports: dict[str, Path]) -> None:
    page = open_page(reports["large"], java_script_enabled=False)
    hidden = page.locator("details tbody tr").first
    assert not hidden.is_visible()
    page.locator("details > summary").first.click()
    assert hidden.is_visible()
    assert page.locator("h1").is_visible()


def test_the_first_screen_of_a_phone_tells_where_things_stand(
    open_page: Callable[..., Page], reports: dict[str, Path]
) -> None:
    page = open_page(reports["study"], width=390)
    box = page.locator("ul.tally").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844


def test_arabic_words_run_from_the_right_and_stand_a_step_larger(
    open_page: Callable[..., Page], reports: dict[str, Path]
) -> None:
    page = open_page(reports["study"])
    style = "e => [getComputedStyle(e).direction, parseFloat(getComputedStyle(e).fontSize)]"
    arabic = page.locator("p.ask[lang=ar]").first.evaluate(style)
    french = page.locator("p.ask[lang=fr]").first.evaluate(style)
    assert (arabic[0], french[0]) == ("rtl", "ltr")
    assert arabic[1] > french[1]


def test_the_skip_link_comes_first_and_leads_to_the_findings(
    open_page: Callable[..., Page], reports: dict[str, Path]
) -> None:
    page = open_page(reports["study"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the findings"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
