"""``mufakat serve``, ``worker`` and ``prepare``: real processes, started and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mufakat.site.operating.serving import free_port
from tests.cli.serving import Browser, running

pytestmark = [pytest.mark.slow, pytest.mark.component]


@pytest.fixture
def fresh(tmp_path: Path) -> dict[str, str]:
    """The settings of an installation that is not made yet."""
    return {"MUFAKAT_DATA": str(tmp_path / "data"), "MUFAKAT_STUDY_SECONDS": "0.2"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation that was made ready, to be copied."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    with running("prepare", settings={"MUFAKAT_DATA": str(folder)}) as command:
        assert "collecting style sheets and scripts" in command.read_all()
    return folder


@pytest.fixture
def settings(prepared: Path, fresh: dict[str, str]) -> dict[str, str]:
    """The settings of an installation of its own that is ready."""
    shutil.copytree(prepared, fresh["MUFAKAT_DATA"])
    return fresh


def until(holds: Callable[[], bool], *, seconds: float = 30.0) -> bool:
    """Whether something comes to hold in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_new_installation_is_made_ready_served_and_stopped(fresh: dict[str, str], number: int) -> None:
    settings = fresh
    port = free_port()
    with running("serve", "--port", str(port), settings=settings) as server:
        said = server.read_until("Serving")
        assert f"Serving http://127.0.0.1:{port}/" in said
        assert settings["MUFAKAT_DATA"] in said
        assert Browser(f"http://127.0.0.1:{port}").get("/accounts/login/").status == 200
        alive = Path(settings["MUFAKAT_DATA"], "worker-alive")
        assert until(alive.exists)
        family = server.family()
        assert server.stop(number) == 0
        assert until(lambda: not [each for each in family if Path(f"/proc/{each}").exists()])
        assert server.said.endswith("Stopped.\n")
        assert not alive.exists()


def test_static_files_come_with_a_name_that_tells_their_content(settings: dict[str, str]) -> None:
    with running("serve", "--port", str(free_port()), "--no-worker", settings=settings) as server:
        browser = Browser(server.address(server.read_until("Serving")))
        page = browser.get("/accounts/login/").text
        sheet = page.partition("/static/web/style")[2].partition('"')[0]
        assert sheet.startswith(".")
        assert len(sheet) == len(".0123456789ab.css")
        assert browser.get(f"/static/web/style{sheet}").status == 200


def test_without_a_worker_there_is_one_process_less(settings: dict[str, str]) -> None:
    with running("serve", "--port", str(free_port()), "--no-worker", settings=settings) as server:
        server.read_until("Serving")
        assert len(server.family()) == 2
        assert not Path(settings["MUFAKAT_DATA"], "worker-alive").exists()


def test_a_worker_that_ends_is_started_again(settings: dict[str, str]) -> None:
    with running("serve", "--port", str(free_port()), settings=settings) as server:
        server.read_until("Serving")
        alive = Path(settings["MUFAKAT_DATA"], "worker-alive")
        assert until(alive.exists)
        worker = next(each for each in server.family()[1:] if _threads(each) == 1)
        alive.unlink()
        os.kill(worker, signal.SIGKILL)
        assert until(alive.exists, seconds=60)
        assert "the background worker ended" in server.said


def _threads(process: int) -> int:
    return len(list(Path(f"/proc/{process}/task").iterdir()))


def test_a_port_that_is_taken_is_one_line(settings: dict[str, str]) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with running("serve", "--port", str(port), settings=settings) as server:
            assert server.read_all().startswith(f"Error: cannot serve on 127.0.0.1 port {port}: ")
            assert server.process.returncode == 1
            assert server.said.count("\n") == 1


def test_a_setting_that_cannot_be_used_is_one_line(settings: dict[str, str]) -> None:
    wrong = settings | {"MUFAKAT_UPLOAD_MEGABYTES": "many"}
    with running("serve", settings=wrong) as server:
        said = server.read_all()
        assert server.process.returncode == 1
    assert said == (
        "Error: MUFAKAT_UPLOAD_MEGABYTES='many' cannot be used: a whole number, 1 or more is needed\n"
    )


def test_a_database_that_does_not_answer_is_one_line_without_its_password(settings: dict[str, str]) -> None:
    wrong = settings | {"MUFAKAT_DATABASE_URL": "postgres://me:hush-hush@127.0.0.1:1/votes"}
    with running("prepare", settings=wrong) as command:
        said = command.read_all()
        assert command.process.returncode == 1
    assert said.startswith("Error: the database does not answer as it should")
    assert "hush-hush" not in said
    assert said.count("\n") == 1


def test_a_worker_alone_works_until_it_is_stopped(settings: dict[str, str]) -> None:
    with running("worker", settings=settings) as worker:
        assert until(Path(settings["MUFAKAT_DATA"], "worker-alive").exists)
        assert worker.stop() == 0
        assert worker.said == ""


def test_preparing_twice_does_nothing_the_second_time(settings: dict[str, str]) -> None:
    with running("prepare", settings=settings) as command:
        assert command.read_all() == "0 migrations were applied; static files were up to date\n"


def test_a_site_on_postgresql_is_made_ready_served_checked_and_verified(
    fresh: dict[str, str], postgres: str
) -> None:
    settings = fresh | {"MUFAKAT_DATABASE_URL": postgres}
    with running("serve", "--port", str(free_port()), settings=settings) as server:
        address = server.address(server.read_until("Serving"))
        assert Browser(address).get("/accounts/login/").status == 200
        assert until(Path(settings["MUFAKAT_DATA"], "worker-alive").exists)
        with running("check", settings=settings) as check:
            said = check.read_all()
        assert "good   database: PostgreSQL, " in said
        assert "good   worker: alive." in said
        assert [line for line in said.splitlines() if line.startswith("wrong")] == [
            "wrong  operator: nobody runs this site, so nobody can open a consultation."
            " Mend: ./mufakat operator EMAIL."
        ]
        with running("verify", settings=settings) as verify:
            assert verify.read_all().startswith("0 events in 0 chains: all unbroken")
        assert server.stop() == 0
    assert not Path(settings["MUFAKAT_DATA"], "mufakat.sqlite3").exists()
