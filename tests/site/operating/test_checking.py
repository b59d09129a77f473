"""Looking an installation over: what is wrong is said in one line, with what to do."""

from __future__ import annotations

import os
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import OperationalError, connection
from django.test import override_settings

from mufakat.site.config import Config, email
from mufakat.site.operating import heartbeat
from mufakat.site.operating.checking import Finding, addresses, database, folder, look, mail, packages, worker
from mufakat.site.operating.operators import make_operator
from tests.site.factories import world

pytestmark = pytest.mark.django_db

Configure = Callable[..., None]


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Configure:
    """Look at an installation with these settings, in a folder of its own."""

    def set_(**values: Any) -> None:
        config = replace(Config(data=tmp_path), **values)
        monkeypatch.setattr(settings, "CONFIG", config)
        for name, value in email(config).items():
            monkeypatch.setattr(settings, name, value, raising=False)

    set_()
    # The tests' own settings allow it; an installation does not.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    return set_


def named(found: Iterator[Finding], what: str) -> Finding:
    return next(finding for finding in found if finding.what == what)


def test_every_look_says_what_it_saw_and_what_is_wrong_says_how_to_mend_it(configure: Configure) -> None:
    for finding in look():
        assert finding.state in ("good", "note", "wrong")
        assert finding.seen
        assert "\n" not in finding.seen + finding.mend
        assert finding.state != "wrong" or finding.mend, finding


class TestPackages:
    def test_a_package_of_another_version_is_named(self, tmp_path: Path) -> None:
        listed = tmp_path / "base.txt"
        listed.write_text(
            "click==0.0.1 \\\n    --hash=sha256:00\nnot-a-package==1.0 \\\n    --hash=sha256:00\n"
        )
        found = named(packages.findings(listed), "packages")
        assert found.state == "wrong"
        assert "and not 0.0.1" in found.seen
        assert "not-a-package is missing" in found.seen

    def test_one_version_of_several_and_one_for_another_system_are_enough(self, tmp_path: Path) -> None:
        from importlib.metadata import version

        listed = tmp_path / "base.txt"
        listed.write_text(
            f"click=={version('click')} ; python_version < '4'\nclick==99 ; python_version >= '4'\n"
            "only-elsewhere==1.0 ; sys_platform == 'other'\n"
        )
        assert named(packages.findings(listed), "packages").state == "good"

    def test_without_a_checkout_there_is_nothing_to_hold_them_against(self, tmp_path: Path) -> None:
        assert named(packages.findings(tmp_path / "none.txt"), "packages").state == "note"


class TestFolder:
    def test_a_secret_key_that_is_gone_is_wrong_and_one_that_is_kept_is_good(
        self, configure: Configure, tmp_path: Path
    ) -> None:
        assert named(folder.findings(), "secret key").state == "wrong"
        (tmp_path / "secret-key").write_text("x" * 60)
        assert named(folder.findings(), "secret key").state == "good"

    def test_a_short_secret_key_is_wrong_and_not_shown(self, configure: Configure) -> None:
        configure(secret_key="guess-me")
        found = named(folder.findings(), "secret key")
        assert found.state == "wrong"
        assert "guess-me" not in str(found)

    @pytest.mark.skipif(os.name != "posix", reason="this system has no permissions")
    def test_what_others_can_read_is_named_unless_the_folder_is_closed(
        self, configure: Configure, tmp_path: Path
    ) -> None:
        tmp_path.chmod(0o755)
        (tmp_path / "secret-key").write_text("x" * 60)
        (tmp_path / "secret-key").chmod(0o644)
        found = named(folder.findings(), "permissions")
        assert (found.state, found.mend) == ("wrong", f"chmod o= {tmp_path / 'secret-key'}")
        tmp_path.chmod(stat.S_IRWXU)
        assert named(folder.findings(), "permissions").state == "good"

    def test_a_folder_that_cannot_be_written_is_all_that_is_said(
        self, configure: Configure, tmp_path: Path
    ) -> None:
        configure(data=tmp_path / "none")
        (found,) = folder.findings()
        assert (found.what, found.state) == ("data folder", "wrong")

    @pytest.mark.parametrize(
        ("free", "state"), [(50 * 1024**2, "wrong"), (500 * 1024**2, "note"), (9 * 1024**3, "good")]
    )
    def test_little_room_is_told(
        self, configure: Configure, monkeypatch: pytest.MonkeyPatch, free: int, state: str
    ) -> None:
        import shutil

        total, used, _free = shutil.disk_usage("/")
        monkeypatch.setattr(shutil, "disk_usage", lambda path: type("Usage", (), {"free": free})())
        assert named(folder.findings(), "disk").state == state
        assert total >= used


