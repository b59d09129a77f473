from __future__ import annotations

from pathlib import Path

import pytest

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import Rows, read_votes
from tests.opinion.reading.compare import cells, written


def test_empty_cells_are_no_votes_and_zero_is_a_pass(tmp_path: Path) -> None:
    reading = read_votes(written(tmp_path, "party,d1,d2,d3\na,1,,0\nb,,-1,\nc,,,\n", "table.csv"))
    assert cells(reading.votes) == {("a", "d1"): 1, ("a", "d3"): 0, ("b", "d2"): -1}
    assert reading.rows == Rows(read=3, kept=3, superseded=0, rejected=0)
    assert list(reading.votes.parties) == ["a", "b"]
    assert reading.format == "wide"


def test_a_wrong_cell_is_rejected_alone(tmp_path: Path) -> None:
    reading = read_votes(written(tmp_path, "party,d1,d2\na,1,x\nb,2,-1\n,1,1\n", "table.csv"))
    assert [(r.row, r.value) for r in reading.rejections] == [(2, "x"), (3, "2"), (4, "")]
    assert reading.rows == Rows(read=5, kept=2, superseded=0, rejected=3)


def test_a_party_that_comes_twice_keeps_its_last_votes(tmp_path: Path) -> None:
    reading = read_votes(written(tmp_path, "party,d1,d2\na,1,1\na,-1,\n", "table.csv"))
    assert cells(reading.votes) == {("a", "d1"): -1, ("a", "d2"): 1}
    assert reading.rows.superseded == 1


def test_a_column_nobody_voted_on_stays_a_demand(tmp_path: Path) -> None:
    assert list(read_votes(written(tmp_path, "party,d1,d2\na,,1\n", "table.csv")).votes.demands) == [
        "d1",
        "d2",
    ]


def test_any_first_column_will_do_when_wide_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, "Land,d1\nFiji,1\n", "table.csv")
    assert cells(read_votes(path, format="wide").votes) == {("Fiji", "d1"): 1}


def test_a_table_without_demands_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one column, 'party', and no demands"):
        read_votes(written(tmp_path, "party\na\n", "table.csv"))


def test_a_demand_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="column 3 has no name"):
        read_votes(written(tmp_path, "party,d1,\na,1,1\n", "table.csv"))


def test_a_scale_is_refused_in_wide_tables_too(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="another scale"):
        read_votes(written(tmp_path, "party,d1,d2\na,1,5\nb,4,3\n", "table.csv"))
