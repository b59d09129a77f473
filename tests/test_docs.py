"""What the documents say exists, and what exists is in the documents.

The documents are README.md and docs/*.md. A command counts as documented where its whole path stands, as in
``mufakat opinion study``; its options count where they stand in a document that names the command.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mufakat.cli import main

PROJECT_ROOT = Path(__file__).resolve().parents[1]
README = PROJECT_ROOT / "README.md"
DOCUMENTS = [README, *sorted((PROJECT_ROOT / "docs").rglob("*.md"))]
FENCED_BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
SETTING = re.compile(r"\bMUFAKAT_[A-Z_]+\b")


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command below and including *command*, with its path from ``mufakat`` on."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None, f"{path} lists {name} but cannot load it"
            yield from walk(below, f"{path} {name}")


def long_options(command: click.Command) -> set[str]:
    """The long names of the options of *command* that are neither hidden nor ``--help``."""
    options = [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
    names = [name for option in options for name in (*option.opts, *option.secondary_opts)]
    return {name for name in names if name.startswith("--")} - {"--help"}


def called_commands(document: Path) -> Iterator[list[str]]:
    """The words after ``./mufakat`` in each line of a fenced block of *document* that calls it."""
    for block in FENCED_BLOCK.findall(document.read_text("utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if "./mufakat" in words:
                yield words[words.index("./mufakat") + 1 :]


def test_the_readme_gives_the_two_commands() -> None:
    calls = list(called_commands(README))
    assert ["demo"] in calls
    assert ["test"] in calls


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_a_fenced_block_exists(document: Path) -> None:
    commands = dict(walk(main, "mufakat"))
    for words in called_commands(document):
        path = "mufakat"
        while words and f"{path} {words[0]}" in commands:
            path = f"{path} {words.pop(0)}"
        assert not isinstance(commands[path], click.Group) or not words or words[0].startswith("-"), (
            f"{document.name} calls ./{path} {words[0]}, which does not exist"
        )
        own_words = words[: words.index("--")] if "--" in words else words
        options = {word.partition("=")[0] for word in own_words if word.startswith("--")}
        unknown = options - long_options(commands[path]) - {"--help"}
        assert not unknown, (
            f"{document.name} gives ./{path} the options {sorted(unknown)}, which it does not have"
        )


def test_every_command_and_option_is_documented() -> None:
    texts = [document.read_text("utf-8") for document in DOCUMENTS]
    missing = []
    for path, command in walk(main, "mufakat"):
        naming = [text for text in texts if re.search(rf"\b{re.escape(path)}\b", text)]
        if not naming:
            missing.append(path)
        missing += [
            f"{path} {option}"
            for option in sorted(long_options(command))
            if not any(re.search(rf"{re.escape(option)}(?![\w-])", text) for text in naming)
        ]
    assert not missing, f"named in no document: {', '.join(missing)}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_project_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text("utf-8")):
        if "://" not in target and not target.startswith(("#", "mailto:")):
            assert (document.parent / target.partition("#")[0]).exists(), f"{document.name} links to {target}"


def test_every_setting_is_documented() -> None:
    sources = [PROJECT_ROOT / ".ci" / "run", PROJECT_ROOT / "mufakat", PROJECT_ROOT / "tests" / "conftest.py"]
    sources += (PROJECT_ROOT / "src").rglob("*.py")
    used = {name for source in sources for name in SETTING.findall(source.read_text("utf-8"))}
    documented = {name for document in DOCUMENTS for name in SETTING.findall(document.read_text("utf-8"))}
    assert used
    assert used <= documented, f"in no document: {sorted(used - documented)}"
