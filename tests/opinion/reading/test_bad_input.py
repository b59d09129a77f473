"""What is wrong with a file is said with file, row and value; what can be kept is kept."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import Reading, Rows, read_votes
from mufakat.opinion.reading.source import LINE_LIMIT
from tests.opinion.reading.compare import cells, written

HEAD = "party,demand,vote\n"


def read(folder: Path, content: str | bytes, name: str = "votes.csv") -> Reading:
    return read_votes(written(folder, content, name))


def refused(folder: Path, content: str | bytes, name: str = "votes.csv") -> str:
    with pytest.raises(InputError) as caught:
        read(folder, content, name)
    return str(caught.value)


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    message = refused(tmp_path, "party,demand,stance\na,1,1\n")
    assert "votes.csv, row 1: no column for the vote" in message
    assert "'party', 'demand', 'stance'" in message


def test_a_header_that_names_a_column_twice_is_refused(tmp_path: Path) -> None:
    assert "row 1: the header names 'vote' twice" in refused(tmp_path, "party,demand,vote,vote\na,1,1,1\n")


def test_two_columns_for_one_role_are_refused(tmp_path: Path) -> None:
    message = refused(tmp_path, "party,voter-id,demand,vote\na,1,1,1\n")
    assert "'party', 'voter-id' all mean the party" in message


def test_an_unknown_vote_is_rejected_with_its_row_and_what_would_be_right(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD + "a,1,1\na,2,maybe\nb,1,\nb,2,0\n")
    assert reading.rows == Rows(read=4, kept=2, superseded=0, rejected=2)
    first, second = reading.rejections
    assert (first.file, first.row, first.value) == ("votes.csv", 3, "maybe")
    assert "agree, pass, disagree" in first.reason
    assert (second.row, second.value) == (4, "")
    assert "the vote is empty" in second.reason


def test_another_scale_is_refused_as_a_whole(tmp_path: Path) -> None:
    rows = "".join(f"p{i},d{i % 3},{1 + i % 5}\n" for i in range(30))
    message = refused(tmp_path, HEAD + rows)
    assert "votes.csv, row 3: vote '2'" in message
    assert "24 of 30 votes are numbers from 2 to 5" in message


def test_a_single_slip_of_the_finger_is_not_another_scale(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD + "a,1,1\na,2,11\nb,1,0\n")
    assert reading.rows == Rows(3, 2, 0, 1)


def test_a_byte_of_another_encoding_costs_its_row_only(tmp_path: Path) -> None:
    reading = read(
        tmp_path, HEAD.encode() + "Türkiye,1,1\n".encode() + "Türkiye,2,1\n".encode("latin-1") + b"b,1,0\n"
    )
    assert cells(reading.votes) == {("Türkiye", "1"): 1, ("b", "1"): 0}
    assert [(r.row, r.value, r.reason[:22]) for r in reading.rejections] == [
        (3, "T\\xfcrkiye,2,1", "byte 0xfc is not UTF-8")
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_with_a_byte_order_mark_are_read(tmp_path: Path, encoding: str) -> None:
    reading = read(tmp_path, (HEAD + "مصر,1,1\n中国,1,-1\n").encode(encoding))
    assert cells(reading.votes) == {("مصر", "1"): 1, ("中国", "1"): -1}


def test_half_a_utf_16_character_at_the_end_costs_its_row_only(tmp_path: Path) -> None:
    reading = read(tmp_path, (HEAD + "a,1,1\nb,1,1").encode("utf-16") + b"\x31")
    assert cells(reading.votes) == {("a", "1"): 1}
    assert [r.row for r in reading.rejections] == [3]


def test_utf_16_without_its_mark_is_suspected(tmp_path: Path) -> None:
    assert "UTF-16 without its mark" in refused(tmp_path, (HEAD + "a,1,1\n").encode("utf-16-le"))


def test_an_empty_file_and_a_header_alone_are_refused(tmp_path: Path) -> None:
    assert "is empty" in refused(tmp_path, "")
    assert "is empty" in refused(tmp_path, "\n\n")
    assert "is empty" in refused(tmp_path, gzip.compress(b""), "votes.csv.gz")
    assert "holds no votes in 0 rows; a header alone" in refused(tmp_path, HEAD)


def test_rows_that_are_all_wrong_are_refused_with_the_first(tmp_path: Path) -> None:
    message = refused(tmp_path, HEAD + "a,1,for\nb,1,against\n")
    assert "no votes in 2 rows; the first is row 2, 'for': not a vote" in message


def test_one_party_is_enough(tmp_path: Path) -> None:
    assert cells(read(tmp_path, HEAD + "a,1,1\na,2,0\n").votes) == {("a", "1"): 1, ("a", "2"): 0}


def test_one_demand_is_enough(tmp_path: Path) -> None:
    assert cells(read(tmp_path, HEAD + "a,1,1\nb,1,-1\n").votes) == {("a", "1"): 1, ("b", "1"): -1}


def test_passes_alone_are_votes(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD + "a,1,0\nb,1,0\n")
    assert cells(reading.votes) == {("a", "1"): 0, ("b", "1"): 0}
    assert reading.event_agree.tolist() == reading.event_disagree.tolist() == [0]


def test_a_demand_nobody_voted_on_is_there_without_votes(tmp_path: Path) -> None:
    written(tmp_path, "demand,text\n1,One\n2,Two\n", "demands.csv")
    reading = read(tmp_path, HEAD + "a,1,1\n")
    assert list(reading.votes.demands) == ["1", "2"]
    assert reading.event_agree.tolist() == [1, 0]


def test_ids_with_commas_and_in_arabic_are_kept_whole(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD + '"Tanzania, United Republic of",المادة ١,1\nمصر,"a ""b""",-1\n')
    assert cells(reading.votes) == {("Tanzania, United Republic of", "المادة ١"): 1, ("مصر", 'a "b"'): -1}


