"""Counted things in words, so that one demand is never “1 demands” in any language."""

from __future__ import annotations

from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import ngettext_lazy

NOUNS: Final[dict[str, Any]] = {
    "answer": ngettext_lazy("%(number)s answer", "%(number)s answers", "count"),
    "character": ngettext_lazy("%(number)s character", "%(number)s characters", "count"),
    "constituency": ngettext_lazy("%(number)s constituency", "%(number)s constituencies", "count"),
    "consultation": ngettext_lazy("%(number)s consultation", "%(number)s consultations", "count"),
    "day": ngettext_lazy("%(number)s day", "%(number)s days", "count"),
    "demand": ngettext_lazy("%(number)s demand", "%(number)s demands", "count"),
    "event": ngettext_lazy("%(number)s event", "%(number)s events", "count"),
    "file": ngettext_lazy("%(number)s file", "%(number)s files", "count"),
    "group": ngettext_lazy("%(number)s group", "%(number)s groups", "count"),
    "hour": ngettext_lazy("%(number)s hour", "%(number)s hours", "count"),
    "invitation": ngettext_lazy("%(number)s invitation", "%(number)s invitations", "count"),
    "language": ngettext_lazy("%(number)s language", "%(number)s languages", "count"),
    "member": ngettext_lazy("%(number)s member", "%(number)s members", "count"),
    "party": ngettext_lazy("%(number)s party", "%(number)s parties", "count"),
    "passage": ngettext_lazy("%(number)s passage", "%(number)s passages", "count"),
    "person": ngettext_lazy("%(number)s person", "%(number)s people", "count"),
    "request": ngettext_lazy("%(number)s request", "%(number)s requests", "count"),
    "row": ngettext_lazy("%(number)s row", "%(number)s rows", "count"),
    "submission": ngettext_lazy("%(number)s submission", "%(number)s submissions", "count"),
    "theme": ngettext_lazy("%(number)s theme", "%(number)s themes", "count"),
    "translation": ngettext_lazy("%(number)s translation", "%(number)s translations", "count"),
    "vote": ngettext_lazy("%(number)s vote", "%(number)s votes", "count"),
}


def grouped(number: float) -> str:
    """A number as the reader's language writes it, with its thousands apart."""
    return str(number_format(number, use_l10n=True, force_grouping=True))


def count_in_words(number: int, noun: str) -> str:
    """``1 demand``, ``1,240 demands``.

    Raises:
        KeyError: a noun that is not in `NOUNS`; add it there, with its plural.
    """
    return str(NOUNS[noun] % {"count": number, "number": grouped(number)})
