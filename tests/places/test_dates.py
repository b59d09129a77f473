"""Dates known to the day, the month or the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.places import PartialDate, PlacesError


@pytest.mark.parametrize(
    ("text", "first", "out"),
    [
        ("2004", date(2004, 1, 1), date(2005, 1, 1)),
        ("2013-09", date(2013, 9, 1), date(2013, 10, 1)),
        ("2023-12", date(2023, 12, 1), date(2024, 1, 1)),
        ("2020-12-04", date(2020, 12, 4), date(2020, 12, 4)),
    ],
)
def test_an_incomplete_date_begins_early_and_ends_late(text: str, first: date, out: date) -> None:
    assert PartialDate.of(text).first_day == first
    assert PartialDate.of(text).day_out == out


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_date_is_written_as_it_was_read(day: date, known: int) -> None:
    text = day.isoformat()[:known]
    assert str(PartialDate.of(text)) == text
    assert PartialDate.of(text).first_day <= day < PartialDate.of(text).day_out + timedelta(days=known == 10)


@pytest.mark.parametrize(
    "text", ["", "13", "2013-9", "2013-13", "2013-00", "2013-02-30", "0000", "2013-09-01x"]
)
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(PlacesError, match="is no date") as error:
        PartialDate.of(text)
    assert repr(text) in str(error.value)
