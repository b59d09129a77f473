"""Reading a file that somebody sends: a text in the encoding it says, or an original that is only kept.

Nothing in a file is ever run, unpacked or followed. A text file must say how it is encoded, by a byte order
mark or by being valid UTF-8; any other file is refused until a person says what it is, and is shown how each
choice would read.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: Final = (".txt", ".md")
ORIGINALS: Final[Mapping[str, tuple[bytes, ...]]] = {
    ".pdf": (b"%PDF-",),
    ".docx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
    ".doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    ".rtf": (b"{\\rtf",),
}
"""Kinds of file that are kept as they came, beside a pasted text, with the bytes that each begins with."""

ENCODINGS: Final = (
    ("cp1256", _("Arabic (Windows-1256)")),
    ("cp1251", _("Cyrillic (Windows-1251)")),
    ("cp1252", _("Western European (Windows-1252)")),
    ("gb18030", _("Chinese (GB 18030)")),
)
"""What a text file may be saved in where it is not Unicode."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LONGEST_NAME: Final = 120
_NO_TEXT: Final = _(
    "This is no text file: it holds characters that no text has. Save it as UTF-8, or paste its text instead."
)


class FileError(ValueError):
    """A file that cannot be taken in; says why, and what would be right.

    Attributes:
        readings: where its encoding is not known, how it would begin in each, by encoding.
    """

    def __init__(self, message: str | Promise, readings: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.readings = dict(readings or {})


@dataclass(frozen=True, slots=True)
class Received:
    """A file that can be taken in.

    Attributes:
        name: what it was called, without anything that is no name.
        text: what it says; None for an original whose text must be pasted.
        encoding: how that was read.
    """

    name: str
    text: str | None = None
    encoding: str = field(default="")


def receive(name: str, content: bytes, *, most: int, encoding: str = "") -> Received:
    """Read a file that somebody sent.

    Args:
        name: as the sender calls it. content: all of it.
        most: bytes that a file may have.
        encoding: one of `ENCODINGS`, where the sender says how a text that is not Unicode was saved.

    Raises:
        FileError: an empty or far too large file, one of another kind, or a text that cannot be read.
    """
    name = clean_name(name)
    ending = PurePosixPath(name).suffix.lower()
    if not content:
        raise FileError(
            _("This file is empty: it has 0 bytes. Look whether it was saved, and send it again.")
        )
    if len(content) > most:
        raise FileError(too_large(most))
    if ending in ORIGINALS:
        if not content.startswith(ORIGINALS[ending]):
            raise FileError(
                _("This file is called %(ending)s and is none inside. Save it anew, or paste its text.")
                % {"ending": ending}
            )
        return Received(name)
    if ending not in TEXTS:
        raise FileError(
            _("Files that end with %(ending)s are not taken. Send one of %(kinds)s, or paste the text.")
            % {"ending": ending or _("nothing"), "kinds": ", ".join((*TEXTS, *ORIGINALS))}
        )
    text, found = _decoded(content, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t\f" for letter in text):
        raise FileError(_NO_TEXT)
    if not text.strip():
        raise FileError(_("There are no words in this file."))
    return Received(name, text, found)


def too_large(most: int) -> str:
    """What is told of a file with more than *most* bytes."""
    return str(
        _("This file is larger than %(most)s megabytes. Send a smaller one, or paste its text.")
        % {"most": f"{most / 1024 / 1024:g}"}
    )


def clean_name(name: str) -> str:
    r"""The last part of a name, without folders, control characters and marks that turn it around.

    >>> clean_name("../../etc/letter.txt"), clean_name("C:\\letters\\a.txt"), clean_name("..")
    ('letter.txt', 'a.txt', 'file')
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join(
        letter for letter in last if unicodedata.category(letter)[0] != "C" and letter not in '<>:"/\\|?*'
    )
    kept = " ".join(kept.split()).strip(". ")
    if not kept:
        return "file"
    path = PurePosixPath(kept)
    return path.stem[: _LONGEST_NAME - len(path.suffix[:16])] + path.suffix[:16]


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(name), name
            except UnicodeDecodeError as error:
                raise FileError(
                    _("This file says that it is %(encoding)s and is not, from byte %(place)s on.")
                    % {"encoding": name, "place": error.start + len(mark)}
                ) from None
    if b"\x00" in content:
        raise FileError(_NO_TEXT)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if not encoding:
            raise FileError(
                _(
                    "This file is not Unicode (UTF-8) from byte %(place)s on. Choose how it was saved, by"
                    " which of the beginnings below is right, and choose the file again."
                )
                % {"place": error.start},
                readings(content),
            ) from None
    if encoding not in dict(ENCODINGS):
        raise FileError(_("Choose one of the encodings in the list."))
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise FileError(
            _("This file cannot be %(encoding)s: byte %(place)s does not exist in it.")
            % {"encoding": dict(ENCODINGS)[encoding], "place": error.start},
            readings(content),
        ) from None


def readings(content: bytes) -> dict[str, str]:
    """How a text would begin in each encoding that it can be of."""
    found = {}
    for encoding, _name in ENCODINGS:
        try:
            found[encoding] = " ".join(content.decode(encoding).split())[:60]
        except UnicodeDecodeError:
            continue
    return found
