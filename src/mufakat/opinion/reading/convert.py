"""Columns of text to columns of values, all rows at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Coded:
    """A column as whole numbers, or as codes of its different texts.

    Attributes:
        numbers: the values, where every text is a whole number from 0 written as numbers are; else None.
        codes: which of the texts each row holds, where `numbers` is None.
        texts: the different texts.
    """

    numbers: NDArray[np.int64] | None
    codes: NDArray[np.int32]
    texts: list[str]


NO_CODES = np.zeros(0, dtype=np.int32)


def coded(column: pa.StringArray, *, numbers: bool = True) -> Coded:
    """Convert a column; `numbers=False` asks for the different texts in any case."""
    values = whole_numbers(column) if numbers else None
    if values is not None:
        return Coded(values, NO_CODES, [])
    different: Any = pc.dictionary_encode(column)
    return Coded(None, different.indices.to_numpy(), different.dictionary.to_pylist())


def whole_numbers(column: pa.StringArray) -> NDArray[np.int64] | None:
    """The numbers, if every text is the usual way to write a whole number from 0 ("7", not "007" or "+7")."""
    if not len(column):
        return np.zeros(0, dtype=np.int64)
    try:
        numbers: NDArray[np.int64] = pc.cast(column, pa.int64()).to_numpy()
    except pa.ArrowInvalid:
        return None
    # Every other way to write a number is longer than the usual one, and a negative number is longer than
    # the one digit that is counted for it: only where all are usual is the total as short as that.
    offsets = np.frombuffer(column.buffers()[1], dtype=np.int32)[
        column.offset : column.offset + len(column) + 1
    ]
    digits, power, largest = len(numbers), 10, int(numbers.max())
    while power <= largest:
        digits += int(np.count_nonzero(numbers >= power))
        power *= 10
    return numbers if digits == int(offsets[-1]) - int(offsets[0]) else None


def spread(values: list[Any], kind: type, codes: NDArray[np.int32]) -> NDArray[Any]:
    """The value of each row, from the value of each different text."""
    spread_out: NDArray[Any] = np.array(values, dtype=kind)[codes]
    return spread_out
