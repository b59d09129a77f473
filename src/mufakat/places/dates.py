"""Dates that are known to the day, to the month or only to the year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from mufakat.places.errors import PlacesError

FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date as far as it is known; ``month`` and ``day`` are 0 where they are not.

    >>> str(PartialDate.of("2013-09")), PartialDate.of("2013-09").first_day
    ('2013-09', datetime.date(2013, 9, 1))
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def of(cls, text: str) -> PartialDate:
        """The date written as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises:
            PlacesError: *text* has another form, or there is no such day.
        """
        if (match := FORM.fullmatch(text)) is None:
            raise PlacesError(f"{text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            date(year or 0, 1 if month is None else month, 1 if day is None else day)
        except ValueError as error:
            raise PlacesError(f"{text!r} is no date: {error}") from error
        return cls(year or 0, month or 0, day or 0)

    @property
    def first_day(self) -> date:
        """The first day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def day_out(self) -> date:
        """The first day on which something that ended then is surely over.

        That is the day itself where the day is known, and otherwise the day after the month or year.
        """
        if self.day:
            return self.first_day
        return (date(self.year, self.month or 12, 1) + timedelta(days=31)).replace(day=1)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)
