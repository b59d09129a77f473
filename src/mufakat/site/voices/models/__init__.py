"""What is stored of voices."""

from __future__ import annotations

from mufakat.site.voices.models.demands import Demand, Descent, Likeness, Passage
from mufakat.site.voices.models.moderation import Moderation
from mufakat.site.voices.models.study import Intake, StoredStudy
from mufakat.site.voices.models.submissions import Submission
from mufakat.site.voices.models.votes import EarlierVote, Showing, Vote

__all__ = [
    "Demand",
    "Descent",
    "EarlierVote",
    "Intake",
    "Likeness",
    "Moderation",
    "Passage",
    "Showing",
    "StoredStudy",
    "Submission",
    "Vote",
]
