"""The fast reader gives what the careful one gives, wherever blocks begin and whatever the file holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import read_votes
from tests.opinion.reading.compare import plain, written

NUMBERS = [
    "1",
    "2",
    "10",
    "007",
    "7",
    "16777216",
    "99999999999999999999",
    "-3",
    "0x1F",
    "1.0",
    "+4",
    "1e3",
    " 7 ",
]
TEXTS = ["Fiji", "مصر", '"a,b"', '"say ""no"""', '"two\nlines"', 'ab"c', ""]
IDS = st.sampled_from([*NUMBERS, *TEXTS])
VOTES = st.sampled_from(
    ["1", "0", "-1", "agree", "Pass", "DISAGREE", "yes", "no", "abstain", "1.0", " 1 ", '"1"']
)
WRONG_VOTES = st.sampled_from(["", "maybe", "--1", "٣", '"'])
TIMES = st.sampled_from(["1", "5", "5", "1600000000", "-3", "2.5", "1e3"])
DATES = st.sampled_from(
    [
        "0001-01-01T00:00:00+23:00",
        "2020-01-01",
        "2020-01-01T10:00:00Z",
        "2020-01-01T10:00:00+07:00",
        "2019-12-31 23:59:59.5",
    ]
)
WRONG_TIMES = st.sampled_from(["", "soon", "2020-13-01", "nan", "inf", "0x10", "1_000"])
WEIGHTS = st.sampled_from(["1", "0.5", "2e1", "3", "0", "-1", "nan", "", "x"])
BROKEN = st.sampled_from(["", "a", ",,,,,,,,", '"', '"a"b,1,1', "\x00,1,1", "\r", "a,b\r,1", "  "])
ENDS = st.sampled_from(["\n", "\r\n"])


@st.composite
def long_tables(draw: st.DrawFn) -> bytes:
    """A long table with anything that can go wrong in it, more often right than wrong."""
    extra = draw(st.sampled_from([[], ["time"], ["weight"], ["time", "weight"], ["note", "time"]]))
    end = draw(ENDS)
    times = draw(st.sampled_from([TIMES, DATES, TIMES | DATES | WRONG_TIMES]))
    votes = draw(st.sampled_from([VOTES, VOTES | WRONG_VOTES]))
    lines = [",".join(["party", "demand", "vote", *extra])]
    for _ in range(draw(st.integers(0, 25))):
        if draw(st.integers(0, 19)) == 0:
            lines.append(draw(BROKEN))
            continue
        values = {"time": times, "weight": WEIGHTS, "note": st.just("x")}
        lines.append(",".join([draw(IDS), draw(IDS), draw(votes), *(draw(values[name]) for name in extra)]))
    text = end.join(lines) + draw(st.sampled_from(["", end, end * 2]))
    raw = text.encode()
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(raw)))
        raw = raw[:at] + draw(st.sampled_from([b"\xe9", b"\xff", b"\x00", b'"', b"\r", b"\n"])) + raw[at:]
    return raw


@st.composite
def wide_tables(draw: st.DrawFn) -> bytes:
    """A wide table, most cells empty or right."""
    width = draw(st.integers(1, 4))
    cell = st.sampled_from(["", "", "1", "0", "-1", "1.0", " ", "x", "agree"])
    lines = [",".join(["party", *(f"d{i}" for i in range(width))])]
    for _ in range(draw(st.integers(0, 12))):
        broken = draw(st.integers(0, 14)) == 0
        lines.append(draw(BROKEN) if broken else ",".join([draw(IDS), *(draw(cell) for _ in range(width))]))
    return "\n".join(lines).encode()


def outcome(path: Path, **how: Any) -> Any:
    """What reading gives, or the message with which it refuses."""
    try:
        return plain(read_votes(path, **how))
    except InputError as error:
        return str(error)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@settings(max_examples=150)
@given(raw=long_tables(), block=st.sampled_from([1, 7, 40, 2**22]))
@pytest.mark.component
def test_a_long_table_reads_the_same_in_bulk_and_row_by_row(folder: Path, raw: bytes, block: int) -> None:
    path = written(folder, raw, "long.csv")
    assert outcome(path, block=block) == outcome(path, careful=True)


@settings(max_examples=60)
@given(raw=wide_tables(), block=st.sampled_from([1, 30, 2**22]))
def test_a_wide_table_reads_the_same_in_bulk_and_row_by_row(folder: Path, raw: bytes, block: int) -> None:
    path = written(folder, raw, "wide.csv")
    assert outcome(path, block=block) == outcome(path, careful=True)
