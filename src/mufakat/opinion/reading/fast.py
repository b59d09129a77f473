"""The fast reader: whole blocks of lines to columns at once; the careful reader wherever that is not safe.

A block is safe when every line is one record with as many fields as the header, in UTF-8, quoted by the
letter. Then the row of any value follows from its place, and the columns are what the careful reader would
have found. What is not safe is split by the careful reader, and the fast one takes over after it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv

from mufakat.opinion.reading.careful import Broken, Record, Splitter, header_of
from mufakat.opinion.reading.source import (
    BLOCK,
    LINE_FEED,
    LINE_LIMIT,
    Block,
    Progress,
    line_feeds_in,
    lines_of,
)

QUOTE, COMMA, CARRIAGE_RETURN = b'",\r'
THREADS: Final = 2
PIECES: Final = 64
Part = TypeVar("Part")


@dataclass(frozen=True, eq=False)
class Columns:
    """Rows as columns.

    Attributes:
        first_line: line of the first row; the others follow one a line.
        texts: the chosen columns, each an array of strings of equal length.
    """

    first_line: int
    texts: Sequence[pa.StringArray]


class Table:
    """A CSV file that is read once, from top to bottom.

    Args:
        path: the file.
        careful: split every row with the careful reader.
        block: bytes to read at a time.
        progress: told the share of the file that is read.

    Attributes:
        names: the columns, as the header writes them.

    Raises:
        InputError: the file cannot be read or has no proper header.
    """

    def __init__(
        self, path: Path, *, careful: bool = False, block: int = BLOCK, progress: Progress | None = None
    ) -> None:
        self.path = path
        self._careful = careful
        self._blocks = lines_of(path, block=block, progress=progress)
        self._splitter = Splitter()
        self._early: list[Record | Broken] = []
        self.names = header_of(path, self._header())

    def _header(self) -> Record | Broken | None:
        """The first record; the rows that share its block are kept for later."""
        for block in self._blocks:
            head, rest = _first_line(block)
            found = list(self._splitter.split(head))
            if not found and rest:
                found = list(self._splitter.split(rest))
                rest = b""
            if found:
                self._early = found[1:]
                if rest:
                    remainder = Block(self._splitter.line, line_feeds_in(rest), rest)
                    self._blocks = _chained(remainder, self._blocks)
                return found[0]
        found = list(self._splitter.split(b"", last=True))
        self._early = found[1:]
        return found[0] if found else None

    def parts(
        self, chosen: Sequence[int], then: Callable[[Columns], Part]
    ) -> Iterator[Part | list[Record | Broken]]:
        """The rows in order: columns where that is safe, records where it is not.

        Args:
            chosen: indices of the columns wanted; records carry all of them.
            then: what to make of columns; called from several threads, so it must not touch what they share.
        """
        yield self._early
        splitter = self._splitter
        for block, part in self._parsed(chosen, then):
            if not splitter.waiting:
                splitter.line = block.first_line
                if part is not None:
                    yield part
                    continue
            yield list(splitter.split(block.text))
        if splitter.waiting:
            yield list(splitter.split(b"", last=True))

    def _parsed(
        self, chosen: Sequence[int], then: Callable[[Columns], Part]
    ) -> Iterator[tuple[Block, Part | None]]:
        """Each block with what `then` made of it, or None where it is not safe; a few are parsed ahead.

        Of a block that is not safe as a whole, most pieces are.
        """

        def parsed(block: Block) -> list[tuple[Block, Part | None]]:
            columns = columns_of(block, len(self.names), chosen)
            if columns is not None:
                return [(block, then(columns))]
            pieces = [(piece, columns_of(piece, len(self.names), chosen)) for piece in pieces_of(block)]
            return [(piece, None if found is None else then(found)) for piece, found in pieces]

        if self._careful:
            yield from ((block, None) for block in self._blocks)
            return
        waiting: deque[Future[list[tuple[Block, Part | None]]]] = deque()
        with ThreadPoolExecutor(THREADS) as pool:
            for block in self._blocks:
                waiting.append(pool.submit(parsed, block))
                if len(waiting) > THREADS:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()


def _first_line(block: Block) -> tuple[bytes, bytes]:
    end = block.text.find(b"\n") + 1
    return (block.text[:end], block.text[end:]) if end else (block.text, b"")


def _chained(first: Block, others: Iterator[Block]) -> Iterator[Block]:
    yield first
    yield from others


def pieces_of(block: Block) -> Iterator[Block]:
    """Cut a block into pieces of whole lines."""
    text, line, at = block.text, block.first_line, 0
    size = len(text) // PIECES
    while at < len(text):
        end = text.find(b"\n", at + size) + 1 or len(text)
        piece = Block(line, line_feeds_in(text[at:end]), text[at:end])
        yield piece
        line, at = line + piece.line_feeds, end


def columns_of(block: Block, width: int, chosen: Sequence[int]) -> Columns | None:
    """Parse a block, or None where only the careful reader can tell what it says."""
    text = block.text
    if not _one_record_a_line(text):
        return None
    names = [str(i) for i in range(width)]
    wanted = [names[i] for i in chosen]
    try:
        table = csv.read_csv(
            pa.py_buffer(text),
            read_options=csv.ReadOptions(column_names=names, use_threads=False, block_size=len(text) + 1),
            parse_options=csv.ParseOptions(quote_char='"' if b'"' in text else False),
            convert_options=csv.ConvertOptions(
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, pa.string()),
                check_utf8=False,
                null_values=[],
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    # Blank lines are no rows to the parser; with one of them the lines of the rows below it would be wrong.
    if table.num_rows != block.line_feeds + (not text.endswith(b"\n")):
        return None
    return Columns(block.first_line, [_one_chunk(column) for column in table.columns])


def _one_chunk(column: pa.ChunkedArray) -> pa.StringArray:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def _one_record_a_line(text: bytes) -> bool:
    """Whether every line is exactly one record of clean text, as far as can be told without splitting it."""
    if b"\0" in text:
        return False
    carriage_returns = text.count(b"\r")
    if carriage_returns and carriage_returns != text.count(b"\r\n"):
        return False
    if not text.isascii():
        try:
            text.decode()
        except UnicodeDecodeError:
            return False
    return not _has_long_line(text) and (b'"' not in text or _plainly_quoted(text))


def _has_long_line(text: bytes) -> bool:
    at = 0
    while len(text) - at > LINE_LIMIT:
        end = text.rfind(b"\n", at, at + LINE_LIMIT + 1)
        if end < 0:
            return True
        at = end + 1
    return False


def _plainly_quoted(text: bytes) -> bool:
    """Whether quotes come in pairs around whole fields, doubled inside them.

    A pair around a line feed passes here; it makes fewer rows than lines, which `columns_of` notices.
    """
    letters: NDArray[np.uint8] = np.frombuffer(text, dtype=np.uint8)
    quotes = np.flatnonzero(letters == QUOTE)
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = letters[np.maximum(opening - 1, 0)]
    after = letters[np.minimum(closing + 1, len(letters) - 1)]
    doubled = np.zeros(len(opening) + 1, dtype=bool)  # this pair opens right after the one before it closed
    doubled[1:-1] = opening[1:] == closing[:-1] + 1
    starts = (opening == 0) | (before == COMMA) | (before == LINE_FEED) | doubled[:-1]
    ends = (closing == len(letters) - 1) | (after == COMMA) | (after == LINE_FEED) | doubled[1:]
    ends |= (after == CARRIAGE_RETURN) & (closing + 1 < len(letters))
    return bool(starts.all() and ends.all())
