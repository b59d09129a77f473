"""Long tables in Parquet."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading.events import Events
from mufakat.opinion.reading.fast import Columns
from mufakat.opinion.reading.intake import Intake
from mufakat.opinion.reading.long import ROLES, columns_for
from mufakat.opinion.reading.source import Progress

ROWS_AT_A_TIME = 2**18


def read_parquet(path: Path, events: Events, *, progress: Progress | None = None) -> None:
    """Read the votes of a long Parquet file into `events`; rows are counted from 1.

    Raises:
        InputError: the file is damaged, lacks a column, or a column holds neither text nor numbers nor times.
    """
    try:
        file = parquet.ParquetFile(path)
        names = file.schema_arrow.names
        _refuse_repeated(path, names)
        place = columns_for(path, names)
        roles = [role for role in ROLES if role in place]
        intake = Intake(events, as_texts=events.demands.resolve is not None)
        row, rows = 1, max(file.metadata.num_rows, 1)
        for batch in file.iter_batches(ROWS_AT_A_TIME, columns=[names[place[role]] for role in roles]):
            texts = [_texts(path, names[place[r]], batch.column(names[place[r]])) for r in roles]
            intake.take(intake.prepared(roles, Columns(row, texts)))
            row += batch.num_rows
            if progress is not None:
                progress(min((row - 1) / rows, 1.0), f"reading {path.name}")
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path}: cannot be read as Parquet: {str(error).splitlines()[0]}") from error


def _refuse_repeated(path: Path, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{path}: the column {name!r} stands twice; each column needs a name of its own")


def _texts(path: Path, name: str, column: pa.Array) -> pa.StringArray:
    """The values as the CSV reader would have found them; a missing value is an empty text."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_floating(kind):
        # Whole numbers are stored as fractions where a column has gaps; 3.0 means 3 there.
        column = pc.replace_substring_regex(pc.cast(column, pa.string()), r"\.0$", "")
    elif pa.types.is_timestamp(kind):
        column = pc.strftime(
            pc.assume_timezone(column, "UTC") if kind.tz is None else column, "%Y-%m-%dT%H:%M:%S%z"
        )
    elif not (
        pa.types.is_integer(kind)
        or pa.types.is_date(kind)
        or pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_null(kind)
    ):
        raise InputError(f"{path}: column {name!r} holds {kind}; it should hold text, numbers or times")
    texts: pa.StringArray = pc.fill_null(pc.cast(column, pa.string()), "")
    return texts
