"""Files as they are sent or written: CSV that no spreadsheet takes for formulas, and JSON; row by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.reading import source
from mufakat.site.voices.exports.files import EVERYTHING, STUDY, STUDY_TABLES, Table, tables_for
from mufakat.site.voices.exports.scope import Scope, scope_of
from mufakat.site.voices.exports.tables import Cell
from mufakat.site.voices.queries.standing import audience_of
from mufakat.site.voices.study.shown import hidden_now, without
from mufakat.site.voices.study.stored import Found, stored


class _Line:
    """Gives back what is written to it, for a writer that wants a file."""

    def write(self, line: str) -> str:
        return line


def csv_of(table: Table, scope: Scope) -> Iterator[str]:
    """A table as CSV, a line at a time."""
    from mufakat.opinion.writing import guarded

    writer = csv.writer(_Line(), lineterminator="\n")
    yield writer.writerow(table.header)
    for row in table.rows(scope):
        yield writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])


def json_of(table: Table, scope: Scope) -> Iterator[str]:
    """A table as a JSON list of objects, a row at a time."""
    yield from _list(dict(zip(table.header, row, strict=True)) for row in table.rows(scope))


def everything(scope: Scope) -> Iterator[str]:
    """All that a reader may have, as one JSON object: every table by name, and the study."""
    consultation = scope.consultation
    about = {
        "slug": consultation.slug,
        "title": source(consultation.title).body,
        "summary": source(consultation.summary).body,
        "invented": consultation.invented,
    }
    yield '{\n"consultation": ' + json.dumps(about, ensure_ascii=False)
    for table in tables_for(scope):
        yield f",\n{json.dumps(table.name)}: "
        yield from json_of(table, scope)
    found = study_for(scope)
    yield ',\n"study": ' + (study_json(found) if found is not None else "null") + "\n}\n"


def study_for(scope: Scope) -> Found | None:
    """The study that a reader may have; None where there is none yet."""
    return stored(scope.consultation.pk, audience_of(scope.actor, scope.consultation))


def study_json(found: Found) -> str:
    """The study as JSON, without what moderators took out of sight since it was made."""
    from mufakat.opinion.writing import as_json

    whole = found.study
    shown = without(whole, hidden_now(found.consultation))
    return found.text if shown is whole else json.dumps(as_json(shown), ensure_ascii=False, allow_nan=False)


def study_table(found: Found, name: str) -> str:
    """One of the study's tables as CSV, by the name of its file."""
    with TemporaryDirectory() as folder:
        return next(path for path in _study_tables(found, Path(folder)) if path.stem == name).read_text(
            encoding="utf-8"
        )


def write_export(*, actor: Actor, consultation: Consultation, folder: str | Path) -> list[Path]:
    """Write all that the actor may have into a folder, which is made where it is missing.

    A folder of the team's can be studied as it is: `./mufakat opinion study FOLDER`.

    Returns:
        The files, in the order in which they were written.

    Raises:
        Refused: the actor may not read the consultation. OSError: the folder cannot be written.
    """
    scope = scope_of(actor, consultation)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in tables_for(scope):
        path = folder / f"{table.name}.csv"
        # A table of showings without rows would say that nothing was shown, where nothing was logged.
        lines = list(csv_of(table, scope)) if table.name == "showings" else csv_of(table, scope)
        if isinstance(lines, list) and len(lines) < 2:
            path.unlink(missing_ok=True)
            continue
        written.append(_write(path, lines))
    found = study_for(scope)
    if found is not None:
        written.append(_write(folder / f"{STUDY}.json", [study_json(found)]))
        (folder / STUDY).mkdir(exist_ok=True)
        written += _study_tables(found, folder / STUDY)
    written.append(_write(folder / f"{EVERYTHING}.json", everything(scope)))
    return written


def _study_tables(found: Found, folder: Path) -> list[Path]:
    from mufakat.opinion.writing import write_csvs

    study = without(found.study, hidden_now(found.consultation))
    known = {name for name, _what in STUDY_TABLES}
    paths = [path.rename(path.with_stem(f"study-{path.stem}")) for path in write_csvs(study, folder)]
    return [path for path in paths if path.stem in known]


def _write(path: Path, lines: Iterable[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)
    return path


def _list(rows: Iterable[dict[str, Cell]]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False, allow_nan=False)
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"
