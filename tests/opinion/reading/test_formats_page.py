"""Every example of docs/formats.md is read as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mufakat.opinion.reading import Reading, read_votes
from mufakat.opinion.reading.long import ALIASES
from mufakat.opinion.reading.values import VOTE_WORDS
from tests.opinion.reading.compare import cells, written

PAGE = Path(__file__).parents[3] / "docs" / "formats.md"
EXAMPLE = re.compile(r"^`([\w.-]+)`\n```csv\n(.*?)^```", re.MULTILINE | re.DOTALL)


def example(folder: Path, heading: str) -> Reading:
    """Write the files of a section, and read them: the folder, or the file where it is only one."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    files = EXAMPLE.findall(section)
    assert files, heading
    paths = [written(folder, text, name) for name, text in files]
    return read_votes(paths[0] if len(paths) == 1 else folder)


@pytest.mark.parametrize(
    ("heading", "format_", "kept", "superseded"),
    [
        ("A long table", "long", 4, 1),
        ("A folder with a long table", "long", 2, 0),
        ("A wide table", "wide", 6, 0),
        ("An export of Polis", "polis", 2, 1),
        ("Roll calls of the United Nations", "rollcalls", 3, 0),
    ],
)
def test_each_example_is_read_whole(
    tmp_path: Path, heading: str, format_: str, kept: int, superseded: int
) -> None:
    reading = example(tmp_path, heading)
    assert reading.format == format_
    assert (reading.rows.kept, reading.rows.superseded, reading.rejections) == (kept, superseded, ())


def test_the_last_vote_of_the_examples_is_by_time(tmp_path: Path) -> None:
    assert cells(example(tmp_path, "A long table").votes)["مصر", "d1"] == -1


def test_the_folder_of_the_example_brings_constituencies_and_showings(tmp_path: Path) -> None:
    reading = example(tmp_path, "A folder with a long table")
    assert reading.constituencies is not None
    assert [family.name for family in reading.constituencies.families] == [
        "kind",
        "region",
        "group: AOSIS",
        "group: Arab Group",
        "group: G77",
    ]
    assert reading.showings is not None
    assert reading.showings.times.sum() == 3
    assert list(reading.votes.demands) == ["1", "2", "3"]


def test_every_name_of_a_column_and_every_word_of_a_vote_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for role, names in ALIASES.items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{role}` |")]
        for name in names:
            assert f"`{name}`" in row
    for word in VOTE_WORDS:
        assert word in page or word in ("-0", "0.0", "-0.0", "-1.0")
