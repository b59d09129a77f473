"""What every test shares: the network guard, the real data, a real browser, and the settings of hypothesis.

Three rules are held here, so that no single test has to remember them:

* a test that reaches beyond this machine fails (the guard is on before the first test module is imported);
* a ``real_data`` test may be skipped where the data is absent, never under ``MUFAKAT_REQUIRE_REAL_DATA=1``;
* a ``browser`` test may be skipped where there is no chromium, never under ``MUFAKAT_REQUIRE_BROWSER=1``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.network_guard import NetworkGuard

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROJECT_ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = PROJECT_ROOT.parent / "shared" / "data"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

hypothesis.settings.register_profile("here", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


GUARD = NetworkGuard()
GUARD_PATCH = pytest.MonkeyPatch()


def pytest_configure(config: pytest.Config) -> None:
    """Close the doors before any test module is imported."""
    GUARD.install(GUARD_PATCH)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Open the doors again for whatever runs after pytest in this process."""
    GUARD_PATCH.undo()


@pytest.fixture(autouse=True)
def network_guard() -> Iterator[NetworkGuard]:
    """Fail the test at its end if it was refused the network, even if the error was swallowed."""
    GUARD.refused.clear()
    yield GUARD
    refused, GUARD.refused = GUARD.refused, []
    if refused:
        pytest.fail("; ".join(refused), pytrace=False)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project, ``../shared/data``; skips the test where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs the real data at ../shared/data, beside the project folder, which is absent here")
    return SHARED_DATA


def required_marker(item: pytest.Item) -> str | None:
    """The marker of *item* whose tests may not be skipped in this run, with the setting that says so."""
    for marker, setting in (
        ("real_data", "MUFAKAT_REQUIRE_REAL_DATA"),
        ("browser", "MUFAKAT_REQUIRE_BROWSER"),
    ):
        if os.environ.get(setting) == "1" and item.get_closest_marker(marker) is not None:
            return f"{marker} test, and {setting}=1"
    return None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """Turn the skip of a test that this run requires into a failure."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()
    requirement = required_marker(item) if report.skipped and not hasattr(report, "wasxfail") else None
    if requirement is not None:
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but it is a {requirement}: {reason}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL, for tests that need one whatever the others store in."""
    from mufakat.cli.postgres import temporary_postgres

    with temporary_postgres() as address:
        yield address


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The chromium of this machine; skips the test where there is none."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    pytest.skip(f"needs a browser, and none of {', '.join(CHROMIUM_NAMES)} is on the path")


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """A running headless chromium, shared by the session."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """A fresh page in a context of its own; set its size with ``browser_page.set_viewport_size``."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()
