"""The study as everybody may see it: nothing that tells of fewer parties than the consultation allows."""

from __future__ import annotations

from mufakat.opinion.constituencies import Constituencies
from mufakat.opinion.reading.result import Reading
from mufakat.opinion.result import Study
from mufakat.opinion.study import visible
from mufakat.opinion.suppression import suppressed


def for_everybody(found: Study, reading: Reading, *, least: int) -> Study:
    """The study without its small cells, also where they would follow from differences.

    Raises:
        StudyError: a study of fewer parties than that as a whole.
    """
    declared = reading.constituencies or Constituencies()
    return suppressed(found, declared.aligned(found.parties.id), visible(reading), least=least)
