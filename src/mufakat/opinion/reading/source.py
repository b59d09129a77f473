"""A table file as blocks of whole lines in UTF-8, whatever it was packed and encoded in."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from mufakat.opinion.errors import InputError

LINE_LIMIT: Final = 2**20
BLOCK: Final = 2**22
LINE_FEED: Final = 10
GZIP: Final = b"\x1f\x8b"
PARQUET: Final = b"PAR1"
NOT_TABLES: Final = (
    (b"PK\x03\x04", "a zip archive or a spreadsheet"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet of the old kind"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstandard"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"BZh", "compressed with bzip2"),
    (b"%PDF", "a PDF"),
)

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Block:
    """Whole lines of a file.

    Attributes:
        first_line: number of the first line, the header being 1.
        line_feeds: how many line feeds the text holds.
        text: the lines; each ends with a line feed except perhaps the last of the file. A line longer than
            `LINE_LIMIT` bytes may lack its middle, and is still longer than that.
    """

    first_line: int
    line_feeds: int
    text: bytes


def line_feeds_in(text: bytes) -> int:
    """Count the lines that end in the text; numpy counts what is frequent faster than `bytes.count`."""
    return int(np.count_nonzero(np.frombuffer(text, dtype=np.uint8) == LINE_FEED))


class _EndsEarlyError(Exception):
    """The compressed file stops before its end mark."""


def lines_of(path: Path, *, block: int = BLOCK, progress: Progress | None = None) -> Iterator[Block]:
    """Read a text file in blocks of whole lines.

    Accepts gzip, UTF-8 with or without a byte order mark, UTF-16 with one, and line ends of any system.

    Raises:
        InputError: the file is missing, empty, not text, damaged, or ends early.
    """
    try:
        raw = path.open("rb")
        size = max(path.stat().st_size, 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    line = 1
    with raw:
        start = raw.peek(8)
        for sign, kind in NOT_TABLES:
            if start.startswith(sign):
                raise InputError(f"{path}: is {kind}; give CSV, gzipped CSV or Parquet")
        chunks = _unpacked(raw, block) if start.startswith(GZIP) else _chunks(raw, block)
        try:
            for text in _whole_lines(_utf8(chunks)):
                line_feeds = line_feeds_in(text)
                yield Block(line, line_feeds, text)
                line += line_feeds
                if progress is not None:
                    progress(min(raw.tell() / size, 1.0), f"reading {path.name}")
        except (_EndsEarlyError, zlib.error) as error:
            fault = "ends early" if isinstance(error, _EndsEarlyError) else f"is damaged ({error})"
            raise InputError(
                f"{path}: the compressed file {fault}; {max(line - 2, 0)} whole rows were readable before "
                "that. Fetch or pack the file again"
            ) from error
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _chunks(raw: BinaryIO, block: int) -> Iterator[bytes]:
    while chunk := raw.read(block):
        yield chunk


def _unpacked(raw: BinaryIO, block: int) -> Iterator[bytes]:
    """Unpack gzip, several members one after another included; what is readable comes before any error."""
    unpack = zlib.decompressobj(wbits=31)
    whole = True
    for packed in _chunks(raw, 2**18):
        waiting = packed
        while waiting:
            if unpack.eof:
                waiting = waiting.lstrip(b"\0")  # some tools pad the end with zeros
                if not waiting:
                    break
                unpack = zlib.decompressobj(wbits=31)
            text = unpack.decompress(waiting, block)
            whole = unpack.eof
            waiting = unpack.unused_data if whole else unpack.unconsumed_tail
            if text:
                yield text
    if not whole:
        yield unpack.flush()
        raise _EndsEarlyError


def _utf8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks in UTF-8 with line feeds at line ends; what is broken stays so, to be found with its row."""
    first = next(chunks, b"")
    while len(first) < 3 and (more := next(chunks, b"")):
        first += more
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from _from_utf16(first, chunks)
        return
    first = first.removeprefix(codecs.BOM_UTF8)
    carriage_returns_alone = b"\n" not in first and b"\r" in first
    yield first.replace(b"\r", b"\n") if carriage_returns_alone else first
    for chunk in chunks:
        yield chunk.replace(b"\r", b"\n") if carriage_returns_alone else chunk


def _from_utf16(first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Half of a pair that stands alone becomes bytes that are not UTF-8, so that its row is rejected."""
    decode = codecs.getincrementaldecoder("utf-16")("surrogatepass").decode
    yield decode(first).encode("utf-8", "surrogatepass")
    for chunk in chunks:
        yield decode(chunk).encode("utf-8", "surrogatepass")
    try:
        decode(b"", True)
    except UnicodeDecodeError:
        yield b"\xff"


def _whole_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut the chunks after line feeds; keep no more than the beginning of a line that does not end."""
    pieces: list[bytes] = []
    held = 0
    for chunk in chunks:
        cut = chunk.rfind(b"\n") + 1
        if cut:
            yield b"".join((*pieces, chunk[:cut]))
            pieces, held = [], 0
        rest = chunk[cut : cut + LINE_LIMIT + 1 - held]
        if rest:
            pieces.append(rest)
            held += len(rest)
    if pieces:
        yield b"".join(pieces)
