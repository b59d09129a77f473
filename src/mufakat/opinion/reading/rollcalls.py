"""Roll calls of the United Nations General Assembly, as `un_votes.csv` and `un_roll_calls.csv` hold them.

Yes is agree, abstain is pass, no is disagree; absent or not a member is no row. A party is a country by its
name, because some states that are gone have no code, and Namibia's is `NA`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading.careful import column_key, listed, small_table
from mufakat.opinion.reading.ids import NotAskedError
from mufakat.opinion.reading.rows import Rejection, shown

NEEDS = ("rcid", "country", "vote")


@dataclass(frozen=True)
class RollCall:
    """One vote of the Assembly: when, and on what."""

    day: date
    text: str


def roll_call_id(text: str) -> str:
    """The number of a roll call; one file writes "3.0" and the other "3"."""
    whole, point, rest = text.partition(".")
    return whole if point and whole.isdigit() and not rest.strip("0") else text


def read_roll_calls(path: Path) -> tuple[dict[str, RollCall], tuple[Rejection, ...]]:
    """Read the list of roll calls: `rcid, date` and a text in `descr` or `short`.

    Raises:
        InputError: the file cannot be read or lacks a column.
    """
    _, rows, rejections = small_table(path, needs=("rcid", "date"))
    found: dict[str, RollCall] = {}
    for row in rows:
        rcid = roll_call_id(row.values["rcid"])
        if not rcid or rcid in found:
            reason = "the roll call stands in the list already" if rcid else "the roll call has no id"
            rejections.append(Rejection(path.name, row.line, shown(rcid), reason))
            continue
        try:
            day = date.fromisoformat(row.values["date"])
        except ValueError:
            reason = "not a date; dates are written 2015-12-31"
            rejections.append(Rejection(path.name, row.line, shown(row.values["date"]), reason))
            continue
        found[rcid] = RollCall(day, row.values.get("descr") or row.values.get("short", ""))
    return found, tuple(sorted(rejections, key=lambda rejection: rejection.row))


def chosen_years(
    path: Path, calls: Mapping[str, RollCall], from_year: int | None, to_year: int | None
) -> dict[str, RollCall]:
    """The roll calls of the years asked for, both included.

    Raises:
        InputError: there is none.
    """
    first, last = from_year or date.min.year, to_year or date.max.year
    chosen = {rcid: call for rcid, call in calls.items() if first <= call.day.year <= last}
    if not chosen:
        years = sorted({call.day.year for call in calls.values()})
        known = f"the list runs from {years[0]} to {years[-1]}" if years else "the list is empty"
        raise InputError(
            f"{path}: no roll call from {from_year or 'the first'} to {to_year or 'the last'} year; {known}"
        )
    return chosen


class Resolver:
    """Turns the roll call of a row into a demand, if it is one of those asked for."""

    def __init__(self, calls: Mapping[str, RollCall], chosen: Mapping[str, RollCall]) -> None:
        self.calls = calls
        self.chosen = chosen

    def __call__(self, text: str) -> str:
        """The id of the roll call; ValueError if the list lacks it, NotAskedError if it is of other years."""
        rcid = roll_call_id(text)
        if rcid in self.chosen:
            return rcid
        if rcid in self.calls:
            raise NotAskedError
        raise ValueError("the list of roll calls has no such roll call")


def columns_for(path: Path, names: Sequence[str]) -> dict[str, int]:
    """Where the roll call, the country and its vote stand.

    Raises:
        InputError: a column is missing.
    """
    keys = [column_key(name) for name in names]
    for need in NEEDS:
        if need not in keys:
            raise InputError(f"{path}, row 1: no column {need!r}; the columns are {listed(list(names))}")
    return {"party": keys.index("country"), "demand": keys.index("rcid"), "vote": keys.index("vote")}
