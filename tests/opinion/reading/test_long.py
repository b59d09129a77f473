from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.opinion.reading import Rows, read_votes
from tests.opinion.reading.compare import cells, plain, written


def test_columns_are_found_by_name_in_any_order_and_others_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, "note,Vote,Demand,PARTY\nx,1,d,a\n,no,d,b\n")
    reading = read_votes(path)
    assert cells(reading.votes) == {("a", "d"): 1, ("b", "d"): -1}
    assert reading.format == "long"


@pytest.mark.parametrize(
    ("words", "vote"),
    [
        (["1", "+1", "1.0", "agree", "Yes", " AGREE "], 1),
        (["0", "0.0", "pass", "Abstain"], 0),
        (["-1", "-1.0", "disagree", "NO"], -1),
    ],
)
def test_vote_words(tmp_path: Path, words: list[str], vote: int) -> None:
    rows = "".join(f"p{i},d,{word}\n" for i, word in enumerate(words))
    reading = read_votes(written(tmp_path, "party,demand,vote\n" + rows))
    assert reading.votes.value.tolist() == [vote] * len(words)


def test_ids_are_texts_so_007_and_7_are_two(tmp_path: Path) -> None:
    reading = read_votes(written(tmp_path, "party,demand,vote\n007,1,1\n7,1,-1\n 7 ,2,0\n"))
    assert cells(reading.votes) == {("007", "1"): 1, ("7", "1"): -1, ("7", "2"): 0}


def test_the_last_vote_in_time_wins_and_file_order_breaks_ties(tmp_path: Path) -> None:
    rows = "a,d,1,30\na,d,-1,10\nb,d,1,20\nb,d,0,20\nc,d,-1,9\nc,d,1,10\n"
    reading = read_votes(written(tmp_path, "party,demand,vote,time\n" + rows))
    assert cells(reading.votes) == {("a", "d"): 1, ("b", "d"): 0, ("c", "d"): 1}
    assert reading.rows == Rows(read=6, kept=3, superseded=3, rejected=0)
    assert (reading.event_agree.tolist(), reading.event_disagree.tolist()) == ([3], [2])
    assert reading.time_range is None


def test_without_times_the_later_row_wins(tmp_path: Path) -> None:
    reading = read_votes(written(tmp_path, "party,demand,vote\na,d,1\na,d,-1\n"))
    assert cells(reading.votes) == {("a", "d"): -1}


def test_dates_are_ordered_across_time_zones_and_a_plain_one_is_utc(tmp_path: Path) -> None:
    rows = "a,d,1,2020-01-01T06:30:00+07:00\na,d,-1,2019-12-31T23:45:00Z\na,d,0,2019-12-31 23:40:00\n"
    reading = read_votes(written(tmp_path, "party,demand,vote,time\n" + rows))
    assert cells(reading.votes) == {("a", "d"): -1}
    assert reading.time_range == (
        datetime(2019, 12, 31, 23, 30, tzinfo=UTC),
        datetime(2019, 12, 31, 23, 45, tzinfo=UTC),
    )


@pytest.mark.parametrize("time", ["1577836800", "1577836800000", "1577836800000000", "1.5778368e9"])
def test_numbers_are_moments_by_their_size(tmp_path: Path, time: str) -> None:
    reading = read_votes(written(tmp_path, f"party,demand,vote,time\na,d,1,{time}\n"))
    assert reading.time_range == (datetime(2020, 1, 1, tzinfo=UTC),) * 2


def test_dates_beyond_the_calendar_still_put_votes_in_order(tmp_path: Path) -> None:
    rows = "a,d,1,9999-12-31T23:59:59-23:00\na,d,-1,0001-01-01T00:00:00+23:00\n"
    reading = read_votes(written(tmp_path, "party,demand,vote,time\n" + rows))
    assert cells(reading.votes) == {("a", "d"): 1}
    assert reading.time_range is None


def test_a_date_among_numbers_is_rejected(tmp_path: Path) -> None:
    reading = read_votes(written(tmp_path, "party,demand,vote,time\na,d,1,5\na,d,0,2020-01-01\na,d,0,soon\n"))
    assert cells(reading.votes) == {("a", "d"): 1}
    assert [(r.row, r.value) for r in reading.rejections] == [(3, "2020-01-01"), (4, "soon")]
    assert "each a number" in reading.rejections[0].reason


