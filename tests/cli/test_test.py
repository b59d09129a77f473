"""``mufakat test`` runs every check, whatever the first ones say, and fails if any of them does."""

from __future__ import annotations

import sys

import psycopg
import pytest
from click.testing import CliRunner

from mufakat.cli import test as test_command

PASSES = (sys.executable, "-c", "pass")
FAILS = (sys.executable, "-c", "raise SystemExit(3)")
NEEDS_A_WORD = (sys.executable, "-c", "import sys; sys.exit(sys.argv[1:] != ['-k', 'word', '--verbose'])")


def test_all_checks_run_even_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_command, "CHECKS", (("lint", FAILS), ("types", PASSES)))
    monkeypatch.setattr(test_command, "PYTEST", PASSES)
    result = CliRunner().invoke(test_command.test)
    assert result.exit_code == 1
    verdicts = [line.rpartition(" in ")[0] for line in result.stdout.splitlines()]
    assert verdicts == ["lint: FAILED", "types: passed", "tests: passed"]
    assert result.stderr == "Error: failed: lint\n"


def test_what_follows_two_dashes_goes_on_to_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_command, "CHECKS", (("lint", PASSES),))
    monkeypatch.setattr(test_command, "PYTEST", NEEDS_A_WORD)
    result = CliRunner().invoke(test_command.test, ["--", "-k", "word", "--verbose"])
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("passed: lint, tests\n")


def test_failing_tests_fail_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_command, "CHECKS", (("lint", PASSES),))
    monkeypatch.setattr(test_command, "PYTEST", FAILS)
    result = CliRunner().invoke(test_command.test)
    assert result.exit_code == 1
    assert result.stderr == "Error: failed: tests\n"


def test_one_check_can_be_run_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_command, "CHECKS", (("lint", FAILS),))
    monkeypatch.setattr(test_command, "PYTEST", NEEDS_A_WORD)
    result = CliRunner().invoke(test_command.test, ["--only", "tests", "--", "-k", "word", "--verbose"])
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("passed: tests\n")


SAYS_ITS_DATABASE = (
    sys.executable,
    "-c",
    "import os, sys; sys.exit(os.environ.get('MUFAKAT_DATABASE_URL', 'none') != sys.argv[1])",
)


def test_by_default_tests_store_in_what_the_setting_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_command, "PYTEST", SAYS_ITS_DATABASE)
    monkeypatch.setenv("MUFAKAT_DATABASE_URL", "postgres://here/votes")
    for arguments, address in ([], "postgres://here/votes"), (["--database", "sqlite"], "none"):
        result = CliRunner().invoke(test_command.test, ["--only", "tests", *arguments, "--", address])
        assert result.exit_code == 0, result.output


def test_a_postgresql_is_started_for_the_tests_and_is_gone_afterwards(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    asks = (
        "import os, psycopg; print(psycopg.connect(os.environ['MUFAKAT_DATABASE_URL']).info.server_version)"
    )
    shows = "import os; print(os.environ['MUFAKAT_DATABASE_URL'])"
    monkeypatch.setattr(test_command, "PYTEST", (sys.executable, "-c", f"{asks}\n{shows}"))
    result = CliRunner().invoke(test_command.test, ["--only", "tests", "--database", "postgres"])
    assert result.exit_code == 0, result.output
    version, address = capfd.readouterr().out.split()
    assert int(version) >= 140000
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)
