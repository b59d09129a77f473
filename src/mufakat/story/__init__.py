"""The invented consultation that the demonstration, the documentation and many tests share.

*A Southern compact for peace and development*: 250 parties, 60 demands in six languages and about 8,500
votes in which three opinion groups are planted that are not the regions. All of it is invented: the parties
are placed in real regions and kinds of body, but none of them exists.

>>> from mufakat import story
>>> len(story.parties()), len(story.demands())
(250, 60)
"""

from __future__ import annotations

from mufakat.story.demand import Demand, demands
from mufakat.story.party import GROUPS, Party, parties
from mufakat.story.voting import VoteEvent, planted_groups, votes
from mufakat.story.writing import write

__all__ = ["GROUPS", "Demand", "Party", "VoteEvent", "demands", "parties", "planted_groups", "votes", "write"]
