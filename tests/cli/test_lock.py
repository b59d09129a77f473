"""What ``mufakat lock`` writes: exact versions with hashes, no addresses, sets that fit together."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path

import click
import pytest

from mufakat.cli import lock

PROJECT_ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = PROJECT_ROOT / "requirements"


def pinned(path: Path) -> set[str]:
    """The lines of *path* that name a package, with its version and the condition on it."""
    lines = path.read_text("utf-8").splitlines()
    return {line.removesuffix("\\").strip() for line in lines if line and not line.startswith((" ", "#"))}


def wished(path: Path) -> set[str]:
    """The packages that the hand-written *path* asks for."""
    lines = path.read_text("utf-8").splitlines()
    return {line.strip() for line in lines if line and not line.startswith(("#", "-c"))}


@pytest.mark.parametrize("name", lock.SETS)
def test_a_set_holds_exact_versions_with_hashes_and_no_address(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text("utf-8")
    assert "://" not in text
    assert "#" not in text
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+ ", requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", requirement), requirement


@pytest.mark.parametrize("name", lock.SETS)
def test_a_set_pins_everything_that_was_wished_for(name: str) -> None:
    names = {line.partition("==")[0].partition("[")[0] for line in pinned(REQUIREMENTS / f"{name}.txt")}
    asked = {re.split(r"[\[<>=!~;]", line)[0] for line in wished(REQUIREMENTS / f"{name}.in")}
    assert asked <= names


@pytest.mark.parametrize(("one", "other"), list(combinations(lock.SETS, 2)))
def test_two_sets_agree_on_every_package_they_share(one: str, other: str) -> None:
    # A command may need several sets in one environment. Conditions may differ: what one set needs on one
    # system alone, another may need everywhere.
    first, second = (
        dict(line.partition(";")[0].strip().split("==") for line in pinned(REQUIREMENTS / f"{each}.txt"))
        for each in (one, other)
    )
    shared = first.keys() & second.keys()
    assert {name: first[name] for name in shared} == {name: second[name] for name in shared}


def test_the_package_asks_for_what_base_asks_for() -> None:
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(project["dependencies"]) == wished(REQUIREMENTS / "base.in")


def test_a_result_with_an_address_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "base.in").write_text("nothing\n")
    (tmp_path / "base.txt").write_text("nothing @ file:///somewhere/nothing.whl\n")
    monkeypatch.setattr(lock, "run_compiler", lambda *_: 0)
    with pytest.raises(
        click.ClickException, match=r"base\.txt must hold no address, but it holds 'nothing @"
    ):
        lock.pin(tmp_path, "base", upgrade=False)


def test_packages_that_cannot_be_resolved_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "run_compiler", lambda *_: 1)
    with pytest.raises(click.ClickException, match=r"requirements/base\.in cannot be resolved"):
        lock.pin(tmp_path, "base", upgrade=False)
