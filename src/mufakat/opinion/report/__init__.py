"""The report of a study: one HTML file to read anywhere, without script, with nothing fetched."""

from __future__ import annotations

from pathlib import Path

from mufakat.opinion.report.page import report_text
from mufakat.opinion.result import Study

__all__ = ["report_text", "write_report"]


def write_report(study: Study, path: str | Path) -> Path:
    """Write the report of `study` to the file `path` (UTF-8) and return that path.

    The same study gives the same bytes.

    Raises:
        OSError: the file cannot be written.
    """
    path = Path(path)
    path.write_text(report_text(study), encoding="utf-8", newline="\n")
    return path
