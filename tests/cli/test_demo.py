"""``mufakat demo``: written to a folder, and served to this machine alone."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from mufakat.cli.demo import default_folder, demo


def test_the_demo_writes_its_report_and_says_that_all_is_invented(tmp_path: Path) -> None:
    result = CliRunner().invoke(demo, ["--no-serve", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "Everything in this consultation is invented" in result.stdout
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "A Southern compact for peace and development" in page
    assert "invented" in page


def test_calling_the_demo_twice_gives_the_same_report(tmp_path: Path) -> None:
    pages = []
    for _ in range(2):
        CliRunner().invoke(demo, ["--no-serve", "--out", str(tmp_path)])
        pages.append((tmp_path / "report.html").read_bytes())
    assert pages[0] == pages[1]


def test_the_demo_is_served_on_a_free_port_until_stopped(tmp_path: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "mufakat", "demo", "--out", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = next(
            found[0] for line in server.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/", line))
        )
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.status == 200
            assert "A Southern compact" in answer.read().decode("utf-8")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address}..%2f..%2fetc%2fpasswd", timeout=10)
    finally:
        server.send_signal(signal.SIGINT)
        output, _ = server.communicate(timeout=20)
    assert "Stopped." in output
    assert server.returncode == 0


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(demo, ["--out", str(tmp_path), "--port", port])
    assert result.exit_code != 0
    assert f"cannot serve on port {port}" in result.stderr


def test_the_demo_writes_to_the_users_own_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "mufakat" / "demo"


@pytest.mark.browser
def test_the_report_of_the_demo_passes_axe_in_a_real_browser(tmp_path: Path, browser_page: object) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Page

    assert isinstance(browser_page, Page)
    CliRunner().invoke(demo, ["--no-serve", "--out", str(tmp_path)])
    for width in (1280, 320):
        browser_page.set_viewport_size({"width": width, "height": 900})
        browser_page.goto((tmp_path / "report.html").as_uri())
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
        assert Axe().run(browser_page).response["violations"] == []
