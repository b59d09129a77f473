"""A skip of a real-data or browser test is a failure where the run requires such tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest_plugins = ["pytester"]

PROJECT_ROOT = Path(__file__).resolve().parents[1]
FOUR_SKIPS = """
import pytest

@pytest.mark.real_data
def test_in_a_fixture(shared_data):
    pass

@pytest.mark.real_data
@pytest.mark.skipif(True, reason="no peer installed")
def test_by_a_marker():
    pass

@pytest.mark.browser
def test_in_its_body():
    pytest.skip("no browser")

def test_of_something_else():
    pytest.skip("not on this system")
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite of skipped tests that stands under this project's conftest, with no real data beside it."""
    pytester.makeini(f"[pytest]\npythonpath = {PROJECT_ROOT}\nmarkers =\n  real_data\n  browser\n")
    pytester.makeconftest(
        """
        from pathlib import Path
        import tests.conftest
        from tests.conftest import pytest_configure, pytest_runtest_makereport, shared_data

        tests.conftest.SHARED_DATA = Path("/nowhere/shared/data")
        """
    )
    pytester.makepyfile(FOUR_SKIPS)
    return pytester


def test_skips_are_allowed_where_nothing_is_required(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MUFAKAT_REQUIRE_REAL_DATA", raising=False)
    monkeypatch.delenv("MUFAKAT_REQUIRE_BROWSER", raising=False)
    result = suite.runpytest_subprocess("-rs", "-p", "no:cacheprovider")
    result.assert_outcomes(skipped=4)
    result.stdout.fnmatch_lines(["*needs the real data at ../shared/data, beside the project folder*"])


def test_a_skipped_real_data_test_fails_where_real_data_is_required(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUFAKAT_REQUIRE_REAL_DATA", "1")
    monkeypatch.delenv("MUFAKAT_REQUIRE_BROWSER", raising=False)
    result = suite.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(errors=2, skipped=2)
    result.stdout.fnmatch_lines(
        ["*test_by_a_marker was skipped, but it is a real_data test*no peer installed*"]
    )


def test_a_skipped_browser_test_fails_where_a_browser_is_required(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MUFAKAT_REQUIRE_REAL_DATA", raising=False)
    monkeypatch.setenv("MUFAKAT_REQUIRE_BROWSER", "1")
    result = suite.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(failed=1, skipped=3)


@pytest.mark.browser
def test_the_browser_page_opens_and_measures(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 640})
    browser_page.set_content(
        "<html dir='rtl'><title>\u0645</title><p>\u0645\u0631\u062d\u0628\u0627</p></html>"
    )
    assert browser_page.evaluate("[window.innerWidth, document.dir, document.title]") == [
        320,
        "rtl",
        "\u0645",
    ]
