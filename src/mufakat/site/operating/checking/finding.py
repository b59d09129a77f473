"""What one look found."""

from __future__ import annotations

from dataclasses import dataclass

GOOD, NOTE, WRONG = "good", "note", "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: was looked at, in a few words.
        state: ``good``, ``note`` (works, and is good to know) or ``wrong``.
        seen: what it is like, and what follows from that.
        mend: what to do; empty where nothing is to be done.
    """

    what: str
    state: str
    seen: str
    mend: str = ""


def good(what: str, seen: str) -> Finding:
    """Something as it should be."""
    return Finding(what, GOOD, seen)


def note(what: str, seen: str, mend: str = "") -> Finding:
    """Something that works, and that whoever runs the site should know."""
    return Finding(what, NOTE, seen, mend)


def wrong(what: str, seen: str, mend: str) -> Finding:
    """Something to be mended."""
    return Finding(what, WRONG, seen, mend)
