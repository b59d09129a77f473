"""Looking an installation over: each room looks at one thing, and says what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from mufakat.site.operating.checking.finding import Finding

__all__ = ["Finding", "look"]


def look() -> Iterator[Finding]:
    """Everything there is to look at, once the settings could be read; nothing is changed by looking."""
    from mufakat.site.operating.checking import addresses, database, folder, mail, worker

    yield from folder.findings()
    yield from database.findings()
    yield from addresses.findings()
    yield from mail.findings()
    yield from worker.findings()
