"""Subjects of acts that belong to no consultation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteSubject:
    """The site as a whole."""

    consultation_id: int | None = None


THE_SITE = SiteSubject()
