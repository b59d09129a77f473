from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mufakat.opinion.reading import Rejection, Rows, write_rejections
from mufakat.opinion.reading.rows import shown


def test_rows_that_do_not_add_up_cannot_be_made() -> None:
    with pytest.raises(AssertionError, match="5 rows read are not 3 kept"):
        Rows(read=5, kept=3, superseded=1, rejected=0)


def test_rejections_are_written_as_a_table_that_reads_back(tmp_path: Path) -> None:
    rejection = Rejection("votes.csv", 7, 'a "b", مصر', "not a vote")
    write_rejections(tmp_path / "rejected.csv", [rejection])
    with (tmp_path / "rejected.csv").open(encoding="utf-8", newline="") as file:
        header, row = csv.reader(file)
    assert header == ["file", "row", "value", "reason"]
    assert row == ["votes.csv", "7", 'a "b", مصر', "not a vote"]


def test_values_are_shown_short_and_without_control_characters() -> None:
    assert shown("a\tb\x00") == "a\\tb\\x00"
    assert shown("x" * 200) == "x" * 80 + "…"
    assert shown(b"caf\xe9") == "caf\\xe9"
