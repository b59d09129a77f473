"""The invented consultation as a timeline: its seven stages, and what is told of each.

The demonstration stands in the middle of *converge*: what came before is told in the past tense, what is to
come in the future tense.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TITLE: Final = "A Southern compact for peace and development"

SUMMARY: Final = (
    "A small secretariat has been asked, twelve months before a conference, to find out what the South wants "
    "said about peace and development, and to bring a text that all can adopt. "
    "Everything here is invented: no party, person, place or position is real."
)

MAP: Final = "map"
LISTEN: Final = "listen"
CONVERGE: Final = "converge"
DRAFT: Final = "draft"
ADOPT: Final = "adopt"
ACT: Final = "act"
LEARN: Final = "learn"

NOW: Final = CONVERGE
"""The stage in which the demonstration stands."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the consultation.

    Attributes:
        stage: its name, a word.
        title: what is done in it, in a few words.
        opens: first day, as in ``2025-05-05``; None where it is not set.
        closes: last day; None where it is not set.
        narrative: what happened or will happen, in two to four sentences.
    """

    stage: str
    title: str
    opens: str | None
    closes: str | None
    narrative: str


STAGES: Final = (
    Stage(
        MAP,
        "Who is to be heard",
        "2025-01-13",
        "2025-03-07",
        "The secretariat listed 250 parties from four address books, and all four had errors. "
        "The coverage board showed that Eastern Europe and Latin America and the Caribbean were hardly "
        "reached. "
        "A second round of invitations was agreed with a regional organisation, to go out while votes are "
        "cast.",
    ),
    Stage(
        LISTEN,
        "What they have to say",
        "2025-03-10",
        "2025-04-25",
        "Sixty submissions arrived in six languages: through the form, by letter, from meetings in five "
        "regions, from a farmers' radio call-in that was typed up, and from one round of mediators under the "
        "Chatham House rule. "
        "The secretariat drew sixty demands from them. "
        "Two submissions were not shown, each for a reason that its authors were told, and two came so late "
        "that they still wait on the desk.",
    ),
    Stage(
        CONVERGE,
        "Where they agree",
        "2025-05-05",
        "2025-06-29",
        "Voting is open, for the parties on this site and for the public on paper forms. "
        "So far there are three opinion groups that are not the regions: development first, justice first "
        "and stability first. "
        "Fourteen demands hold everywhere, among them one that everybody had thought divisive, land papers "
        "for returnees; nine divide. "
        "Six have not been heard enough among island and landlocked states.",
    ),
    Stage(
        DRAFT,
        "What the text says",
        "2025-07-07",
        "2025-10-31",
        "The chair will publish a zero draft of 40 units, and each will cite the demands that it answers. "
        "Parties and groups will propose changes, over three revisions, and the chair will offer bridging "
        "text where proposals are far apart. "
        "The hard ones are expected to be how climate and conflict are named together, a share for women in "
        "mediation teams, whether illicit financial flows are combated or addressed, who pays for exchanges, "
        "and how civil society is named.",
    ),
    Stage(
        ADOPT,
        "Until all can say yes",
        "2025-11-03",
        "2025-12-19",
        "The last revision will be put under silence: it will be adopted unless a party speaks against it in "
        "time. "
        "If silence is broken, the chair will look for a bridge and put the text under silence again. "
        "Explanations of position and reservations will be recorded beside the text.",
    ),
    Stage(
        ACT,
        "Who does what, and by when",
        "2026-01-12",
        None,
        "States, agencies and think tanks will say what they commit themselves to, and by when. "
        "Those who need something and those who can offer it will be brought together in exchanges. "
        "A year later each will be asked to report, and it will be shown who is on time, who is late and who "
        "is silent.",
    ),
    Stage(
        LEARN,
        "What to do better",
        None,
        None,
        "Parties and secretariat will write down what they learned, beginning with what the radio call-in "
        "changed and which early invitations would have saved a round. "
        "They will leave recommendations for whoever holds the next consultation.",
    ),
)
"""The seven stages in their order."""
