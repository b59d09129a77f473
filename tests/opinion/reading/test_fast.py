from __future__ import annotations

import pytest

from mufakat.opinion.reading.fast import columns_of
from mufakat.opinion.reading.source import LINE_LIMIT, Block, line_feeds_in


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