@pytest.mark.parametrize("careful", [False, True])
def test_the_first_row_that_is_otherwise_right_decides_the_kind_of_time(
    tmp_path: Path, careful: bool
) -> None:
    rows = "a,d,x,2020-01-01\na,d,1,5\na,d,0,2020-01-01\n"
    reading = read_votes(written(tmp_path, "party,demand,vote,time\n" + rows), careful=careful)
    assert cells(reading.votes) == {("a", "d"): 1}
    assert [r.row for r in reading.rejections] == [2, 4]


def test_times_out_of_order_between_blocks_only_are_noticed(tmp_path: Path) -> None:
    path = written(tmp_path, "party,demand,vote,time\na,d,1,30\na,d,0,10\nb,d,1,20\nb,d,-1,25\n")
    assert cells(read_votes(path, block=1).votes) == {("a", "d"): 1, ("b", "d"): -1}


def test_large_numbers_and_names_are_never_taken_for_one_another(tmp_path: Path) -> None:
    rows = "Fiji,d,1\n16777216,d,-1\n16777215,d,0\n99999999999999999999,d,0\nTonga,d,-1\n"
    reading = read_votes(written(tmp_path, "party,demand,vote\n" + rows))
    assert list(reading.votes.parties) == ["16777215", "16777216", "99999999999999999999", "Fiji", "Tonga"]
    assert reading.votes.value.tolist() == [0, -1, 0, 1, -1]


def test_weights_stay_with_their_votes(tmp_path: Path) -> None:
    rows = "b,d,1,0.5,2\na,d,0,2,1\nb,d,-1,3e0,1\nc,d,1,0,1\nc,d,1,inf,1\n"
    reading = read_votes(written(tmp_path, "party,demand,vote,weight,time\n" + rows))
    assert list(reading.votes.parties) == ["a", "b"]
    assert reading.votes.weight is not None
    assert reading.votes.weight.tolist() == [2.0, 0.5]
    assert [r.value for r in reading.rejections] == ["0", "inf"]


def test_gzip_reads_as_plain(tmp_path: Path) -> None:
    text = "party,demand,vote\n" + "".join(f"{i % 50},{i % 7},{i % 3 - 1}\n" for i in range(500))
    packed = written(tmp_path, gzip.compress(text.encode()), "votes.csv.gz")
    assert plain(read_votes(packed)) == plain(read_votes(written(tmp_path, text)))


def test_a_folder_brings_its_tables(tmp_path: Path) -> None:
    written(tmp_path, "party,demand,vote\na,1,1\nb,2,-1\n")
    written(
        tmp_path, "demand,text,language,english,theme\n1,Air propre,fr,Clean air,x\n2,,,,\n", "demands.csv"
    )
    written(tmp_path, "party,kind\na,state\nb,ngo\n", "parties.csv")
    reading = read_votes(tmp_path)
    assert (dict(reading.texts), dict(reading.languages)) == ({"1": "Air propre"}, {"1": "fr"})
    assert reading.constituencies is not None
    assert reading.constituencies.families[0].constituencies == ("ngo", "state")


def test_rejections_of_the_tables_beside_come_after_those_of_the_votes(tmp_path: Path) -> None:
    written(tmp_path, "party,demand,vote\na,1,1\na,2,x\n")
    written(tmp_path, "demand,text\n1,One\n1,Again\n", "demands.csv")
    reading = read_votes(tmp_path)
    assert reading.rows.rejected == 1
    assert [(r.file, r.row, r.value) for r in reading.rejections] == [
        ("votes.csv", 3, "x"),
        ("demands.csv", 3, "1"),
    ]


EVENTS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 5), st.sampled_from([-1, 0, 1]), st.integers(0, 20)),
    min_size=1,
)


@given(EVENTS, st.sampled_from([20, 2**22]))
def test_the_last_vote_is_what_a_plain_dictionary_keeps(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int, int, int]], block: int
) -> None:
    text = "party,demand,vote,time\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
    reading = read_votes(written(tmp_path_factory.getbasetemp(), text, "last.csv"), block=block)
    last = {(str(p), str(d)): v for p, d, v, _ in sorted(rows, key=lambda row: row[3])}
    assert cells(reading.votes) == last


def test_progress_is_told_and_ends_at_the_whole(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    rows = "".join(f"{i},1,1\n" for i in range(2000))
    path = written(tmp_path, "party,demand,vote\n" + rows)
    read_votes(path, block=1000, progress=lambda share, what: told.append((share, what)))
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[0][1] == "reading votes.csv"
    assert told[-1][0] == 1.0
