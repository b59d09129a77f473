"""A study as files for other programs: `study.json` and CSV tables.

Equal studies give equal bytes: keys stand in one order, floats carry `DIGITS` significant digits, and nothing
tells when or where the file was written. `docs/study-json.md` describes every key.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, Final

from mufakat.opinion.result import DemandResult, GroupsResult, PartyResults, Study

DIGITS: Final = 6
# Rows joined before they are written, so that a million parties are neither one string nor a million writes.
BLOCK: Final = 10_000
# A spreadsheet takes a cell that begins so for a formula, or skips over the space to one.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | None


def as_json(study: Study) -> dict[str, Any]:
    """The study in dicts, lists, strings, numbers, booleans and None alone; what `write_json` writes."""
    return {
        "schema": study.schema,
        "title": study.title,
        "invented": study.invented,
        "seed": study.seed,
        "least": study.least,
        "parties": [json.loads(row) for row in _party_rows(study.parties, study.groups.names)],
        **_all_but_parties(study),
    }


def write_json(study: Study, path: str | Path) -> Path:
    """Write `study.json` (UTF-8, one line a party and a demand) to `path` and return that path.

    Raises:
        OSError: the file cannot be written.
    """
    path = Path(path)
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write("{\n")
        for key in ("schema", "title", "invented", "seed", "least"):
            file.write(f"{_text(key)}: {_dumped(getattr(study, key))},\n")
        file.write('"parties": ')
        _write_list(file, _party_rows(study.parties, study.groups.names))
        for key, value in _all_but_parties(study).items():
            file.write(f",\n{_text(key)}: ")
            if isinstance(value, list):
                _write_list(file, map(_dumped, value))
            else:
                file.write(_dumped(value))
        file.write("\n}\n")
    return path


def write_csvs(study: Study, folder: str | Path) -> tuple[Path, ...]:
    """Write `parties.csv`, `demands.csv`, `constituencies.csv`, `representative.csv` and `coverage.csv`.

    They are meant for people with a spreadsheet: UTF-8, comma, quoted where needed; a text or an id that a
    spreadsheet would take for a formula gets a leading apostrophe (`study.json` has them as they are).

    Returns:
        The paths, in that order.

    Raises:
        OSError: a file cannot be written; the folder must exist.
    """
    folder = Path(folder)
    tables: tuple[tuple[str, Sequence[str], Iterable[Sequence[Cell]]], ...] = (
        (
            "parties.csv",
            ("party", "name", "group", "membership", "x", "y", "votes"),
            _party_cells(study.parties, study.groups.names),
        ),
        (
            "demands.csv",
            (
                *("demand", "language", "text", "agree", "disagree", "pass", "state", "score"),
                *("binding_family", "binding_name", "adjusted", "flip", "divides_for", "divides_against"),
            ),
            map(_demand_cells, study.demands),
        ),
        (
            "constituencies.csv",
            ("demand", "family", "constituency", "votes", "agree", "low", "high"),
            (
                (demand.id, s.family, s.name, s.n, s.agree, s.low, s.high)
                for demand in study.demands
                for s in demand.constituencies
            ),
        ),
        (
            "representative.csv",
            ("group", "demand", "side", "share", "rest", "p", "q"),
            (
                (r.group, r.demand, "agree" if r.side > 0 else "disagree", r.share, r.rest, r.p, r.q)
                for r in study.representative
            ),
        ),
        (
            "coverage.csv",
            ("family", "constituency", "declared", "heard", "votes"),
            ((c.family, c.name, c.declared, c.heard, c.votes) for c in study.coverage),
        ),
    )
    return tuple(_write_table(folder / name, header, rows) for name, header, rows in tables)


def guarded(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def rounded(value: float | None) -> float | None:
    """A number to `DIGITS` significant digits; None for what is not finite, and for None."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}") + 0.0


def _text(text: str) -> str:
    return str(encode_basestring(text))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _write_list(file: Any, rows: Iterator[str]) -> None:
    first = next(rows, None)
    if first is None:
        file.write("[]")
        return
    block = ["[\n", first]
    for row in rows:
        block.append(",\n")
        block.append(row)
        if len(block) > 2 * BLOCK:
            file.write("".join(block))
            block.clear()
    file.write("".join(block))
    file.write("\n]")


def _party_columns(parties: PartyResults) -> Iterator[tuple[str, str, int, float, float, float, int]]:
    """The parties row by row as plain Python values; a block of rows is converted at a time."""
    for start in range(0, len(parties.id), BLOCK):
        part = slice(start, start + BLOCK)
        yield from zip(
            parties.id[part],
            parties.name[part],
            parties.group[part].tolist(),
            parties.membership[part].tolist(),
            parties.x[part].tolist(),
            parties.y[part].tolist(),
            parties.votes[part].tolist(),
            strict=True,
        )


