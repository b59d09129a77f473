"""The sets of votes that the opinion study is measured on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

VOTES_EACH = 40
SEED = 7


@dataclass(frozen=True)
class Size:
    """A set of votes.

    Attributes:
        name: what it is asked for by.
        parties, demands: how many.
        votes: votes that stand in it, as they were first counted; another number means another set.
        peer: whether other programs are measured on it too.
        uneven: whether it is also studied with votes cast anew and opinion swaying what is voted on.
    """

    name: str
    parties: int
    demands: int
    votes: int
    peer: bool = True
    uneven: bool = True

    @property
    def label(self) -> str:
        """Such as 10k × 500."""
        return f"{_short(self.parties)} × {_short(self.demands)}"


SIZES: Mapping[str, Size] = MappingProxyType(
    {
        "small": Size("small", 10_000, 500, 361_245),
        "medium": Size("medium", 100_000, 1_000, 3_777_724),
        # A dense matrix of 1M × 2k doubles takes 16 GB, and red-dwarf holds several at once: no peer here.
        "large": Size("large", 1_000_000, 2_000, 38_831_254, peer=False, uneven=False),
    }
)
REVOTES = 0.03
EXPOSURE = 1.0


def _short(number: int) -> str:
    for unit, name in ((1_000_000, "M"), (1_000, "k")):
        if number >= unit and number % unit == 0:
            return f"{number // unit}{name}"
    return str(number)
