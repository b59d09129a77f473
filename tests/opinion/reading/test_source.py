from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading.source import LINE_LIMIT, lines_of
from tests.opinion.reading.compare import written

TEXT = "party,demand,vote\nمصر,1,1\nFiji,1,-1\n"


def content(path: Path, *, block: int = 2**22) -> str:
    return b"".join(block.text for block in lines_of(path, block=block)).decode()


@pytest.mark.parametrize("block", [1, 2, 5, 2**22])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_are_told_by_their_mark(tmp_path: Path, encoding: str, block: int) -> None:
    marked = TEXT if encoding in ("utf-8", "utf-8-sig", "utf-16") else "\ufeff" + TEXT
    assert content(written(tmp_path, marked.encode(encoding)), block=block) == TEXT


def test_old_line_ends_are_understood(tmp_path: Path) -> None:
    assert content(written(tmp_path, TEXT.replace("\n", "\r"))) == TEXT


def test_gzip_in_several_members_is_read_whole_whatever_it_is_called(tmp_path: Path) -> None:
    packed = gzip.compress(TEXT[:20].encode()) + gzip.compress(TEXT[20:].encode()) + b"\0" * 50
    assert content(written(tmp_path, packed, "votes.csv")) == TEXT


def test_a_gzip_that_ends_early_tells_how_many_whole_rows_it_gave(tmp_path: Path) -> None:
    rows = "".join(f"{i},{i * 7919 % 1000},1\n" for i in range(20000))
    packed = gzip.compress(("party,demand,vote\n" + rows).encode())
    path = written(tmp_path, packed[: len(packed) // 2], "votes.csv.gz")
    with pytest.raises(InputError, match="ends early") as caught:
        content(path)
    readable = int(str(caught.value).split("; ")[1].split()[0])
    assert 5000 < readable < 15000
    assert "votes.csv.gz" in str(caught.value)


def test_a_damaged_gzip_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(TEXT.encode() * 100))
    packed[-6] ^= 0xFF
    with pytest.raises(InputError, match="is damaged"):
        content(written(tmp_path, bytes(packed)))


@pytest.mark.parametrize(("start", "kind"), [(b"PK\x03\x04", "spreadsheet"), (b"%PDF-1.7", "a PDF")])
def test_what_is_no_table_is_named(tmp_path: Path, start: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=kind):
        content(written(tmp_path, start + b"rest"))


def test_a_line_without_end_is_not_kept_in_memory(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n" + b"x" * (8 * LINE_LIMIT) + b"\nc,d\n")
    blocks = list(lines_of(path, block=2**18))
    assert max(len(block.text) for block in blocks) < LINE_LIMIT + 2**19
    assert sum(block.line_feeds for block in blocks) == 3
    assert blocks[-1].text.endswith(b"\nc,d\n")
