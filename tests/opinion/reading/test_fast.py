from __future__ import annotations

from pathlib import Path

import pytest

from mufakat.opinion.reading.careful import Broken, Record
from mufakat.opinion.reading.fast import Columns, Table, columns_of, pieces_of
from mufakat.opinion.reading.source import LINE_LIMIT, Block, line_feeds_in
from tests.opinion.reading.compare import written


def block(text: bytes) -> Block:
    return Block(1, line_feeds_in(text), text)


@pytest.mark.parametrize(
    "text",
    [
        b"a,b\nc,d\n",
        b"a,b\r\nc,d\r\n",
        b'"a","b"\n"c","d"',
        b'a,"b ""x"" y"\n"","1,2"\r\n',
        "مصر,b\n".encode(),
        b'a,""\n',
    ],
)
def test_clean_blocks_are_parsed_in_bulk(text: bytes) -> None:
    columns = columns_of(block(text), 2, [1, 0])
    assert columns is not None
    assert len(columns.texts[0]) == len(text.splitlines())


def test_quotes_are_taken_off_in_bulk() -> None:
    columns = columns_of(block(b'a,"b ""x"", y"\n'), 2, [1])
    assert columns is not None
    assert columns.texts[0].to_pylist() == ['b "x", y']


@pytest.mark.parametrize(
    "text",
    [
        b"a,b,c\n",
        b"a\n",
        b"a,b\n\nc,d\n",
        b"\na,b\n",
        b'a,"b\nc"\n',
        b'a,b"c\n',
        b'a,"b"c\n',
        b'a,"b\n',
        b'"a,b\n"\n',
        b"a,b\x00\n",
        b"a,\xff\n",
        b"a\r,b\n",
        b"a,b\rc,d\n",
        b"a,b\r\r\n",
        b"a," + b"b" * LINE_LIMIT + b"\n",
    ],
)
def test_blocks_that_need_care_are_left_to_the_careful_reader(text: bytes) -> None:
    assert columns_of(block(b"x,y\n" + text), 2, [0, 1]) is None


def test_the_pieces_of_a_block_are_its_lines_and_keep_their_numbers() -> None:
    text = b"".join(b"%d,x\n" % i for i in range(1000)) + b"last"
    pieces = list(pieces_of(Block(7, 1000, text)))
    assert b"".join(piece.text for piece in pieces) == text
    assert 2 < len(pieces) <= 64
    for piece in pieces:
        assert text.splitlines()[piece.first_line - 7] == piece.text.splitlines()[0]


def test_one_bad_row_costs_speed_around_it_alone(tmp_path: Path) -> None:
    rows = [b"%d,x\n" % i for i in range(10000)]
    rows[5000] = b"bad\n"
    table = Table(written(tmp_path, b"a,b\n" + b"".join(rows)))
    in_bulk, with_care = 0, list[Record | Broken]()
    for part in table.parts([0, 1], lambda columns: columns):
        if isinstance(part, Columns):
            in_bulk += len(part.texts[0])
        else:
            with_care.extend(part)
    assert in_bulk + len(with_care) == 10000
    assert len(with_care) < 300
    assert Record(5002, ["bad"]) in with_care
