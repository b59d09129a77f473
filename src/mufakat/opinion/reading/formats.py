"""Tells what lies at a path, and which files belong together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading.careful import column_key, header_of, listed, records_of
from mufakat.opinion.reading.long import ALIASES, roles_in
from mufakat.opinion.reading.source import PARQUET

AUTO, POLIS, LONG, WIDE, ROLLCALLS = "auto", "polis", "long", "wide", "rollcalls"
FORMATS: Final = (AUTO, POLIS, LONG, WIDE, ROLLCALLS)
MATRIX: Final = "participants-votes"
ENDINGS: Final = (".csv", ".csv.gz")
LOOKED_FOR: Final = (
    "votes.csv (an export of Polis, with any prefix such as 2025-01-01-votes.csv, or party,demand,vote), "
    "participants-votes.csv, votes.parquet, or un_votes.csv with un_roll_calls.csv; .csv.gz will do as well"
)
OTHER_MARKS: Final = ((";", "semicolons"), ("\t", "tabs"))
POLIS_MARKS: Final = ("comment-id", "voter-id")


@dataclass(frozen=True)
class Found:
    """The files of one consultation.

    Attributes:
        format: polis, long, wide or rollcalls.
        votes: the file of votes.
        folder: where it lies.
        prefix: what stands before the names of its companions.
        parquet: whether the votes are Parquet.
    """

    format: str
    votes: Path
    folder: Path
    prefix: str = ""
    parquet: bool = False

    def companion(self, name: str) -> Path | None:
        """A table beside the votes, such as `comments`, with the same prefix or with none; or None."""
        for prefix in dict.fromkeys((self.prefix, "")):
            for ending in ENDINGS:
                path = self.folder / f"{prefix}{name}{ending}"
                if path.is_file():
                    return path
        return None


def find(path: Path, wanted: str = AUTO) -> Found:
    """Find the votes at a path.

    Args:
        path: a file or a folder.
        wanted: one of `FORMATS`.

    Raises:
        InputError: nothing there, nothing that is known, or something other than what is wanted.
    """
    if wanted not in FORMATS:
        raise InputError(f"format {wanted!r} is unknown; it is one of {', '.join(FORMATS)}")
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    return _in_folder(path, wanted) if path.is_dir() else _file(path, wanted)


def _in_folder(folder: Path, wanted: str) -> Found:
    logs = _named(folder, "votes")
    if wanted in (AUTO, ROLLCALLS):
        calls = [
            folder / f"un_votes{ending}" for ending in ENDINGS if (folder / f"un_votes{ending}").is_file()
        ]
        if calls:
            return _file(calls[0], ROLLCALLS)
    if wanted in (AUTO, POLIS, LONG):
        parquet = folder / "votes.parquet"
        if logs:
            return _file(_only(folder, logs), wanted)
        if parquet.is_file() and wanted != POLIS:
            return _file(parquet, LONG)
    matrices = _named(folder, MATRIX)
    if matrices and wanted in (AUTO, POLIS):
        return _file(_only(folder, matrices), POLIS)
    if logs and wanted == WIDE:
        return _file(_only(folder, logs), WIDE)
    some = sorted(entry.name for entry in folder.iterdir())
    there = ", ".join(some[:8]) + (f" and {len(some) - 8} more" if len(some) > 8 else "") or "nothing"
    as_what = "" if wanted == AUTO else f" to be read as {wanted}"
    raise InputError(f"{folder}: no votes found{as_what}; looked for {LOOKED_FOR}; the folder holds {there}")


def _named(folder: Path, name: str) -> list[Path]:
    """Files called `name.csv` or `PREFIX-name.csv`; the one without a prefix alone if there is one."""
    for ending in ENDINGS:
        if (folder / f"{name}{ending}").is_file():
            return [folder / f"{name}{ending}"]
    return sorted(
        entry
        for entry in folder.iterdir()
        for ending in ENDINGS
        if entry.name.endswith(f"-{name}{ending}")
        and entry.is_file()
        and not (name != MATRIX and entry.name.endswith(f"{MATRIX}{ending}"))
    )


def _only(folder: Path, paths: list[Path]) -> Path:
    if len(paths) > 1:
        names = ", ".join(path.name for path in paths)
        raise InputError(f"{folder}: more than one file of votes: {names}; give the one that is meant")
    return paths[0]


def _file(path: Path, wanted: str) -> Found:
    if _begins_with(path, PARQUET):
        if wanted not in (AUTO, LONG):
            raise InputError(f"{path}: Parquet is read as long only, not as {wanted}")
        return Found(LONG, path, path.parent, parquet=True)
    prefix = next(
        (
            path.name.removesuffix(f"{name}{ending}")
            for ending in ENDINGS
            for name in (MATRIX, "votes")
            if path.name.endswith(f"{name}{ending}")
        ),
        "",
    )
    format_ = _format_of(path) if wanted in (AUTO, POLIS) else wanted
    if wanted == POLIS and format_ not in (POLIS, WIDE):
        raise InputError(
            f"{path}, row 1: not an export of Polis; its votes have the columns timestamp, datetime, "
            "comment-id, voter-id and vote, or begin with participant"
        )
    return Found(format_, path, path.parent, "" if format_ == ROLLCALLS else prefix)


def _begins_with(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _format_of(path: Path) -> str:
    """What a CSV file is, by its header.

    Raises:
        InputError: the header fits nothing.
    """
    names = header_of(path, next(records_of(path), None))
    keys = [column_key(name) for name in names]
    roles = roles_in(names)
    if {"rcid", "country", "vote"} <= set(keys):
        return ROLLCALLS
    if all(mark in keys for mark in POLIS_MARKS):
        return POLIS
    if roles["vote"] or roles["demand"]:
        return LONG
    if keys[0] in ALIASES["party"]:
        return WIDE
    other = next((name for mark, name in OTHER_MARKS if len(names) == 1 and mark in names[0]), "")
    raise InputError(
        f"{path}, row 1: the columns {listed(names)} fit no known table of votes; a long one has party, "
        "demand and vote, and a wide one begins with party and has a column for each demand"
        + (f". The columns look separated by {other}; separate them by commas" if other else "")
    )


def is_matrix(found: Found) -> bool:
    """Whether what was found as Polis's is the matrix rather than the log of votes."""
    return found.format == POLIS and "vote" not in map(
        column_key, header_of(found.votes, next(records_of(found.votes), None))
    )
