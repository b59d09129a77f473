from __future__ import annotations

from pathlib import Path

import pytest

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import read_parties
from tests.opinion.reading.compare import written

TABLE = (
    "\ufeffparty,name,kind,Region,groups,size\n"
    'FJ,Fiji,state,Oceania,AOSIS; G77,small\n"CA,1",Climate Action,ngo,,,\n'
    "مصر,,state,Africa,G77|Arab Group|,large\n"
)


def test_columns_and_groups_become_families(tmp_path: Path) -> None:
    constituencies, rejections = read_parties(written(tmp_path, TABLE, "parties.csv"))
    assert list(constituencies.parties) == ["FJ", "CA,1", "مصر"]
    assert dict(constituencies.names) == {"FJ": "Fiji", "CA,1": "Climate Action"}
    assert {family.name: family.constituencies for family in constituencies.families} == {
        "kind": ("ngo", "state"),
        "Region": ("Africa", "Oceania"),
        "size": ("large", "small"),
        "group: AOSIS": ("AOSIS", "not AOSIS"),
        "group: Arab Group": ("Arab Group", "not Arab Group"),
        "group: G77": ("G77", "not G77"),
    }
    members = {family.name: family.member.tolist() for family in constituencies.families}
    assert members["Region"] == [1, -1, 0]
    assert members["group: G77"] == [0, 1, 0]
    assert rejections == ()


def test_a_party_that_stands_twice_is_kept_once(tmp_path: Path) -> None:
    constituencies, rejections = read_parties(
        written(tmp_path, "party,kind\na,x\na,y\n,z\nb,x,1\n", "parties.csv")
    )
    assert list(constituencies.parties) == ["a"]
    assert [(r.row, r.value, r.reason.split(";")[0]) for r in rejections] == [
        (3, "a", "the party stands in row 2 already"),
        (4, "", "the party is empty"),
        (5, "b,x,1", "the row has 3 fields and the header 2"),
    ]


def test_a_column_that_is_empty_is_no_family(tmp_path: Path) -> None:
    constituencies, _ = read_parties(written(tmp_path, "party,kind,region\na,x,\nb,y,\n", "parties.csv"))
    assert [family.name for family in constituencies.families] == ["kind"]


@pytest.mark.parametrize(
    ("text", "message"), [("id,kind\na,x\n", "no column 'party'"), ("party\n", "names no party")]
)
def test_a_table_without_parties_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_parties(written(tmp_path, text, "parties.csv"))
