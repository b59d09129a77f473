"""From an empty site to the opinion page in a real browser; the delegate's part with script off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.core.cache import cache
from django.core.mail.utils import DNS_NAME

from mufakat.site.ledger.verification import verify
from mufakat.site.people.models import Person
from mufakat.site.voices.models import Demand, Vote
from mufakat.site.voices.study.keeping import Keeper

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SAID = (
    "The wells along the river are dry by March. "
    "Dig one deep well in every village before the next dry season. "
    "Young people have no work: pay local apprentices from the first month. "
    "A deep well belongs in each village."
)


@pytest.fixture(autouse=True)
def name_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters carry the machine's name, which would be asked of the network."""
    monkeypatch.setattr(DNS_NAME, "_fqdn", "localhost", raising=False)


@pytest.fixture
def reader(chromium: Browser, live_server: Any, tmp_path: Path) -> Iterator[Callable[..., Reader]]:
    """Opens browsers on the site; what a browser complains about fails the test."""
    opened: list[Reader] = []

    def open_browser(*, script: bool = True) -> Reader:
        context = chromium.new_context(viewport=WIDE, java_script_enabled=script, base_url=live_server.url)
        opened.append(Reader(context.new_page(), tmp_path, script))
        return opened[-1]

    cache.clear()
    yield open_browser
    complaints = [words for each in opened for words in each.complaints]
    for each in opened:
        each.page.context.close()
    assert complaints == []


