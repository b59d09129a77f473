"""Reads a consultation: finds the files, reads the votes, and adds what the tables beside them say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from mufakat.opinion.constituencies import Constituencies
from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import formats, rollcalls
from mufakat.opinion.reading.careful import Record, records_of
from mufakat.opinion.reading.demands import read_comments, read_demands
from mufakat.opinion.reading.events import Cast, Events
from mufakat.opinion.reading.formats import Found
from mufakat.opinion.reading.ids import Ids
from mufakat.opinion.reading.long import read_long
from mufakat.opinion.reading.parties import read_parties
from mufakat.opinion.reading.result import Demands, Reading, Showings
from mufakat.opinion.reading.rows import Rejection
from mufakat.opinion.reading.showings import read_showings
from mufakat.opinion.reading.source import BLOCK, Progress
from mufakat.opinion.reading.wide import read_wide


def read_votes(
    path: str | Path,
    *,
    format: str = formats.AUTO,  # noqa: A002
    from_year: int | None = None,
    to_year: int | None = None,
    progress: Progress | None = None,
    careful: bool = False,
    block: int = BLOCK,
) -> Reading:
    """Read the votes of a consultation from a file or a folder; `docs/formats.md` shows every accepted form.

    Args:
        path: a CSV, gzipped CSV or Parquet file, or a folder that holds such files under known names.
        format: auto, polis, long, wide or rollcalls.
        from_year, to_year: the years of roll calls to read, both included; for roll calls only.
        progress: called with the share of the work done, from 0 to 1, and what is being done.
        careful: read every row by itself, slowly; gives the same result.
        block: bytes read at a time, at least 1; gives the same result.

    Raises:
        InputError: the files cannot be read as votes; the message names file, row, value and what would be
            right.
    """
    found = formats.find(Path(path), format)
    if found.format == formats.ROLLCALLS:
        return _roll_calls(found, from_year, to_year, careful, block, progress)
    if from_year is not None or to_year is not None:
        raise InputError(
            f"{path}: years can be chosen for roll calls only, and these votes are {found.format}"
        )
    demands = _demands(found)
    events = Events(found.votes.name)
    if found.format == formats.WIDE or formats.is_matrix(found):
        columns = read_wide(found.votes, events, careful=careful, block=block, progress=progress)
        demands = _with(demands, columns)
    elif found.parquet:
        from mufakat.opinion.reading.parquet import read_parquet

        read_parquet(found.votes, events, progress=progress)
    else:
        read_long(found.votes, events, careful=careful, block=block, progress=progress)
    cast = events.cast(also=demands.ids, progress=progress)
    return _reading(found, events, cast, demands, title=_title(found))


def _roll_calls(
    found: Found,
    from_year: int | None,
    to_year: int | None,
    careful: bool,
    block: int,
    progress: Progress | None,
) -> Reading:
    path = found.companion("un_roll_calls")
    if path is None:
        raise InputError(
            f"{found.votes}: un_roll_calls.csv is missing beside it; it says when each roll call was"
        )
    calls, rejections = rollcalls.read_roll_calls(path)
    chosen = rollcalls.chosen_years(path, calls, from_year, to_year)
    events = Events(found.votes.name, demands=Ids("roll call", rollcalls.Resolver(calls, chosen)))
    read_long(
        found.votes, events, columns=rollcalls.columns_for, careful=careful, block=block, progress=progress
    )
    cast = events.cast(progress=progress)
    days = [chosen[rcid].day for rcid in cast.votes.demands]
    demands = Demands(
        texts={rcid: chosen[rcid].text for rcid in cast.votes.demands if chosen[rcid].text},
        languages={rcid: "en" for rcid in cast.votes.demands if chosen[rcid].text},
        rejections=rejections,
    )
    return _reading(
        found,
        events,
        cast,
        demands,
        title=f"Roll calls of the United Nations General Assembly, {min(days).year}-{max(days).year}",
        time_range=(
            datetime.combine(min(days), time(), tzinfo=UTC),
            datetime.combine(max(days), time(), tzinfo=UTC),
        ),
    )


def _reading(
    found: Found,
    events: Events,
    cast: Cast,
    demands: Demands,
    *,
    title: str,
    time_range: tuple[datetime, datetime] | None = None,
) -> Reading:
    """Put together what the files say."""
    rejections: list[Rejection] = [*events.rejections, *demands.rejections]
    constituencies: Constituencies | None = None
    parties = found.companion("parties")
    if parties is not None:
        constituencies, rejected = read_parties(parties)
        rejections.extend(rejected)
    showings: Showings | None = None
    shown = found.companion("showings")
    if shown is not None:
        showings, rejected = read_showings(shown, cast.votes)
        rejections.extend(rejected)
    return Reading(
        votes=cast.votes,
        rows=cast.rows,
        rejections=tuple(rejections),
        title=title,
        texts=demands.texts,
        languages=demands.languages,
        hidden=demands.hidden,
        showings=showings,
        event_agree=cast.agreed,
        event_disagree=cast.disagreed,
        constituencies=constituencies,
        time_range=time_range or cast.time_range,
        format=found.format,
    )


def _demands(found: Found) -> Demands:
    """What the table of demands beside the votes says."""
    polis = found.companion("comments")
    if polis is not None and (found.format == formats.POLIS or found.companion("demands") is None):
        return read_comments(polis)
    own = found.companion("demands")
    return Demands() if own is None else read_demands(own)


def _with(demands: Demands, ids: list[str]) -> Demands:
    return Demands(
        tuple(dict.fromkeys((*demands.ids, *ids))),
        demands.texts,
        demands.languages,
        demands.hidden,
        demands.rejections,
    )


def _title(found: Found) -> str:
    """The topic that Polis's `summary.csv` names."""
    path = found.companion("summary")
    if path is None:
        return ""
    lines: Iterator[Record] = (r for r in records_of(path) if isinstance(r, Record))
    return next(
        (r.fields[1].strip() for r in lines if len(r.fields) > 1 and r.fields[0].strip() == "topic"), ""
    )
