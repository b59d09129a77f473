"""The pages of submissions and demands in a real browser: Arabic and Chinese words, wide and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from mufakat import story
from mufakat.site.voices.actions import demands as actions
from mufakat.site.voices.actions import submissions
from mufakat.site.voices.actions.demands import Span
from mufakat.site.voices.actions.likeness import suggest
from mufakat.site.voices.actions.moderation import moderate
from mufakat.site.voices.models import Demand, Likeness
from tests.site.factories import World, world
from tests.site.voices.browsing import Reader, delegate, team, visitor
from tests.site.web.browser import show

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TAKEN = ("9", "15", "18", "46", "50")
"""Demands of the story in English, Chinese, Arabic and Spanish, two pairs of them alike."""


@pytest.fixture
def here() -> World:
    """A few of the story's submissions, with a merger, a rewording and a moderated demand."""
    made = world(invented=True)
    made.open("listen")
    told = {each.demand: each for each in story.demands()}
    drawn: dict[str, Demand] = {}
    for said in story.submissions():
        if not set(said.demands) & set(TAKEN):
            continue
        stored = submissions.enter(
            actor=made.team,
            consultation=made.consultation,
            party=made.party(said.party) if said.party else None,
            body=said.text,
            language=said.language,
            channel=said.channel,
            attribution=said.attribution,
            occasion=said.where,
            translations={"en": said.english},
        )
        for number in said.demands:
            each = told[number]
            start = said.text.index(each.text)
            drawn[number] = actions.draw(
                actor=made.team,
                submission=stored,
                wording=each.text,
                language=each.language,
                spans=[Span(start, start + len(each.text))],
                translations={"en": each.english},
            )
    suggest(actor=made.team, consultation=made.consultation)
    newer = actions.reword(
        actor=made.team,
        demand=drawn["18"],
        wording="Publish every contract.",
        reason="Plainer.",
        same_ask=True,
    )
    actions.merge(actor=made.team, demand=drawn["46"], into=newer, reason="Both ask it.")
    moderate(actor=made.team, subject=drawn["15"], hides=True, reason="It names a village.")
    return made


def pages(here: World) -> list[tuple[Reader, str, tuple[int, ...]]]:
    """Every page of this part, as whoever it is for."""
    pair = Likeness.objects.get(verdict="", first__state="live")
    facilitator, party = team(here), delegate(here, here.voter())
    merged = Demand.objects.get(state="merged")
    hidden = Demand.objects.get(hidden=True)
    arabic = merged.passages.get().submission.number
    return [
        *(
            (reader, name, ())
            for reader in (facilitator, visitor(here))
            for name in ("submissions", "demands")
        ),
        *((reader, "submission", (arabic,)) for reader in (facilitator, party)),
        *((reader, "demand", (merged.number,)) for reader in (facilitator, visitor(here))),
        *((reader, "demand", (hidden.number,)) for reader in (facilitator, visitor(here))),
        *((reader, "submit", ()) for reader in (facilitator, party)),
        *((facilitator, name, ()) for name in ("desk", "likeness")),
        *((facilitator, f"{what}-demand", (1,)) for what in ("merge", "split", "reword", "moderate")),
        (facilitator, "judge-likeness", (pair.pk,)),
        (facilitator, "moderate-submission", (arabic,)),
    ]


def test_axe_finds_nothing_nothing_overflows_and_the_browser_refuses_nothing(
    here: World, browser_page: Page
) -> None:
    wrong = []
    for reader, name, arguments in pages(here):
        answer = reader.get(name, *arguments)
        assert answer.status_code == 200, (name, answer.status_code)
        browser_page.unroute_all()
        complaints = show(browser_page, answer.content.decode())
        found = Axe().run(browser_page)
        if found.violations_count or complaints:
            wrong.append(f"{name}: {found.generate_report() if found.violations_count else ''} {complaints}")
        browser_page.set_viewport_size({"width": 320, "height": 640})
        if browser_page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{name} is wider than 320 pixels")
        browser_page.set_viewport_size({"width": 1280, "height": 900})
    assert not wrong, "\n".join(wrong)


def test_arabic_words_run_from_right_to_left_beside_english_ones(here: World, browser_page: Page) -> None:
    merged = Demand.objects.get(state="merged")
    answer = team(here).get("submission", merged.passages.get().submission.number)
    show(browser_page, answer.content.decode())
    text = browser_page.locator(".passages")
    assert text.evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert text.locator("mark").inner_text() == merged.passages.get().quote
    assert browser_page.locator("h1").evaluate("each => getComputedStyle(each).direction") == "ltr"


def test_marking_a_passage_in_the_text_fills_the_form_with_what_the_server_finds_there(
    here: World, browser_page: Page
) -> None:
    merged = Demand.objects.get(state="merged")
    passage = merged.passages.get()
    answer = team(here).get("submission", passage.submission.number)
    show(browser_page, answer.content.decode())
    browser_page.evaluate(
        """() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector('.passages mark'));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    form = browser_page.locator("form[data-passage]")
    browser_page.wait_for_function("document.querySelector('form[data-passage] [name=start]').value !== ''")
    start, end = (int(form.locator(f"[name={name}]").input_value()) for name in ("start", "end"))
    assert (start, end) == (passage.start, passage.end)
    assert form.locator("[name=quote]").input_value() == passage.quote