class Reader:
    """A person before a browser."""

    def __init__(self, page: Page, folder: Path, script: bool) -> None:
        self.page, self.folder, self.script = page, folder, script
        self.complaints: list[str] = []
        self.seen = 0
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, kind: str, words: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {words}")

    def sign_in(self, email: str) -> None:
        """By the code that comes by e-mail."""
        self.page.goto("/accounts/login/")
        self.page.get_by_role("link", name="Send me a code").click()
        self.page.get_by_label("Email").fill(email)
        self.page.locator("main form button").first.click()
        letter = mail.outbox[-1]
        assert letter.to == [email]
        code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", str(letter.body), re.MULTILINE)
        assert code, letter.body
        self.page.get_by_label("Code").fill(code[1])
        self.page.locator("main form button").first.click()

    def fill(self, **fields: str) -> None:
        """Fill in fields of the page by their names."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name={name}]:not([type=hidden])").first
            if field.evaluate("each => each.tagName") == "SELECT" if self.script else self._is_choice(name):
                field.select_option(value)
            else:
                field.fill(value)

    def _is_choice(self, name: str) -> bool:
        return self.page.locator(f"main select[name={name}]").count() > 0

    def press(self, name: str) -> None:
        """Press the button with these words on it."""
        self.page.locator("main").get_by_role("button", name=name).first.click()

    def look(self, name: str) -> None:
        """Look at the page wide and narrow: nothing sticks out, nothing is out of reach; keep a picture."""
        for width, viewport in (("wide", WIDE), ("narrow", NARROW)):
            self.page.set_viewport_size(viewport)  # type: ignore[arg-type]
            self.page.screenshot(path=self.folder / f"{self.seen:02} {name} {width}.png", full_page=True)
            if self.script:
                wide = self.page.evaluate("document.documentElement.scrollWidth")
                assert wide <= viewport["width"], f"{name} is {wide} pixels wide where {width}"
                found = Axe().run(self.page).response["violations"]
                assert found == [], f"{name}, {width}: {[each['id'] for each in found]}"
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        self.seen += 1

    def read(self, words: str) -> None:
        """Make sure that the page says this."""
        said = " ".join(self.page.locator("body").inner_text().split())
        assert words in said, f"{self.page.url} says: {said}"


def test_from_an_empty_site_to_the_opinion_page(reader: Callable[..., Reader]) -> None:
    Person.objects.create_user("chair@example.org", name="Chair", is_operator=True)
    chair = reader()
    chair.sign_in("chair@example.org")
    chair.page.goto("/")
    chair.look("no consultation yet")

    # A consultation is opened.
    chair.page.goto("/new/")
    chair.fill(
        slug="wells",
        title="Wells and work",
        summary="What villages along the river ask for.",
        facilitator="chair@example.org",
    )
    chair.look("a new consultation")
    chair.press("Open")
    chair.read("Wells and work")
    chair.look("the overview of an empty consultation")

    # Parties are added, and people act for them.
    for code, name in (("MRD", "Maranda"), ("TLV", "Tolvane")):
        chair.page.goto("/c/wells/add-party/")
        chair.fill(code=code, name=name, kind="member_state", region="africa")
        chair.press("Add")
    chair.page.goto("/c/wells/parties/")
    chair.read("Maranda")
    chair.read("Tolvane")
    chair.look("the parties")
    chair.page.goto("/c/wells/parties/MRD/people/")
    chair.page.get_by_text("Without an invitation").click()
    form = chair.page.locator("form[action$='/accredit/']")
    form.locator("[name$=email]").fill("deputy@example.org")
    form.locator("[name$=capacity]").select_option("deputy")
    form.locator("button").click()
    chair.read("deputy@example.org")
    chair.look("who acts for Maranda")

    # Listening opens, and something that was said comes in.
    chair.page.goto("/c/wells/stages/")
    chair.press("Open “listen”")
    chair.look("the stages")
    chair.page.goto("/c/wells/submissions/new/")
    chair.page.locator("main input[name=channel][value=meeting]").check()
    chair.fill(body=SAID, occasion="a meeting by the river")
    chair.look("a new submission")
    chair.press("Send it in")
    chair.look("a submission")

    # Two demands are drawn, and a third that asks the same as the first.
    for quote, wording in (
        ("Dig one deep well in every village before the next dry season.", "A deep well in every village."),
        ("pay local apprentices from the first month", "Pay local apprentices from the first month."),
        ("A deep well belongs in each village.", "Each village must have a deep well."),
    ):
        chair.page.goto("/c/wells/submissions/1/")
        chair.fill(quote=quote, wording=wording)
        chair.press("Draw this demand")
    assert Demand.objects.count() == 3
    chair.page.goto("/c/wells/submissions/1/")
    chair.look("a submission and its demands")

    # One is merged with another.
    chair.page.goto("/c/wells/demands/3/merge/")
    chair.fill(into="1", reason="Both ask for a deep well in every village.")
    chair.look("merging")
    chair.press("Merge")
    assert Demand.objects.get(number=3).state == "merged"
    chair.page.goto("/c/wells/demands/1/")
    chair.read("Each village must have a deep well.")
    chair.look("a demand and what it came out of")

    # Voting opens; a delegate votes with script off.
    chair.page.goto("/c/wells/stages/")
    chair.press("Open “converge”")
    delegate = reader(script=False)
    delegate.sign_in("deputy@example.org")
    delegate.page.goto("/c/wells/")
    delegate.read("Maranda")
    delegate.look("the overview for a delegate")
    delegate.page.goto("/c/wells/vote/")
    delegate.read("You vote for Maranda")
    delegate.look("the vote")
    for _ in range(2):
        delegate.page.locator("main").get_by_role("button", name="Agree", exact=True).first.click()
    assert Vote.objects.filter(party__code="MRD", value=1).count() == 2
    delegate.page.goto("/c/wells/votes/")
    delegate.read("A deep well in every village.")
    delegate.look("the delegate's own votes")
    delegate.page.goto("/c/wells/opinion/")
    delegate.look("opinion before five have voted")

    # The map is drawn in the background; the team reads all of it.
    assert Keeper().look()
    chair.page.goto("/c/wells/opinion/")
    chair.read("2 votes")
    chair.look("opinion")
    assert verify().breaks == ()
