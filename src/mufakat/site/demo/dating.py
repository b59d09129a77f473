"""When things happen in the demo: as far apart as the story tells, its last vote cast just now.

A visitor would not know what to make of voting that is open until a day long past.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mufakat import story
from mufakat.story.casting import VoteEvent


@functools.cache
def votes() -> tuple[VoteEvent, ...]:
    """All votes of parties and public."""
    return (*story.votes(), *story.public_votes())


@dataclass(frozen=True, slots=True)
class Dating:
    """Moves the days and moments of the story; by whole days, so that the time of day stays.

    Attributes:
        later: by how much.
    """

    later: timedelta

    def day(self, told: str | None) -> date | None:
        """A day of the story, such as ``2025-03-12``; None where there is none."""
        return date.fromisoformat(told) + self.later if told else None

    def noon(self, told: str | None) -> datetime | None:
        """The middle of a day of the story; None where there is none."""
        day = self.day(told)
        return datetime.combine(day, time(12), UTC) if day is not None else None

    def moment(self, told: int) -> datetime:
        """A moment of the story, in seconds since 1970-01-01 00:00 UTC."""
        return datetime.fromtimestamp(told, UTC) + self.later


def until(now: datetime) -> Dating:
    """The story moved so that its last vote was cast within the day before *now*."""
    last = datetime.fromtimestamp(max(cast.time for cast in votes()), UTC)
    return Dating(timedelta(days=(now - last).days))