def test_an_absurdly_long_line_is_rejected_and_the_rest_kept(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD.encode() + b"a,1,1\n" + b"x" * (9 * LINE_LIMIT) + b",1,1\nb,1,0\n")
    assert cells(reading.votes) == {("a", "1"): 1, ("b", "1"): 0}
    assert [(r.row, len(r.value)) for r in reading.rejections] == [(3, 81)]
    assert "longer than" in reading.rejections[0].reason


def test_a_truncated_gzip_is_refused_and_says_what_was_readable(tmp_path: Path) -> None:
    packed = gzip.compress((HEAD + "".join(f"{i},1,1\n" for i in range(1000))).encode())
    assert "ends early; 1000 whole rows were readable" in refused(tmp_path, packed[:-3], "votes.csv.gz")


def test_a_row_with_more_or_fewer_fields_is_rejected(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD + "a,1,1\nFiji, Republic of,1,1\nb,1\n")
    assert [(r.row, r.value) for r in reading.rejections] == [(3, "Fiji, Republic of,1,1"), (4, "b,1")]
    assert "4 fields and the header 3; quote a value that holds a comma" in reading.rejections[0].reason


def test_an_empty_id_is_rejected(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD + " ,1,1\na,,1\na,1,1\n")
    assert [(r.row, r.reason) for r in reading.rejections] == [
        (2, "the party is empty"),
        (3, "the demand is empty"),
    ]


def test_a_nul_byte_costs_its_row_only(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD + "a,1,1\nb\0,1,1\n")
    assert reading.rows == Rows(2, 1, 0, 1)
    assert "NUL" in reading.rejections[0].reason


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: there is no such file or folder"):
        read_votes(tmp_path / "nowhere")


def test_a_folder_without_votes_lists_what_was_looked_for(tmp_path: Path) -> None:
    written(tmp_path, "x", "notes.txt")
    with pytest.raises(InputError, match=r"participants-votes\.csv.*the folder holds notes\.txt"):
        read_votes(tmp_path)


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    assert "fit no known table of votes" in refused(tmp_path, "colour,size\nred,2\n", "things.csv")


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_separators_are_named(tmp_path: Path, mark: str, name: str) -> None:
    message = refused(tmp_path, HEAD.replace(",", mark), "table.csv")
    assert f"look separated by {name}; separate them by commas" in message


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'excel' is unknown; it is one of auto, polis"):
        read_votes(tmp_path, format="excel")


def test_years_are_for_roll_calls(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="roll calls only"):
        read_votes(written(tmp_path, HEAD + "a,1,1\n"), from_year=2010)
