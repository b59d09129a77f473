"""The tables of this package, read as rows of text."""

from __future__ import annotations

import csv
from importlib import resources

from mufakat.places.errors import PlacesError


def rows(table: str, *columns: str) -> list[dict[str, str]]:
    """Every row of the table ``<table>.csv`` of this package.

    Args:
        table: the name of the file, without its ending.
        columns: the columns that it must have, in this order.

    Raises:
        PlacesError: the first line holds other columns, or a row has more or fewer cells than it.
    """
    text = resources.files("mufakat.places").joinpath(f"{table}.csv").read_text("utf-8")
    reader = csv.reader(text.splitlines())
    if (head := tuple(next(reader, ()))) != columns:
        raise PlacesError(f"{table}.csv begins with the columns {list(head)}; it must have {list(columns)}")
    found = []
    for cells in reader:
        if len(cells) != len(columns):
            place = f"{table}.csv, line {reader.line_num}"
            raise PlacesError(f"{place}: {len(cells)} cells ({cells}); there must be {len(columns)}")
        found.append(dict(zip(columns, cells, strict=True)))
    return found
