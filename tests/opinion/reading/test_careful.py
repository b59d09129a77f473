from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from mufakat.opinion.reading.careful import Broken, Record, Splitter, column_key
from mufakat.opinion.reading.source import LINE_LIMIT

TEXTS = st.text(st.sampled_from('ab",\n\r é\u2028ع'), max_size=6)


def split(text: bytes, *, pieces: int = 1) -> list[Record | Broken]:
    """Split text that comes in pieces of whole lines."""
    splitter = Splitter()
    lines = text.splitlines(keepends=True) if pieces > 1 else [text]
    found = [record for line in lines for record in splitter.split(line)]
    return found + list(splitter.split(b"", last=True))


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), max_size=5))
def test_what_the_standard_library_writes_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    records = split(out.getvalue().encode())
    assert [record.fields for record in records if isinstance(record, Record)] == rows


@given(st.lists(st.sampled_from([b'"a', b'"', b"a,b", b'"x"', b"", b"c"]), max_size=8))
def test_it_does_not_matter_where_the_text_is_cut_between_lines(lines: list[bytes]) -> None:
    text = b"\n".join(lines) + b"\n"
    splitter = Splitter()
    found = [record for line in lines for record in splitter.split(line + b"\n")]
    assert found + list(splitter.split(b"", last=True)) == split(text)


def test_a_record_is_numbered_by_its_first_line_and_blank_lines_count() -> None:
    assert split(b'a,b\n\n"x\ny",1\nc,d') == [
        Record(1, ["a", "b"]),
        Record(3, ["x\ny", "1"]),
        Record(5, ["c", "d"]),
    ]


def test_a_quote_that_is_never_closed_costs_its_own_line_only() -> None:
    broken, after = split(b'1,"a\n2,b\n')
    assert broken == Broken(1, '1,"a', "a quote is opened and never closed")
    assert after == Record(2, ["2", "b"])


def test_a_quote_that_is_not_closed_within_the_limit_does_not_swallow_the_file() -> None:
    row, count = b"1," + b"2" * 100 + b"\n", LINE_LIMIT // 50
    splitter = Splitter()
    found = list(splitter.split(b'x,"open\n' + row * count))
    assert splitter.waiting == b""
    assert isinstance(found[0], Broken)
    assert len(found) == 1 + count
    assert found[-1] == Record(1 + count, ["1", "2" * 100])


def test_text_after_a_closing_quote_is_named() -> None:
    (broken,) = split(b'"a"b,1')
    assert isinstance(broken, Broken)
    assert broken.reason.startswith("text follows a closing quote")


def test_a_quote_inside_an_unquoted_field_is_text() -> None:
    assert split(b'5" pipe,1') == [Record(1, ['5" pipe', "1"])]


def test_bytes_that_are_not_utf_8_are_named() -> None:
    broken, after = split(b"caf\xe9,1\nb,2")
    assert broken == Broken(1, "caf\\xe9,1", "byte 0xe9 is not UTF-8; save the file as UTF-8")
    assert after == Record(2, ["b", "2"])


def test_column_names_are_compared_without_case_and_separators() -> None:
    assert {column_key(name) for name in ("Comment_ID", "comment-id", " comment  id")} == {"comment-id"}
