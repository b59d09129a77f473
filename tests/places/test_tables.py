"""The tables of the package are read whole, or refused by file and line."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from mufakat.places import PlacesError
from mufakat.places.tables import rows


def test_a_row_is_read_by_its_columns() -> None:
    found = rows("regions", "country", "region", "subregion", "intermediate")
    assert {"country": "KEN", "region": "002", "subregion": "202", "intermediate": "014"} in found
    assert len(found) == 249


def test_other_columns_are_refused() -> None:
    with pytest.raises(
        PlacesError, match=r"regions.csv begins with the columns \['country', .*must have \['nation'\]"
    ):
        rows("regions", "nation")


def test_a_row_with_a_cell_too_many_is_refused_by_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "variants.csv").write_text("country,name\nKEN,Kenia\nKEN,Kenia,x\n", "utf-8")
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    with pytest.raises(PlacesError, match=r"variants.csv, line 3: 3 cells .*; there must be 2"):
        rows("variants", "country", "name")
