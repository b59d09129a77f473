"""Ids to codes: whole numbers are their own code while reading, everything else is numbered as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.reading.values import id_of

# Ids that are whole numbers below this, written as numbers are ("7", not "007"), need no dictionary.
NUMBERS: Final = 2**24
REFUSED: Final = -1
NOT_ASKED: Final = -2

Codes = NDArray[np.int32]


class NotAskedError(Exception):
    """Raised for an id that the caller did not ask for: its rows are passed over."""


class Ids:
    """The ids of one column.

    Args:
        called: what the column holds, for messages: party or demand.
        resolve: turns the text of an id into the id that is meant; raises ValueError with the reason to
            reject the row, or NotAskedError to pass it over.
    """

    def __init__(self, called: str, resolve: Callable[[str], str] | None = None) -> None:
        self.called = called
        self.resolve = resolve
        self._names: dict[str, int] = {}
        self._reasons: dict[str, str] = {}

    def code(self, text: str) -> int:
        """The code of an id; `REFUSED` or `NOT_ASKED` where it has none."""
        name = id_of(text)
        if not name:
            self._reasons[text] = f"the {self.called} is empty"
            return REFUSED
        if self.resolve is not None:
            try:
                name = self.resolve(name)
            except NotAskedError:
                return NOT_ASKED
            except ValueError as error:
                self._reasons[text] = str(error)
                return REFUSED
        return self._numbered(name)

    def _numbered(self, name: str) -> int:
        if len(name) < 9 and name.isascii() and name.isdigit() and (name[0] != "0" or name == "0"):
            number = int(name)
            if number < NUMBERS:
                return number
        return self._names.setdefault(name, NUMBERS + len(self._names))

    def reason(self, text: str) -> str:
        """Why `code` refused this text."""
        return self._reasons[text]

    def compact(self, chunks: list[Codes], also: Iterable[str] = ()) -> list[str]:
        """Make the codes in the chunks 0, 1, 2 and so on, in place.

        Args:
            chunks: codes of the rows that were accepted.
            also: ids that belong to the column whether a row names them or not.

        Returns:
            The id of each new code: those in the chunks and those in `also`.
        """
        extra = np.array([self._numbered(name) for name in also], dtype=np.int64)
        used: list[NDArray[np.integer]] = [*chunks, extra]
        size = 1 + max((int(codes.max()) for codes in used if len(codes)), default=-1)
        present = np.zeros(size, dtype=bool)
        for codes in used:
            present[codes] = True
        old = np.flatnonzero(present)
        if len(old) < size:
            new = np.zeros(size, dtype=np.int32)
            new[old] = np.arange(len(old), dtype=np.int32)
            for chunk in chunks:
                np.take(new, chunk, out=chunk, mode="clip")
        names = list(self._names)
        return [str(code) if code < NUMBERS else names[code - NUMBERS] for code in old.tolist()]