def _party_rows(parties: PartyResults, names: Sequence[str]) -> Iterator[str]:
    # The last one is found by -1, the group of a party of which no group is told.
    letters = [*map(_text, names), "null"]
    for party, name, group, membership, x, y, votes in _party_columns(parties):
        yield (
            f'{{"id": {_text(party)}, "name": {_text(name)}, "group": {letters[group]}, '
            f'"membership": {_number(membership)}, "x": {_number(x)}, "y": {_number(y)}, "votes": {votes}}}'
        )


def _number(value: float) -> str:
    short = f"{value:.{DIGITS}g}"
    return short if value - value == 0 else "null"


def _party_cells(parties: PartyResults, names: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    letters = [*names, None]
    for party, name, group, membership, x, y, votes in _party_columns(parties):
        yield party, name, letters[group], membership, x, y, votes


def _all_but_parties(study: Study) -> dict[str, Any]:
    exposure, integrity, rows = study.exposure, study.integrity, study.rows
    return {
        "demands": [_demand(demand) for demand in study.demands],
        "axes": {"explained": [rounded(share) for share in study.explained]},
        "groups": _groups(study.groups),
        "rows": {
            "read": rows.read,
            "kept": rows.kept,
            "superseded": rows.superseded,
            "rejected": rows.rejected,
        },
        "representative": [
            {
                "group": row.group,
                "demand": row.demand,
                "side": row.side,
                "share": rounded(row.share),
                "rest": rounded(row.rest),
                "p": rounded(row.p),
                "q": rounded(row.q),
            }
            for row in study.representative
        ],
        "coverage": [
            {
                "family": row.family,
                "name": row.name,
                "declared": row.declared,
                "heard": row.heard,
                "votes": row.votes,
            }
            for row in study.coverage
        ],
        "exposure": {
            "source": exposure.source,
            "uneven": rounded(exposure.uneven),
            "largest": rounded(exposure.largest),
            "mean": rounded(exposure.mean),
            "states": exposure.states,
            "axis": rounded(exposure.axis),
            "moved": rounded(exposure.moved),
        },
        "integrity": {
            "straight": [{"party": p, "vote": vote, "votes": n} for p, vote, n in integrity.straight],
            "alike": [
                {"parties": [first, second], "common": n, "alike": rounded(share)}
                for first, second, n, share in integrity.alike
            ],
        },
        "notes": dict(sorted(study.notes.items())),
    }


def _demand(demand: DemandResult) -> dict[str, Any]:
    binding = demand.binding
    return {
        "id": demand.id,
        "text": demand.text,
        "language": demand.language,
        "agree": demand.agree,
        "disagree": demand.disagree,
        "pass": demand.passes,
        "adjusted": rounded(demand.adjusted),
        "state": demand.state.value,
        "score": rounded(demand.score),
        "binding": None if binding is None else {"family": binding[0], "name": binding[1]},
        "constituencies": [
            {
                "family": s.family,
                "name": s.name,
                "n": rounded(s.n),
                "agree": rounded(s.agree),
                "low": rounded(s.low),
                "high": rounded(s.high),
            }
            for s in demand.constituencies
        ],
        "flip": demand.flip,
        "divides": None if demand.divides is None else list(demand.divides),
    }


def _groups(groups: GroupsResult) -> dict[str, Any]:
    points = groups.stability
    return {
        "k": groups.k,
        "stability": {str(point.k): rounded(point.value) for point in points},
        "reference": {str(point.k): rounded(point.reference) for point in points},
        "margin": {str(point.k): rounded(point.margin) for point in points},
        "sizes": list(groups.sizes),
        "names": list(groups.names),
        "axes": groups.axes,
        "forced": groups.forced,
    }


def _demand_cells(demand: DemandResult) -> tuple[Cell, ...]:
    binding, divides = demand.binding or (None, None), demand.divides or (None, None)
    return (
        *(demand.id, demand.language, demand.text, demand.agree, demand.disagree, demand.passes),
        *(demand.state.value, demand.score, *binding, demand.adjusted, demand.flip, *divides),
    )


def _write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Path:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(chain([header], ([_cell(value) for value in row] for row in rows)))
    return path


def _cell(value: Cell) -> str | int | float | None:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, float):
        return _number(value) if value - value == 0 else None
    return value
