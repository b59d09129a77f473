"""The launcher builds its environment once, says in one line what is missing, and hands over at once.

Most tests run it in a small project of their own: requirements that name no package, and a ``mufakat``
package that prints what it was given. Real environments are made, but nothing is fetched.
"""

from __future__ import annotations

import ast
import importlib.machinery
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

PROJECT_ROOT = Path(__file__).resolve().parents[1]
ECHO_MAIN = """
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd(), "prefix": sys.prefix}))
"""


@pytest.fixture(scope="session")
def launcher() -> ModuleType:
    """The launcher as a module, so that its steps can be called one at a time."""
    loader = importlib.machinery.SourceFileLoader("mufakat_launcher", str(PROJECT_ROOT / "mufakat"))
    spec = importlib.util.spec_from_loader("mufakat_launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    dont_write, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = dont_write
    return module


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A project with the real launcher, whose requirements are empty and whose command line echoes."""
    root = tmp_path / "small project"
    (root / "requirements").mkdir(parents=True)
    for name in ("base", "dev"):
        (root / "requirements" / f"{name}.txt").touch()
    package = root / "src" / "mufakat"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(ECHO_MAIN)
    shutil.copy(PROJECT_ROOT / "mufakat", root / "mufakat")
    return root


@pytest.fixture
def path_without_uv(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has this Python and nothing else."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "python3").symlink_to(sys.executable)
    return {**os.environ, "PATH": str(programs), "PIP_NO_INDEX": "1"}


def call(
    root: Path, *arguments: str, environment: dict[str, str], folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Call the launcher of the project at *root* by its path."""
    return subprocess.run(
        [sys.executable, str(root / "mufakat"), *arguments],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.component
def test_the_first_call_builds_and_the_second_only_hands_over(
    small_project: Path, path_without_uv: dict[str, str], tmp_path: Path
) -> None:
    first = call(small_project, "opinion", "study", "a file", environment=path_without_uv, folder=tmp_path)
    assert first.returncode == 0, first.stderr
    said = json.loads(first.stdout)
    assert said["arguments"] == ["opinion", "study", "a file"]
    assert said["folder"] == str(tmp_path)
    assert Path(said["prefix"]) == small_project / ".venv"
    assert first.stderr.splitlines()[0].endswith(".venv, this once")
    assert first.stderr.splitlines()[-1] == "mufakat: ready"

    link = tmp_path / "linked"
    link.symlink_to(small_project / "mufakat")
    second = subprocess.run(
        [str(link), "demo"], env=path_without_uv, capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(second.stdout)["arguments"] == ["demo"]
    assert second.stderr == ""


@pytest.mark.component
def test_changed_requirements_and_further_sets_are_noticed(
    small_project: Path, path_without_uv: dict[str, str]
) -> None:
    call(small_project, "demo", environment=path_without_uv)
    assert "bringing up to date" in call(small_project, "test", environment=path_without_uv).stderr
    assert call(small_project, "test", environment=path_without_uv).stderr == ""
    (small_project / "requirements" / "base.txt").write_text("# another choice of packages\n")
    assert "bringing up to date" in call(small_project, "demo", environment=path_without_uv).stderr
    assert call(small_project, "test", environment=path_without_uv).stderr == ""


@pytest.mark.component
def test_two_first_calls_at_once_build_one_environment(
    small_project: Path, path_without_uv: dict[str, str]
) -> None:
    calls = [
        subprocess.Popen(
            [sys.executable, str(small_project / "mufakat"), "demo"],
            env=path_without_uv,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    outputs = [process.communicate(timeout=120) for process in calls]
    assert [process.returncode for process in calls] == [0, 0]
    assert [json.loads(stdout)["arguments"] for stdout, _ in outputs] == [["demo"], ["demo"]]
    messages = sorted(stderr for _, stderr in outputs)
    assert messages[0] == "mufakat: another call is installing; waiting for it\n"
    assert messages[1].endswith("mufakat: ready\n")


@pytest.mark.component
def test_a_call_after_an_interrupted_one_builds_anew(
    small_project: Path, path_without_uv: dict[str, str]
) -> None:
    interrupted = subprocess.Popen(
        [sys.executable, str(small_project / "mufakat"), "demo"],
        env=path_without_uv,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while not (small_project / ".venv" / "pyvenv.cfg").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(interrupted.pid, signal.SIGKILL)
    interrupted.communicate()
    assert not (small_project / ".venv" / "mufakat-stamp").exists()

    result = call(small_project, "demo", environment=path_without_uv)
    assert result.returncode == 0, result.stderr
    assert result.stderr.splitlines()[0].startswith("mufakat: making")


@pytest.mark.component
def test_an_environment_whose_python_is_gone_is_built_anew(
    small_project: Path, path_without_uv: dict[str, str]
) -> None:
    call(small_project, "demo", environment=path_without_uv)
    python = small_project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(small_project / "gone")
    result = call(small_project, "demo", environment=path_without_uv)
    assert result.returncode == 0, result.stderr
    assert result.stderr.startswith("mufakat: making")


def test_a_folder_that_is_no_environment_is_left_alone(
    small_project: Path, path_without_uv: dict[str, str]
) -> None:
    (small_project / ".venv").mkdir()
    (small_project / ".venv" / "letters").write_text("mine")
    result = call(small_project, "demo", environment=path_without_uv)
    assert result.returncode == 1
    assert result.stderr.endswith(".venv is no Python environment; move it away and call again\n")
    assert (small_project / ".venv" / "letters").read_text() == "mine"


@pytest.mark.component
def test_a_package_that_cannot_be_had_is_named_in_one_line(
    small_project: Path, path_without_uv: dict[str, str]
) -> None:
    (small_project / "requirements" / "base.txt").write_text(f"nowhere==1.0 --hash=sha256:{'0' * 64}\n")
    result = call(small_project, "demo", environment=path_without_uv)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.splitlines()[1:] == [
        "mufakat: the packages cannot be installed: No matching distribution found for nowhere==1.0"
    ]


def test_an_old_python_is_told_which_one_to_install(launcher: ModuleType) -> None:
    with pytest.raises(
        launcher.CannotStartError, match=r"Python 3\.11 or newer is needed.*is 3\.9; install it"
    ):
        launcher.check_python((3, 9, 2), "/usr/bin/python3")
    launcher.check_python((3, 11, 0), sys.executable)
    launcher.check_python((3, 15, 1), sys.executable)


def test_an_old_python_can_read_the_launcher() -> None:
    ast.parse((PROJECT_ROOT / "mufakat").read_text("utf-8"), feature_version=(3, 6))


def test_a_python_without_ensurepip_is_told_what_to_install(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher.check_venv_module()
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find_spec(name)
    )
    with pytest.raises(launcher.CannotStartError, match=r"without its module ensurepip; .*python3-venv"):
        launcher.check_venv_module()


@pytest.mark.parametrize(
    ("last_lines", "reason"),
    [
        ("WARNING: Retrying: NewConnectionError\nERROR: No matching distribution found", "no network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "refused"),
        ("collecting\nERROR: disk full\n", "cannot be installed: disk full"),
        ("", "cannot be installed: the installer gave no reason"),
    ],
)
def test_a_failed_install_is_explained_in_one_line(
    launcher: ModuleType, last_lines: str, reason: str
) -> None:
    explained = launcher.explain(last_lines)
    assert reason in explained
    assert "\n" not in explained


@pytest.mark.component
def test_the_hand_over_takes_less_than_a_tenth_of_a_second(
    small_project: Path, path_without_uv: dict[str, str]
) -> None:
    call(small_project, "demo", environment=path_without_uv)
    measured = """
import os, runpy, sys, time
os.execv = lambda *command: sys.exit(f"{time.process_time() - start:.4f}")
start = time.process_time()
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
    result = subprocess.run(
        [sys.executable, "-c", measured, str(small_project / "mufakat"), "demo"],
        env=path_without_uv,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert float(result.stderr) < 0.1


@pytest.mark.slow
@pytest.mark.component
def test_a_fresh_clone_answers_its_first_command(tmp_path: Path) -> None:
    """The one test here that fetches packages; skips where there is no registry in reach."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode != 0:
        pytest.skip("needs git and the project's repository, to know which files a clone would hold")
    root = tmp_path / "clone"
    for name in filter(None, tracked.stdout.split("\0")):
        if (PROJECT_ROOT / name).exists():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT_ROOT / name, root / name)
    result = call(root, "--help", environment=dict(os.environ))
    if "no network or package registry in reach" in result.stderr:
        pytest.skip("needs a package registry, and none is in reach")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Usage: mufakat")
    again = call(root, "--help", environment=dict(os.environ))
    assert (again.stdout, again.stderr) == (result.stdout, "")
