"""What a single value of a votes table means. Both readers follow these definitions."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from typing import Final

VOTE_WORDS: Final = {
    "1": 1, "+1": 1, "1.0": 1, "agree": 1, "yes": 1,
    "0": 0, "-0": 0, "0.0": 0, "-0.0": 0, "pass": 0, "abstain": 0,
    "-1": -1, "-1.0": -1, "disagree": -1, "no": -1,
}  # fmt: skip
RIGHT_VOTES: Final = "1, 0, -1 or agree, pass, disagree or yes, abstain, no"
WRONG_VOTE: Final = f"not a vote; votes are {RIGHT_VOTES}"
EMPTY_VOTE: Final = "the vote is empty; a party that did not vote has no row, and a pass is 0"
WRONG_TIME: Final = "not a time; times are numbers or ISO 8601 dates"
WRONG_WEIGHT: Final = "not a weight; weights are finite numbers above 0"

NUMBER, DATE = "a number", "a date"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")
DECIMAL: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


def id_of(text: str) -> str:
    """An id is the text itself without white space around it; "007" and "7" are two ids."""
    return text.strip()


def vote_of(text: str) -> int | None:
    """+1, 0 or -1, or None where the text is no vote."""
    return VOTE_WORDS.get(text.strip().lower())


def time_of(text: str) -> tuple[str, int | float] | None:
    """The kind of time (number or date) and a value that sorts; dates in microseconds since 1970, UTC.

    A date without a time zone is taken as UTC. None where the text is neither.
    """
    text = text.strip()
    if WHOLE.fullmatch(text):
        return NUMBER, int(text)
    if DECIMAL.fullmatch(text):
        number = float(text)
        return (NUMBER, number) if math.isfinite(number) else None
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return DATE, (aware - EPOCH) // timedelta(microseconds=1)
    except (ValueError, OverflowError):
        return None


def weight_of(text: str) -> float | None:
    """A finite number above 0, or None."""
    text = text.strip()
    if not DECIMAL.fullmatch(text):
        return None
    weight = float(text)
    return weight if math.isfinite(weight) and weight > 0 else None


def moment_of(kind: str, time: float) -> datetime | None:
    """The moment a stored time stands for; numbers are seconds or milli-, micro- or nanoseconds, by size.

    None where a number is too small to be a moment after 1973, such as a running number, or where a date in
    UTC falls outside the years 1 to 9999.
    """
    if kind == DATE:
        try:
            return EPOCH + timedelta(microseconds=int(time))
        except OverflowError:
            return None
    for smallest, per_second in ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (1e8, 1.0)):
        if smallest <= time < smallest * 1e3:
            return EPOCH + timedelta(seconds=time / per_second)
    return None


def other_kind(kind: str) -> str:
    """Why a time of another kind than the first of its file is rejected."""
    return f"the times of this file are each {kind}, as the first is, and this one is not"
