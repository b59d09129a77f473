"""The invented consultation that the demonstration, the documentation and many tests share.

*A Southern compact for peace and development*: 250 parties with the 400 people who act for them, 60 demands
in six languages, and about 8,500 votes of parties and 26,000 of a public round, in which three opinion groups
are planted that are not the regions. All of it is invented: the parties are placed in real regions and kinds
of body, but none of them exists, nor does any of the people.

>>> from mufakat import story
>>> len(story.parties()), len(story.people()), len(story.demands())
(250, 400, 60)
"""

from __future__ import annotations

from mufakat.story.casting import VoteEvent
from mufakat.story.demand import Demand, demands
from mufakat.story.party import GROUPS, Party, parties
from mufakat.story.person import Person, people
from mufakat.story.public import individuals, planted_public_groups, public_votes
from mufakat.story.submission import Submission, submissions
from mufakat.story.voting import planted_groups, votes
from mufakat.story.writing import write

__all__ = [
    "GROUPS",
    "Demand",
    "Party",
    "Person",
    "Submission",
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
