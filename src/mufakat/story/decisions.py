"""What the invented secretariat decided about demands, each time with its reason.

Nothing of this changes the demands themselves: they stay as they were made, and a decision is a link beside
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Merge:
    """Two demands that ask the same.

    Attributes:
        stays: number of the demand that goes on.
        joins: number of the demand that is carried on by the other.
        decided: the day, as in ``2025-06-24``.
        reason: why these two, and why this one stays, in one sentence.
    """

    stays: str
    joins: str
    decided: str
    reason: str


@dataclass(frozen=True, slots=True)
class Split:
    """One demand that asks several things.

    Attributes:
        demand: its number.
        parts: the asks that it holds, each as a sentence of its own, in English.
        decided: the day.
        reason: why, in one sentence.
    """

    demand: str
    parts: tuple[str, ...]
    decided: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reword:
    """One demand whose wording was made plainer.

    Attributes:
        demand: its number.
        before: the English text as it was.
        after: the English text as it is shown.
        decided: the day.
        reason: why, in one sentence.
    """

    demand: str
    before: str
    after: str
    decided: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reversal:
    """One demand that a moderator took out and another put back.

    Attributes:
        demand: its number.
        hidden: the day on which it was taken out.
        why_hidden: the reason given then, in one sentence.
        restored: the day on which it was put back.
        why_restored: the reason given then, in one sentence.
    """

    demand: str
    hidden: str
    why_hidden: str
    restored: str
    why_restored: str


MERGES: Final = (
    Merge(
        "27",
        "31",
        "2025-06-24",
        "Both ask for the title before the field is sown; the one from Oshara stays because it came first "
        "and names the harvest as the limit.",
    ),
    Merge(
        "5",
        "41",
        "2025-06-24",
        "Both ask that climate money for poor countries be given and not lent; the first stays because it "
        "says grants, the word that budgets use.",
    ),
    Merge(
        "18",
        "46",
        "2025-06-24",
        "Both ask that contracts for mines and oil be published before they are signed; the first stays "
        "because it says that every contract is meant.",
    ),
    Merge(
        "9",
        "50",
        "2025-06-24",
        "Both ask for the verb combat instead of address; the first stays because it came first, and the "
        "reason that the second gives is kept beside it.",
    ),
)
"""The four pairs that turned out to ask the same."""

SPLIT: Final = Split(
    "59",
    (
        "Fund community radio.",
        "Protect the people who work in community radio.",
        "Let community radio read out the court lists.",
    ),
    "2025-06-24",
    "It asks three things at once, and some who want two of them had to vote against all three.",
)
"""The one demand that asks several things at once."""

REWORD: Final = Reword(
    "32",
    "Rebuilding contracts must pay local apprentices from the first month.",
    "Rebuilding contracts must pay local apprentices from the first month of work.",
    "2025-05-02",
    "Readers asked whether the month after the signature was meant, and the apprentices said it was the "
    "month in which the work begins.",
)
"""The one small change of wording, made before voting opened and agreed with those who asked."""

REVERSAL: Final = Reversal(
    "19",
    "2025-04-02",
    "It was read as support for armed groups that are on a list.",
    "2025-04-04",
    "It asks that mediators be allowed to talk to everyone and takes nobody's side, so a second moderator "
    "put it back.",
)
"""The one act of moderation that was taken back."""
