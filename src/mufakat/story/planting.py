"""What is planted in the invented votes: every number that shapes them, in one place.

Agreement is given in log-odds (logits) of *agree* against *disagree* among those who do not pass:
0 is one half, 1.1 three quarters, 2.2 nine tenths, 3.7 ninety-seven or ninety-eight hundredths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from mufakat.story.demand import DIVIDES, EVERYWHERE, MIXED, UNHEARD
from mufakat.story.party import (
    AFRICA,
    ASIA_PACIFIC,
    CIVIL_SOCIETY,
    EASTERN_EUROPE,
    INDIVIDUAL,
    INTERGOVERNMENTAL,
    LATIN_AMERICA,
    STATE,
    THINK_TANK,
    WESTERN_EUROPE,
)

DEVELOPMENT: Final = "development first"
JUSTICE: Final = "justice first"
STABILITY: Final = "stability first"
OPINION_GROUPS: Final = (DEVELOPMENT, JUSTICE, STABILITY)

UNANIMOUS: Final = 3.7
WARM: Final = 2.4
LIKELY: Final = 1.3
LUKEWARM: Final = 0.15
SLIGHT: Final = 0.0
COOL: Final = -1.0
AGAINST: Final = -2.0

STANCES: Final[Mapping[str, tuple[float, float, float]]] = MappingProxyType(
    {
        # divides: one group for, another against
        "4": (WARM, COOL, AGAINST),
        "9": (LIKELY, WARM, AGAINST),
        "12": (LUKEWARM, WARM, AGAINST),
        "17": (COOL, AGAINST, WARM),
        "26": (AGAINST, WARM, LIKELY),
        "33": (LIKELY, AGAINST, WARM),
        "39": (WARM, LUKEWARM, AGAINST),
        "45": (AGAINST, WARM, COOL),
        "50": (LIKELY, WARM, AGAINST),
        # mixed: no group carries it and one is against it
        "7": (AGAINST, SLIGHT, SLIGHT),
        "11": (SLIGHT, AGAINST, SLIGHT),
        "18": (SLIGHT, SLIGHT, AGAINST),
        "19": (AGAINST, SLIGHT, SLIGHT),
        "23": (SLIGHT, AGAINST, SLIGHT),
        "25": (SLIGHT, SLIGHT, AGAINST),
        "29": (SLIGHT, SLIGHT, AGAINST),
        "32": (SLIGHT, SLIGHT, AGAINST),
        "34": (SLIGHT, SLIGHT, AGAINST),
        "36": (AGAINST, SLIGHT, SLIGHT),
        "38": (SLIGHT, SLIGHT, AGAINST),
        "40": (SLIGHT, SLIGHT, AGAINST),
        "43": (SLIGHT, AGAINST, SLIGHT),
        "46": (SLIGHT, SLIGHT, AGAINST),
        "47": (AGAINST, SLIGHT, SLIGHT),
        "49": (SLIGHT, SLIGHT, AGAINST),
        "51": (SLIGHT, AGAINST, SLIGHT),
        "52": (AGAINST, SLIGHT, SLIGHT),
        "54": (SLIGHT, SLIGHT, AGAINST),
        "55": (SLIGHT, SLIGHT, AGAINST),
        "57": (AGAINST, SLIGHT, SLIGHT),
        "58": (SLIGHT, SLIGHT, AGAINST),
        "59": (SLIGHT, SLIGHT, AGAINST),
        "60": (AGAINST, SLIGHT, SLIGHT),
        "2": (SLIGHT, AGAINST, SLIGHT),
        "13": (SLIGHT, SLIGHT, AGAINST),
        # mixed: every group carries it, but a kind or a region refuses, see REFUSED_BY
        "5": (WARM, LIKELY, LIKELY),
        "15": (WARM, LIKELY, WARM),
        "22": (LIKELY, LIKELY, WARM),
        "28": (WARM, LIKELY, LIKELY),
        "41": (WARM, LIKELY, LIKELY),
    }
)
"""Agreement of the three opinion groups, in the order of ``OPINION_GROUPS``, for demands that part them."""

REFUSED_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "5": THINK_TANK,
        "15": CIVIL_SOCIETY,
        "22": LATIN_AMERICA,
        "28": THINK_TANK,
        "41": THINK_TANK,
    }
)
"""The kind or region of parties that refuses a mixed demand, whatever its opinion groups say."""

REFUSAL: Final = -3.5
"""What refusing adds to a party's log-odds."""

SHARED_STANCES: Final[Mapping[str, float]] = MappingProxyType({EVERYWHERE: UNANIMOUS, UNHEARD: WARM})
"""Agreement of all three groups, for demands whose planted outcome is the same in each."""

LEANING: Final[Mapping[str, tuple[float, float, float]]] = MappingProxyType(
    {
        STATE: (0.48, 0.26, 0.26),
        INTERGOVERNMENTAL: (0.50, 0.32, 0.18),
        THINK_TANK: (0.41, 0.40, 0.19),
        CIVIL_SOCIETY: (0.33, 0.50, 0.17),
    }
)
"""How likely a party of each kind is to be in each opinion group; each row sums to one."""

