from __future__ import annotations

from pathlib import Path

from mufakat.opinion.reading import read_votes
from tests.opinion.reading.compare import written


def test_showings_are_counted_beside_the_votes_answered_or_not(tmp_path: Path) -> None:
    written(tmp_path, "party,demand,vote\nb,1,1\na,2,0\n")
    written(tmp_path, "demand,text\n1,One\n2,Two\n3,Three\n", "demands.csv")
    written(tmp_path, "party,demand,time\na,3,1\na,2,2\na,3,3\nb,1,4\nc,1,5\n,1,6\n", "showings.csv")
    reading = read_votes(tmp_path)
    showings = reading.showings
    assert showings is not None
    assert list(reading.votes.parties) == ["a", "b"]
    assert showings.start.tolist() == [0, 2, 3]
    assert [reading.votes.demands[d] for d in showings.demand] == ["2", "3", "1"]
    assert showings.times.tolist() == [1, 2, 1]
    assert showings.elsewhere == 1
    assert [(r.file, r.row) for r in reading.rejections] == [("showings.csv", 7)]


def test_without_a_record_of_showings_there_are_none(tmp_path: Path) -> None:
    assert read_votes(written(tmp_path, "party,demand,vote\nb,1,1\n")).showings is None
