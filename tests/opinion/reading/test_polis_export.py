from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import Rows, read_votes
from tests.opinion.reading.compare import cells, plain, written

CONVERSATIONS = ("canadian-electoral-reform", "london.youth.policing", "scoop-hivemind.biodiversity")
COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '1,x,0,0,1,1,1,"More trees, please"\n1,x,1,0,0,0,-1,Spam\n1,x,2,0,0,0,0,Nobody voted\n'
)
VOTES = (
    "timestamp,datetime,comment-id,voter-id,vote\n"
    "1600000009,x,0,3,1\n1600000001,x,0,3,-1\n1600000002,x,1,4,0\n"
)


def table(path: Path) -> list[dict[str, str]]:
    """A CSV file by the standard library."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("prefix", ["", "2025-11-11-1704-abc-"])
def test_an_export_gives_votes_texts_title_and_what_moderators_hid(tmp_path: Path, prefix: str) -> None:
    written(tmp_path, VOTES, f"{prefix}votes.csv")
    written(tmp_path, COMMENTS, f"{prefix}comments.csv")
    written(tmp_path, 'topic,"Parks, streets"\nurl,x\n', f"{prefix}summary.csv")
    reading = read_votes(tmp_path)
    assert cells(reading.votes) == {("3", "0"): 1, ("4", "1"): 0}
    assert list(reading.votes.demands) == ["0", "1", "2"]
    assert reading.rows == Rows(read=3, kept=2, superseded=1, rejected=0)
    assert (reading.title, reading.format, reading.hidden) == ("Parks, streets", "polis", frozenset({"1"}))
    assert reading.texts["0"] == "More trees, please"
    assert (reading.event_agree.tolist(), reading.event_disagree.tolist()) == ([1, 0, 0], [1, 0, 0])
    assert reading.time_range == (
        datetime(2020, 9, 13, 12, 26, 41, tzinfo=UTC),
        datetime(2020, 9, 13, 12, 26, 49, tzinfo=UTC),
    )


def test_a_matrix_alone_will_do(tmp_path: Path) -> None:
    head = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,4,7\n"
    text = head + "1,,0,0,2,1,1,1,-1\n2,,,0,0,0,0,,\n"
    written(tmp_path, text, "participants-votes.csv")
    reading = read_votes(tmp_path)
    assert cells(reading.votes) == {("1", "4"): 1, ("1", "7"): -1}
    assert list(reading.votes.parties) == ["1"]


def test_two_exports_in_one_folder_are_not_guessed_between(tmp_path: Path) -> None:
    written(tmp_path, VOTES, "a-votes.csv")
    written(tmp_path, VOTES, "b-votes.csv")
    with pytest.raises(InputError, match=r"more than one file of votes: a-votes\.csv, b-votes\.csv"):
        read_votes(tmp_path)
    assert read_votes(tmp_path / "a-votes.csv").rows.read == 3


def test_what_is_no_export_is_refused_when_one_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not an export of Polis"):
        read_votes(written(tmp_path, "party,demand,vote\na,1,1\n"), format="polis")


@pytest.mark.real_data
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_last_votes_of_the_log_are_the_matrix_cell_for_cell(shared_data: Path, name: str) -> None:
    reading = read_votes(shared_data / "polis" / name)
    matrix = {
        (row["participant"], demand): int(cell)
        for row in table(shared_data / "polis" / name / "participants-votes.csv")
        for demand, cell in row.items()
        if demand.isdigit() and cell
    }
    assert cells(reading.votes) == matrix
    assert reading.rejections == ()


@pytest.mark.real_data
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_all_events_add_up_to_the_totals_of_comments(shared_data: Path, name: str) -> None:
    reading = read_votes(shared_data / "polis" / name)
    found = {
        demand: (int(reading.event_agree[i]), int(reading.event_disagree[i]))
        for i, demand in enumerate(reading.votes.demands)
    }
    comments = table(shared_data / "polis" / name / "comments.csv")
    assert found == {row["comment-id"]: (int(row["agrees"]), int(row["disagrees"])) for row in comments}
    assert reading.hidden == {row["comment-id"] for row in comments if row["moderated"] == "-1"}


@pytest.mark.real_data
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_matrix_reads_as_the_log_does(shared_data: Path, name: str) -> None:
    log = plain(read_votes(shared_data / "polis" / name))
    matrix = plain(read_votes(shared_data / "polis" / name / "participants-votes.csv"))
    for what in ("parties", "demands", "start", "demand", "value", "title", "texts"):
        assert matrix[what] == log[what], what


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("pattern", "rows", "parties", "voted_on"),
    [("*-biodiversity", Rows(29802, 29719, 83, 0), 536, 314), ("*-vw", Rows(4683, 4555, 128, 0), 69, 125)],
)
def test_exports_with_a_prefix_and_seconds_are_read(
    shared_data: Path, pattern: str, rows: Rows, parties: int, voted_on: int
) -> None:
    (folder,) = (shared_data / "polis-golden" / "polis-delphi-real_data").glob(pattern)
    reading = read_votes(folder)
    assert reading.rows == rows
    assert len(reading.votes.parties) == parties
    assert len(set(reading.votes.demand.tolist())) == voted_on
    assert reading.title


@pytest.mark.real_data
def test_seconds_and_milliseconds_of_one_conversation_keep_the_same_votes(shared_data: Path) -> None:
    (folder,) = (shared_data / "polis-golden" / "polis-delphi-real_data").glob("*-biodiversity")
    seconds, milliseconds = read_votes(folder), read_votes(shared_data / "polis" / CONVERSATIONS[2])
    assert seconds.votes.parties == milliseconds.votes.parties
    assert cells(seconds.votes) == cells(milliseconds.votes)