REGIONAL_LEANING: Final[Mapping[str, tuple[float, float, float]]] = MappingProxyType(
    {
        AFRICA: (1.2, 1.0, 0.9),
        ASIA_PACIFIC: (1.1, 0.8, 1.1),
        EASTERN_EUROPE: (0.7, 0.9, 1.5),
        LATIN_AMERICA: (0.9, 1.3, 0.8),
        WESTERN_EUROPE: (0.7, 1.3, 1.0),
    }
)
"""Factors on ``LEANING``: a slant by region that is far too weak to make the groups the regions."""


@dataclass(frozen=True, slots=True)
class Planting:
    """The parameters of one round of invented votes; shares and chances are between 0 and 1."""

    leaning: Mapping[str, tuple[float, float, float]] = field(default_factory=lambda: LEANING)
    """How likely a party of each kind that may vote is to be in each opinion group."""
    voting_parties: int = 181
    """How many of the parties vote at all."""
    crossing_share: float = 0.10
    """Share of parties that stand between their own opinion group and another."""
    crossing_pull: float = 0.5
    """How far a crossing party's agreement moves to the other group's, 0 not at all, 1 fully."""
    party_spread: float = 0.2
    """Standard deviation, in logits, of a party's general readiness to agree."""
    doubt_of_refused: float = 0.0
    """What it adds to a party's log-odds that others refuse the demand, see ``REFUSED_BY``."""
    constituency_spread: float = 0.20
    """Standard deviation, in logits, of what a kind or a region makes of one demand beyond its groups."""

    typical_votes: float = 60.0
    """Median number of demands a party would answer, before it runs out of demands."""
    votes_spread: float = 0.60
    """Standard deviation of the logarithm of that number."""
    asked_together: int = 1
    """How many demands are put before a party at a time, so that it answers that many or none."""
    left_blank: float = 0.0
    """Share of the demands put before a party that it leaves without an answer."""
    sitting: int = 20
    """Answers in one sitting; a slow link is left for the day after that."""
    fewest_votes: int = 4
    unheard_attention: float = 0.12
    """Chance that an island or landlocked state answers an unheard demand that it was shown."""

    passing: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {EVERYWHERE: 0.03, DIVIDES: 0.12, UNHEARD: 0.12, MIXED: 0.15}
        )
    )
    """Chance to pass, by planted outcome."""
    changed_minds: float = 0.025
    """Share of answers that replace an earlier, different one."""
    unread_voters: int = 5
    """Parties that agree with everything, seconds apart."""
    copied_differences: float = 0.03
    """Share of answers in which the near-copy differs from the party it copies."""

    turnout_by_region: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {AFRICA: 1.0, ASIA_PACIFIC: 0.8, EASTERN_EUROPE: 1.0, LATIN_AMERICA: 0.7, WESTERN_EUROPE: 1.6}
        )
    )
    """Factor on the odds of voting at all."""
    turnout_by_language: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {"ar": 0.6, "en": 1.3, "es": 1.0, "fr": 1.0, "ru": 0.8, "zh": 0.7}
        )
    )
    """Factor on the odds of voting at all."""
    turnout_of_remote_states: float = 0.6
    """Factor on the odds of voting at all for island and landlocked states."""
    votes_by_language: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {"ar": 0.85, "en": 1.05, "es": 1.0, "fr": 0.95, "ru": 0.85, "zh": 0.8}
        )
    )
    """Factor on the number of demands answered."""
    votes_of_remote_states: float = 0.9
    """Factor on the number of demands answered by island and landlocked states."""

    remote_groups: tuple[str, ...] = ("LLDC", "SIDS")
    second_round_regions: tuple[str, ...] = (EASTERN_EUROPE, LATIN_AMERICA)
    """Regions that were hardly reached at first and are invited again, through a regional organisation."""
    opens: int = 1_746_403_200
    """First second of voting: 5 May 2025, 00:00 UTC."""
    second_round_after: int = 18 * 86_400
    """Seconds from opening to the second round of invitations."""
    closes: int = 1_751_241_600
    """Last second of voting: 30 June 2025, 00:00 UTC."""


PLANTING: Final = Planting()
"""The votes of the parties."""

PUBLIC_PLANTING: Final = Planting(
    leaning=MappingProxyType({INDIVIDUAL: (0.40, 0.37, 0.23)}),
    voting_parties=450,
    crossing_share=0.12,
    party_spread=0.3,
    doubt_of_refused=-0.7,
    constituency_spread=0.15,
    typical_votes=150.0,
    votes_spread=0.65,
    asked_together=10,
    left_blank=0.015,
    sitting=10,
    fewest_votes=10,
    changed_minds=0.015,
    unread_voters=7,
)
"""The public round: paper forms of ten demands each, filled in at markets, ferries and schools."""
