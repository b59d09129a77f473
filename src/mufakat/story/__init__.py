"""The invented consultation that the demonstration, the documentation and many tests share.

*A Southern compact for peace and development*: 250 parties with the 400 people who act for them, 60
submissions in six languages with the 60 demands that were drawn from them, and about 8,700 votes of parties
and 26,400 of a public round, in which three opinion groups are planted that are not the regions. Beside them
stand the stages of the consultation and what its secretariat decided. All of it is invented: parties are
placed in real regions and kinds of body, but none of them exists, nor does any of the people.

>>> from mufakat import story
>>> len(story.parties()), len(story.people()), len(story.submissions()), len(story.demands())
(250, 400, 60, 60)
"""

from __future__ import annotations

from mufakat.story.casting import VoteEvent
from mufakat.story.decisions import MERGES, REVERSAL, REWORD, SPLIT, Merge, Reversal, Reword, Split
from mufakat.story.demand import Demand, demands
from mufakat.story.party import GROUPS, Party, parties
from mufakat.story.person import Person, people
from mufakat.story.public import individuals, planted_public_groups, public_votes
from mufakat.story.stages import STAGES, SUMMARY, TITLE, Stage
from mufakat.story.submission import Submission, submissions
from mufakat.story.theme import THEMES, Theme
from mufakat.story.voting import planted_groups, votes
from mufakat.story.writing import write

__all__ = [
    "GROUPS",
    "MERGES",
    "REVERSAL",
    "REWORD",
    "SPLIT",
    "STAGES",
    "SUMMARY",
    "THEMES",
    "TITLE",
    "Demand",
    "Merge",
    "Party",
    "Person",
    "Reversal",
    "Reword",
    "Split",
    "Stage",
    "Submission",
    "Theme",
    "VoteEvent",
    "demands",
    "individuals",
    "parties",
    "people",
    "planted_groups",
    "planted_public_groups",
    "public_votes",
    "submissions",
    "votes",
    "write",
]