class TestDatabase:
    def test_a_database_that_is_well_has_nothing_wrong_but_that_nobody_runs_it(
        self, configure: Configure
    ) -> None:
        found = {finding.what: finding for finding in database.findings()}
        assert {what for what, finding in found.items() if finding.state == "wrong"} == {"operator"}
        assert found["operator"].mend == "./mufakat operator EMAIL"
        make_operator("someone@example.org")
        assert named(database.findings(), "operator").state == "good"

    def test_missing_migrations_are_told(self, configure: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(database, "missing_migrations", lambda: ["voices.0009_more"])
        found = named(database.findings(), "tables")
        assert (found.state, found.mend) == ("wrong", "./mufakat prepare")
        assert "voices.0009_more" in found.seen

    def test_a_changed_end_of_the_ledger_is_told(self, configure: Configure) -> None:
        here = world()
        assert named(database.findings(), "ledger").state == "good"
        with connection.cursor() as cursor:
            cursor.execute("UPDATE ledger_event SET detail = '{}' WHERE number = 1")
        found = named(database.findings(), "ledger")
        assert found.state == "wrong"
        assert f"consultation:{here.consultation.pk}" in found.seen

    def test_a_clock_that_went_back_is_told(
        self, configure: Configure, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world()
        now = time.time()
        monkeypatch.setattr(database.time, "time", lambda: now - 3600)
        found = named(database.findings(), "clock")
        assert found.state == "wrong"
        assert "in the future" in found.seen

    def test_a_database_that_does_not_answer_is_one_finding_without_its_password(
        self, configure: Configure, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*arguments: object) -> None:
            raise OperationalError("connection of hush-hush refused\nmore")

        monkeypatch.setitem(connection.settings_dict, "PASSWORD", "hush-hush")
        monkeypatch.setattr(database, "_asked", refuse)
        (found,) = database.findings()
        assert found.state == "wrong"
        assert "connection of … refused" in found.seen
        assert "hush-hush" not in str(found)

    def test_a_database_that_was_not_made_yet_is_not_made_by_looking(
        self, configure: Configure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("a PostgreSQL database is made by whoever runs it")
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "none.sqlite3"))
        (found,) = database.findings()
        assert (found.state, found.mend) == ("wrong", "./mufakat prepare")
        assert not (tmp_path / "none.sqlite3").exists()


class TestAddresses:
    def wrong(self) -> dict[str, str]:
        return {found.what: found.mend for found in addresses.findings() if found.state == "wrong"}

    def test_a_site_on_this_machine_alone_needs_nothing(self, configure: Configure) -> None:
        assert self.wrong().keys() <= {"static files"}
        assert named(addresses.findings(), "https").state == "note"

    def test_a_site_for_others_with_https_is_good(self, configure: Configure) -> None:
        configure(base_url="https://mufakat.example", hosts=("mufakat.example",), https=True)
        assert self.wrong().keys() <= {"static files"}

    def test_a_site_for_others_without_https_is_wrong(self, configure: Configure) -> None:
        configure(base_url="http://mufakat.example", hosts=("mufakat.example",))
        assert "MUFAKAT_HTTPS=1" in self.wrong()["https"]

    def test_an_address_that_says_https_and_a_setting_that_says_no_are_told(
        self, configure: Configure
    ) -> None:
        configure(base_url="https://mufakat.example", hosts=("mufakat.example",))
        assert "MUFAKAT_HTTPS=1" in self.wrong()["https"]

    def test_an_address_that_the_site_does_not_answer_to_is_told(self, configure: Configure) -> None:
        configure(base_url="https://mufakat.example", https=True)
        assert self.wrong()["hosts"].endswith(",mufakat.example")
        configure(base_url="https://a.mufakat.example", hosts=(".mufakat.example",), https=True)
        assert "hosts" not in self.wrong()

    def test_any_name_is_too_many(self, configure: Configure) -> None:
        configure(hosts=("*",))
        assert "hosts" in self.wrong()

    def test_details_of_errors_are_not_for_others(self, configure: Configure) -> None:
        configure(debug=True)
        assert named(addresses.findings(), "debug").state == "note"
        configure(base_url="https://mufakat.example", hosts=("mufakat.example",), https=True, debug=True)
        assert self.wrong()["debug"] == "leave MUFAKAT_DEBUG out"

    def test_what_django_finds_beside_is_told(
        self, configure: Configure, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from django.core import checks

        remarks = [
            checks.Warning("Too old.", hint="Renew it.", id="x.W1"),
            checks.Error("Broken.", id="x.E1"),
        ]
        remarks.append(checks.Warning("No HSTS.", id="security.W004"))
        monkeypatch.setattr(addresses.checks, "run_checks", lambda **named: remarks)
        found = [finding for finding in addresses.findings() if finding.what == "django"]
        assert [(one.state, one.seen, one.mend) for one in found] == [
            ("note", "Too old (x.W1)", "Renew it"),
            ("wrong", "Broken (x.E1)", "Django's documentation tells about x.E1"),
        ]

    @pytest.mark.parametrize(
        ("host", "here"),
        [("127.0.0.1", True), ("::1", True), ("localhost", True), ("a.localhost", True), ("10.0.0.1", False)],
    )
    def test_which_hosts_are_this_machine(self, host: str, here: bool) -> None:
        assert addresses.is_here(host) is here


class TestMail:
    def test_without_a_server_it_is_told_that_nothing_is_sent(self, configure: Configure) -> None:
        (found,) = mail.findings()
        assert (found.state, found.mend) == ("note", "set MUFAKAT_EMAIL_URL")

    def test_a_server_that_is_not_there_is_wrong(self, configure: Configure) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        configure(email_url=f"smtp://127.0.0.1:{port}")
        (found,) = mail.findings()
        assert found.state == "wrong"
        assert f"127.0.0.1 port {port} does not answer" in found.seen

    def test_a_server_that_answers_is_good_and_is_sent_nothing(self, configure: Configure) -> None:
        class Nothing:
            async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
                raise AssertionError("looking must send nothing")

        controller = Controller(Nothing(), hostname="127.0.0.1", port=0, server_hostname="localhost")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            controller.port = probe.getsockname()[1]
        controller.start()
        try:
            configure(email_url=f"smtp://127.0.0.1:{controller.port}")
            (found,) = mail.findings()
            assert found.state == "good"
        finally:
            controller.stop()

    def test_a_server_that_says_nothing_is_not_waited_for_long(
        self, configure: Configure, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(mail, "PATIENCE", 0.3)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            held: list[socket.socket] = []
            thread = threading.Thread(target=lambda: held.append(silent.accept()[0]), daemon=True)
            thread.start()
            configure(email_url=f"smtp://127.0.0.1:{silent.getsockname()[1]}")
            began = time.monotonic()
            (found,) = mail.findings()
            assert found.state == "wrong"
            assert time.monotonic() - began < 5
            thread.join(5)
            for each in held:
                each.close()

    def test_mail_kept_in_a_folder_is_told(self, configure: Configure, tmp_path: Path) -> None:
        configure(email_url=f"file://{tmp_path}")
        assert next(iter(mail.findings())).state == "note"


class TestWorker:
    def test_a_worker_that_never_ran_that_is_alive_and_that_is_silent(self, configure: Configure) -> None:
        assert named(worker.findings(), "worker").state == "note"
        heartbeat.beat()
        assert named(worker.findings(), "worker").state == "good"
        long_ago = time.time() - 600
        os.utime(heartbeat.path(), (long_ago, long_ago))
        found = named(worker.findings(), "worker")
        assert found.state == "wrong"
        assert "silent for 600 seconds" in found.seen


@override_settings(STATIC_ROOT=Path("/nowhere"))
def test_static_files_that_were_not_collected_are_told(configure: Configure) -> None:
    found = named(addresses.findings(), "static files")
    assert (found.state, found.mend) == ("wrong", "./mufakat prepare")
