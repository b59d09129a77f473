"""The layers hold as they stand, and a folder without a place in them is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT_ROOT = Path(__file__).resolve().parents[1]
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


@pytest.fixture
def copied_house(tmp_path: Path) -> Path:
    """A copy of the project's rules and source that a test may change."""
    shutil.copy(PROJECT_ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "*.csv")
    shutil.copytree(PROJECT_ROOT / "src", tmp_path / "src", ignore=ignored)
    return tmp_path


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Check the layers of the project at *root*, and of no other copy that happens to be installed."""
    return subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_layers_hold(copied_house: Path) -> None:
    result = lint_imports(copied_house)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_a_stray_top_level_folder_is_refused(copied_house: Path) -> None:
    stray = copied_house / "src" / "mufakat" / "helpers"
    stray.mkdir()
    (stray / "__init__.py").touch()
    result = lint_imports(copied_house)
    assert result.returncode != 0
    assert "helpers" in result.stdout


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("opinion", "mufakat.cli"),
        ("opinion", "mufakat.story"),
        ("opinion", "django"),
        ("opinion", "dask"),
        ("opinion", "click"),
        ("opinion", "rich"),
        ("story", "mufakat.opinion"),
    ],
)
def test_a_library_may_not_reach_up_or_sideways(copied_house: Path, importer: str, imported: str) -> None:
    (copied_house / "src" / "mufakat" / importer / "reaching.py").write_text(f"import {imported}\n")
    result = lint_imports(copied_house)
    assert result.returncode != 0
    assert f"mufakat.{importer}.reaching -> {imported}" in result.stdout
