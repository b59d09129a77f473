"""The careful reader: one record at a time, by the letter of RFC 4180. It defines what a CSV file says.

A field is quoted as a whole or not at all; within quotes a quote is doubled, and commas and line ends are
text. A quote inside an unquoted field is text. Blank lines are not rows. A record that breaks the rules is
rejected with its number and what is wrong, and reading goes on at the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading.rows import Rejection, shown
from mufakat.opinion.reading.source import LINE_LIMIT, lines_of

QUOTED: Final = re.compile(rb'"((?:[^"]|"")*+)"')
PLAIN: Final = re.compile(rb"[^,\n]*")
TOO_LONG: Final = f"the line is longer than {LINE_LIMIT} bytes"


@dataclass(frozen=True)
class Record:
    """One row of a file: the line on which it begins, and its fields."""

    line: int
    fields: list[str]


@dataclass(frozen=True)
class Broken:
    """A row that cannot be split into fields: its line, its beginning, and what is wrong."""

    line: int
    beginning: str
    reason: str


@dataclass
class Splitter:
    """Splits text into records; a record whose end is not there yet waits for the next text.

    Attributes:
        line: number of the line that comes next.
        waiting: the beginning of a record that is not complete.
    """

    line: int = 1
    waiting: bytes = b""

    def split(self, text: bytes, *, last: bool = False) -> Iterator[Record | Broken]:
        """The records of the text, which follows what was split before."""
        text = self.waiting + text
        self.waiting = b""
        at = 0
        while at < len(text):
            end = text.find(b"\n", at)
            end = len(text) if end < 0 else end
            if text.find(b'"', at, end) < 0:
                record = self._checked(text[at:end], None)
            else:
                fields, stop, trouble = _quoted(text, at)
                if trouble == UNCLOSED and not last and len(text) - at <= LINE_LIMIT:
                    self.waiting = text[at:]
                    return
                if trouble:
                    record = Broken(
                        self.line, shown(text[at:end]), TOO_LONG if end - at > LINE_LIMIT else trouble
                    )
                else:
                    end = stop
                    record = self._checked(text[at:end], fields)
            self.line += text.count(b"\n", at, end + 1)
            at = end + 1
            if record is not None:
                yield record

    def _checked(self, raw: bytes, fields: list[bytes] | None) -> Record | Broken | None:
        """The record, unless it is blank or holds what no text file holds."""
        raw = raw.removesuffix(b"\r")
        if not raw:
            return None
        trouble = ""
        if len(raw) > LINE_LIMIT:
            trouble = TOO_LONG
        elif b"\0" in raw:
            trouble = "the line holds a NUL byte; is the file really text in UTF-8?"
        else:
            try:
                whole = raw.decode()
            except UnicodeDecodeError as error:
                trouble = f"byte {raw[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        if not trouble and fields is None:
            if b"\r" in raw:
                trouble = "a carriage return stands inside the line"
            else:
                return Record(self.line, whole.split(","))
        if trouble or fields is None:
            return Broken(self.line, shown(raw), trouble)
        return Record(self.line, [field.decode() for field in fields])


UNCLOSED: Final = "a quote is opened and never closed"
AFTER_QUOTE: Final = "text follows a closing quote; quote the whole field and double the quotes within it"


def _quoted(text: bytes, at: int) -> tuple[list[bytes], int, str]:
    """The fields of a record that holds quotes, where its line feed (or the end) is, and what is wrong."""
    fields: list[bytes] = []
    limit = at + LINE_LIMIT + 2
    while True:
        if text.startswith(b'"', at):
            match = QUOTED.match(text, at, limit)
            if match is None:
                return fields, at, UNCLOSED
            fields.append(match[1].replace(b'""', b'"'))
            at = match.end()
            if text.startswith(b"\r", at) and text[at + 1 : at + 2] in (b"\n", b""):
                at += 1
        else:
            match = PLAIN.match(text, at)
            at = match.end() if match else at
            plain = match[0] if match else b""
            if text[at : at + 1] != b",":
                plain = plain.removesuffix(b"\r")
            if b"\r" in plain:
                return fields, at, "a carriage return stands inside the line"
            fields.append(plain)
        following = text[at : at + 1]
        if following == b",":
            at += 1
        elif following in (b"\n", b""):
            return fields, at, ""
        else:
            return fields, at, AFTER_QUOTE


def records_of(path: Path) -> Iterator[Record | Broken]:
    """Every record of a file, the header first."""
    splitter = Splitter()
    for block in lines_of(path):
        yield from splitter.split(block.text)
    yield from splitter.split(b"", last=True)


@dataclass(frozen=True)
class Row:
    """A row of a small table: its line, and its stripped values by the key of their column."""

    line: int
    values: Mapping[str, str]


def column_key(name: str) -> str:
    """Column names are compared without regard to case, and `_`, `-` and blanks are the same."""
    return re.sub(r"[\s_]+", "-", name.strip().casefold())


def header_of(path: Path, record: Record | Broken | None) -> list[str]:
    """The column names as the file writes them, checked: text, and each name once.

    Raises:
        InputError: no header, one that cannot be split, or a name that stands twice.
    """
    if record is None:
        raise InputError(f"{path}: is empty; a table begins with a header line that names its columns")
    if isinstance(record, Broken):
        hint = ". The file may be UTF-16 without its mark; save it as UTF-8" if "NUL" in record.reason else ""
        raise InputError(
            f"{path}, row {record.line}: the header cannot be read: {record.reason}: "
            f"{record.beginning!r}{hint}"
        )
    names = [name.strip() for name in record.fields]
    seen: dict[str, str] = {}
    for name in names:
        if name and name in seen:
            raise InputError(
                f"{path}, row {record.line}: the header names {shown(name)!r} twice; each column needs a "
                "name of its own"
            )
        seen[name] = name
    return names


def small_table(path: Path, *, needs: tuple[str, ...]) -> tuple[list[str], list[Row], list[Rejection]]:
    """Read a table that is small enough for Python rows: its columns, its rows, and what was rejected.

    Values are found under `column_key` of their column.

    Raises:
        InputError: the file cannot be read, or a needed column (by its key) is missing.
    """
    records = records_of(path)
    names = header_of(path, next(records, None))
    keys = [column_key(name) for name in names]
    for need in needs:
        if need not in keys:
            raise InputError(f"{path}, row 1: no column {need!r}; the columns are {listed(names)}")
    rows: list[Row] = []
    rejections: list[Rejection] = []
    for record in records:
        if isinstance(record, Broken):
            rejections.append(Rejection(path.name, record.line, record.beginning, record.reason))
        elif len(record.fields) != len(names):
            rejections.append(ragged(path.name, record, len(names)))
        else:
            rows.append(Row(record.line, dict(zip(keys, map(str.strip, record.fields), strict=True))))
    return names, rows, rejections


def ragged(file: str, record: Record, columns: int) -> Rejection:
    """The rejection of a row that has more or fewer fields than the header."""
    hint = "; quote a value that holds a comma" if len(record.fields) > columns else ""
    return Rejection(
        file,
        record.line,
        shown(",".join(record.fields)),
        f"the row has {len(record.fields)} fields and the header {columns}{hint}",
    )


def listed(names: list[str]) -> str:
    """Column names for a message."""
    some = ", ".join(repr(shown(name)) for name in names[:12])
    return some + (f" and {len(names) - 12} more" if len(names) > 12 else "")
