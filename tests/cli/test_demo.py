"""``mufakat demo``: a site of its own, apart from everything else on the machine."""

from __future__ import annotations

import os
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner

from mufakat.cli.demo import choose_folder, demo, forget
from tests.cli.serving import Browser, Running, running


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An environment without any setting but the user's folder; put back afterwards, whatever is changed."""
    before = dict(os.environ)
    for name in before:
        if name.startswith("MUFAKAT_"):
            del os.environ[name]
    os.environ["XDG_DATA_HOME"] = str(tmp_path)
    yield tmp_path
    os.environ.clear()
    os.environ.update(before)


def test_it_has_a_folder_of_its_own_in_the_data_folder(environment: Path) -> None:
    assert choose_folder(None) == environment / "mufakat" / "demo"
    assert os.environ["MUFAKAT_DATA"] == str(environment / "mufakat" / "demo")


def test_it_forgets_every_setting_of_the_real_site(environment: Path) -> None:
    os.environ |= {
        "MUFAKAT_DATA": str(environment / "real"),
        "MUFAKAT_DATABASE_URL": "postgres://real/site",
        "MUFAKAT_EMAIL_URL": "smtp://real.example",
        "MUFAKAT_HTTPS": "1",
    }
    assert choose_folder(None) == environment / "real" / "demo"
    assert {name for name in os.environ if name.startswith("MUFAKAT_")} == {"MUFAKAT_DATA"}


def test_a_folder_can_be_chosen(environment: Path) -> None:
    assert choose_folder(environment / "here") == environment / "here"


def test_a_reset_removes_what_a_demo_keeps_and_nothing_else(tmp_path: Path) -> None:
    for name in ("mufakat.sqlite3", "mufakat.sqlite3-wal", "demo-logins.json", "secret-key", "my-notes.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "static").mkdir()
    forget(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["my-notes.txt"]


def test_a_reset_of_what_is_not_there_does_nothing(tmp_path: Path) -> None:
    forget(tmp_path / "nowhere")
    forget(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["mufakat.sqlite3", "letters.txt"])
def test_a_reset_touches_no_folder_that_is_none_of_a_demo(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("precious")
    with pytest.raises(ClickException, match="nothing was removed"):
        forget(tmp_path)
    assert (tmp_path / name).read_text() == "precious"


def test_a_running_demo_is_not_reset(tmp_path: Path) -> None:
    for name in ("mufakat.sqlite3", "demo-logins.json", "worker-alive"):
        (tmp_path / name).write_text("x")
    with pytest.raises(ClickException, match="is running; stop it first"):
        forget(tmp_path)
    long_ago = time.time() - 3600
    os.utime(tmp_path / "worker-alive", (long_ago, long_ago))
    forget(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_report_says_that_all_is_invented_and_is_the_same_again(tmp_path: Path) -> None:
    pages = []
    for _ in range(2):
        result = CliRunner().invoke(demo, ["--report", str(tmp_path)])
        assert result.exit_code == 0, result.output
        assert "Everything in this consultation is invented" in result.stdout
        pages.append((tmp_path / "report.html").read_bytes())
    assert pages[0] == pages[1]
    assert b"A Southern compact for peace and development" in pages[0]
    assert b"invented" in pages[0]


@pytest.mark.slow
@pytest.mark.component
def test_the_demo_is_loaded_served_and_stopped(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with running("demo", "--data", str(folder)) as first:
        said = first.read_until("think tank")
        page = Browser(first.address(said)).get("/")
        assert page.status == 200
        assert "A Southern compact for peace and development" in page.text
        assert "invented" in page.text
        _sign_in(first.address(said), said)
        _nothing_is_left_of(first)
    with running("demo", "--data", str(folder)) as second:
        began = time.monotonic()
        again = second.read_until("think tank")
        assert "bringing the database" not in again
        assert time.monotonic() - began < 30
        assert _passwords(again) == _passwords(said)


def _passwords(said: str) -> dict[str, str]:
    rows = [line.split() for line in said.splitlines() if "@" in line]
    return {row[-2]: row[-1] for row in rows}


def _sign_in(address: str, said: str) -> None:
    """Every login that was printed opens the account it names."""
    logins = _passwords(said)
    assert len(logins) == 3
    for email, password in logins.items():
        browser = Browser(address)
        browser.get("/accounts/login/")
        answer = browser.post("/accounts/login/", {"login": email, "password": password})
        assert answer.status == 200
        assert not answer.address.endswith("/accounts/login/"), email
        assert urllib.parse.urlsplit(answer.address).path != "/accounts/login/"


def _nothing_is_left_of(server: Running) -> None:
    """Every process that it started is gone once it is told to stop, and it says so."""
    family = server.family()
    assert len(family) >= 3, "a parent, a web server's worker and a background worker"
    assert server.stop() == 0
    assert not [process for process in family if Path(f"/proc/{process}").exists()]
