"""Whatever a file holds, it is read with every row accounted for, or refused with an InputError."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import Reading, read_parties, read_votes
from tests.opinion.reading.compare import written

GOOD = b"timestamp,datetime,comment-id,voter-id,vote\n" + b"".join(
    b'%d,"Mon, 1",%d,%d,%d\n' % (1600000000 + i, i % 5, i % 7, i % 3 - 1) for i in range(40)
)
NAMES = st.sampled_from(["votes.csv", "participants-votes.csv", "x.csv", "votes.csv.gz", "votes.parquet"])
BYTES = st.binary(max_size=200) | st.text('party,demandvote10-\n"\r;|\x00é', max_size=200).map(str.encode)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def check(path: Path) -> None:
    """Read, and count what became of the rows."""
    try:
        reading = read_votes(path)
    except InputError as error:
        named = path.name in str(error)
    else:
        named = True
        account(reading, path)
    assert named


def account(reading: Reading, path: Path) -> None:
    """Every row is accounted for."""
    rows = reading.rows
    assert rows.read == rows.kept + rows.superseded + rows.rejected
    assert rows.kept == len(reading.votes)
    assert rows.rejected == sum(1 for r in reading.rejections if r.file == path.name)


@settings(max_examples=150)
@given(
    raw=BYTES,
    name=NAMES,
    head=st.sampled_from([b"", b"party,demand,vote\n", b"participant,1,2\n", b"PAR1", b"\x1f\x8b"]),
)
def test_any_bytes_are_read_or_refused(folder: Path, raw: bytes, name: str, head: bytes) -> None:
    path = written(folder, head + raw, name)
    check(path)
    path.unlink()


@settings(max_examples=150)
@given(st.data())
def test_a_good_file_that_was_damaged_is_read_or_refused(folder: Path, data: st.DataObject) -> None:
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        kind = data.draw(st.sampled_from(["insert", "delete", "double"]))
        if kind == "insert":
            raw[at:at] = data.draw(
                st.sampled_from([b'"', b",", b"\n", b"\r", b"\xff", b"\0", b"9", b"\xef\xbb\xbf"])
            )
        elif kind == "delete":
            del raw[at : at + data.draw(st.integers(1, 30))]
        else:
            raw[at:at] = raw[at : at + data.draw(st.integers(1, 80))]
    check(written(folder, bytes(raw), "votes.csv"))


@given(
    st.lists(
        st.tuples(st.text(max_size=5), st.sampled_from("ab"), st.sampled_from(["1", "0", "2", ""])),
        max_size=20,
    )
)
def test_rows_read_are_the_rows_that_another_reader_counts(
    folder: Path, rows: list[tuple[str, str, str]]
) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["party", "demand", "vote"])
    writer.writerows(rows)
    text = out.getvalue().encode("utf-8", "replace").decode()
    path = written(folder, text, "counted.csv")
    try:
        reading = read_votes(path)
    except InputError:
        return
    assert reading.rows.read == sum(1 for row in csv.reader(io.StringIO(text, newline="")) if row) - 1


@given(BYTES)
def test_any_parties_table_is_read_or_refused(folder: Path, raw: bytes) -> None:
    path = written(folder, b"party,kind,groups\n" + raw, "parties.csv")
    try:
        constituencies, rejections = read_parties(path)
    except InputError:
        return
    finally:
        path.unlink()
    assert len(set(constituencies.parties)) == len(constituencies.parties)
    assert all(len(family.member) == len(constituencies.parties) for family in constituencies.families)
    assert all(rejection.row > 1 for rejection in rejections)
