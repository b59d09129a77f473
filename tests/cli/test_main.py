"""``mufakat`` itself: help at once, commands loaded late, errors on standard error."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from mufakat.cli import COMMANDS
from mufakat.cli.lazy import LazyCommand

HEAVY = ("numpy", "scipy", "pyarrow", "rich", "mufakat.opinion", "mufakat.story")


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    """Run *code* in an interpreter of its own, which has imported nothing yet."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_help_answers_in_under_a_third_of_a_second_of_processor_time() -> None:
    before = os.times()
    result = subprocess.run(
        [sys.executable, "-m", "mufakat", "--help"], capture_output=True, text=True, check=True
    )
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert result.stdout.startswith("Usage: mufakat [OPTIONS] COMMAND [ARGS]...")
    assert spent < 0.3


def test_help_imports_nothing_heavy() -> None:
    result = run_python(
        "import sys\n"
        "from mufakat.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"sys.exit(' '.join(name for name in {HEAVY} if name in sys.modules))"
    )
    assert result.stderr.strip() == ""


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_can_be_loaded_and_says_what_it_does(name: str) -> None:
    command = COMMANDS[name].load()
    assert command.name == name
    assert command.get_short_help_str(limit=200)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_loading_a_command_imports_nothing_heavy(name: str) -> None:
    result = run_python(
        "import sys\n"
        "from mufakat.cli import COMMANDS\n"
        f"COMMANDS[{name!r}].load()\n"
        f"sys.exit(' '.join(name for name in {HEAVY} if name in sys.modules))"
    )
    assert result.stderr.strip() == ""


def test_an_unknown_command_is_refused_on_standard_error() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "mufakat", "opinon"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert result.stdout == ""
    assert "No such command 'opinon'" in result.stderr


def test_a_name_that_is_no_command_is_refused() -> None:
    with pytest.raises(TypeError, match=r"mufakat\.cli:COMMANDS is a dict, where a click command is needed"):
        LazyCommand("mufakat.cli:COMMANDS", "a dictionary").load()
