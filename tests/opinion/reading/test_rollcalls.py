from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import Rows, read_votes
from tests.opinion.reading.compare import cells, written

CALLS = (
    "rcid,session,importantvote,date,unres,amend,para,short,descr\n"
    "3,1.0,0,1946-01-01,R/1,1,0,RULES,Rules of procedure\n"
    "9,65.0,0,2010-05-01,R/9,0,0,SHORT,\n"
    "10,66.0,0,2011-12-31,R/10,0,0,,A nuclear-free zone\n"
)
VOTES = (
    "rcid,country,country_code,vote\n3.0,Cuba,CU,yes\n9.0,Namibia,NA,yes\n9,Cuba,CU,abstain\n"
    "10.0,Namibia,NA,no\n10.0,Zanzibar,,yes\n11.0,Cuba,CU,yes\n9.0,Fiji,FJ,absent\n"
)


@pytest.fixture
def assembly(tmp_path: Path) -> Path:
    written(tmp_path, CALLS, "un_roll_calls.csv")
    written(tmp_path, gzip.compress(VOTES.encode()), "un_votes.csv.gz")
    return tmp_path


def test_countries_are_kept_by_name_and_numbers_meet(assembly: Path) -> None:
    reading = read_votes(assembly)
    assert cells(reading.votes) == {
        ("Cuba", "3"): 1,
        ("Cuba", "9"): 0,
        ("Namibia", "9"): 1,
        ("Namibia", "10"): -1,
        ("Zanzibar", "10"): 1,
    }
    assert dict(reading.texts) == {"3": "Rules of procedure", "9": "SHORT", "10": "A nuclear-free zone"}
    assert [(r.row, r.value) for r in reading.rejections] == [(7, "11.0"), (8, "absent")]


@pytest.mark.parametrize("careful", [False, True])
def test_rows_of_other_years_are_not_counted(assembly: Path, careful: bool) -> None:
    reading = read_votes(assembly, from_year=2010, to_year=2010, careful=careful)
    assert cells(reading.votes) == {("Namibia", "9"): 1, ("Cuba", "9"): 0}
    assert reading.rows == Rows(read=4, kept=2, superseded=0, rejected=2)
    assert reading.time_range == (datetime(2010, 5, 1, tzinfo=UTC),) * 2
    assert reading.title.endswith("2010-2010")


def test_years_without_roll_calls_are_refused(assembly: Path) -> None:
    with pytest.raises(
        InputError, match="no roll call from 2020 to 2021 year; the list runs from 1946 to 2011"
    ):
        read_votes(assembly, from_year=2020, to_year=2021)


def test_the_list_of_roll_calls_must_lie_beside(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"un_roll_calls\.csv is missing"):
        read_votes(written(tmp_path, VOTES, "un_votes.csv"))


@pytest.mark.real_data
def test_the_decade_has_193_states_and_926_roll_calls(shared_data: Path) -> None:
    reading = read_votes(shared_data / "unvotes", from_year=2010, to_year=2019)
    assert int((reading.votes.cast >= 50).sum()) == 193
    assert len(reading.votes.demands) == 926
    assert len(reading.votes) / (193 * 926) == pytest.approx(0.916, abs=5e-4)
    assert reading.rejections == ()
    assert "Namibia" in reading.votes.parties


@pytest.mark.real_data
def test_all_years_count_as_the_files_do(shared_data: Path) -> None:
    reading = read_votes(shared_data / "unvotes")
    assert reading.rows.read == 870_109
    values, counts = np.unique(reading.votes.value, return_counts=True)
    assert dict(zip(values.tolist(), counts.tolist(), strict=True)) == {-1: 65_548, 0: 110_897, 1: 693_664}
    assert len(reading.votes.parties) == 200
