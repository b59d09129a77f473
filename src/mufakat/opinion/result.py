"""What a study finds, as plain frozen values; `study.json` is this, see `docs/study-json.md`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.votes import Floats

SCHEMA = "mufakat.study/1"
OPINION_GROUPS = "opinion group"
# All parties together are a constituency of a family of its own.
EVERYONE_FAMILY = "all parties"
EVERYONE = "everyone"
# So many parties of a constituency must have voted on a demand for it to be heard; see `consensus`.
HEARD_PARTIES = 3


class State(StrEnum):
    """What can be said of a demand in every constituency together."""

    EVERYWHERE = "holds everywhere"
    CONTESTED = "contested"
    UNHEARD = "not heard enough"


@dataclass(frozen=True)
class Standing:
    """How one constituency stands to a demand.

    Attributes:
        family: what divides the parties here: `kind`, `region`, `group: LDC`, `opinion group`.
        name: the constituency.
        n: votes cast in it, passes included (an effective number where votes are weighted).
        agree: share that agrees, pooled with the other constituencies of the family, 0 to 1.
        low, high: 90 % interval of that share.
    """

    family: str
    name: str
    n: float
    agree: float
    low: float
    high: float


@dataclass(frozen=True)
class DemandResult:
    """What became clear of one demand.

    Attributes:
        agree, disagree, passes: votes counted, last vote of each party; None where they are withheld.
        adjusted: share that agrees once uneven exposure is weighted for, 0 to 1; None without votes.
        score: lowest lower bound over all constituencies, 0 to 1.
        binding: the constituency that has it, as (family, name); None where there is no constituency, or
            where it is withheld.
        constituencies: the standing of every constituency, all families, but of those that are withheld.
        flip: for a demand that holds everywhere, the fewest added votes that would end that; else None.
        divides: names of the opinion groups of which the first's majority agrees and the second's does not,
            each beyond doubt (lower bound above, upper bound below one half); None where there are none.
        language: BCP 47 tag of `text`, or "" where unknown.
    """

    id: str
    text: str
    language: str
    agree: int | None
    disagree: int | None
    passes: int | None
    adjusted: float | None
    state: State
    score: float
    binding: tuple[str, str] | None
    constituencies: tuple[Standing, ...]
    flip: int | None
    divides: tuple[str, str] | None


@dataclass(frozen=True)
class Representative:
    """A demand on which an opinion group stands out from everybody else.

    Attributes:
        group: letter of the group. demand: id. side: +1 where it agrees more, -1 where it disagrees more.
        share: the group's share on that side. rest: everybody else's share on that side.
        p: p-value of the difference. q: Benjamini-Hochberg adjusted over all tests of the study.
    """

    group: str
    demand: str
    side: int
    share: float
    rest: float
    p: float
    q: float


@dataclass(frozen=True, eq=False)
class PartyResults:
    """The parties on the map, column by column, in canonical order of their ids.

    Attributes:
        id, name: shape (P,); all empty where they are withheld.
        x, y: shape (P,); places on the first two axes (y is 0 where there is one axis).
        group: shape (P,), int; index into `GroupsResult.names`, or -1 where it is withheld.
        membership: shape (P,); probability that the party belongs to that group, 0 to 1.
        votes: shape (P,); votes cast, passes included; all 0 where they are withheld.
    """

    id: Sequence[str]
    name: Sequence[str]
    x: Floats
    y: Floats
    group: NDArray[np.integer]
    membership: Floats
    votes: NDArray[np.integer]


@dataclass(frozen=True)
class StabilityPoint:
    """How stable k groups are, beside one cloud without groups; see `mufakat.opinion.stability`."""

    k: int
    value: float
    reference: float
    margin: float


@dataclass(frozen=True)
class GroupsResult:
    """The opinion groups; k = 1 means that none stand out.

    Attributes:
        names: letters, largest group first. sizes: parties by their likeliest group, or None
            where that is withheld.
        axes: how many axes both halves of the parties show. stability: one point a k that was tried.
        forced: whether k was asked for and not chosen.
    """

    k: int
    names: tuple[str, ...]
    sizes: tuple[int | None, ...]
    axes: int
    stability: tuple[StabilityPoint, ...]
    forced: bool


@dataclass(frozen=True)
class Coverage:
    """How much of a constituency was heard.

    Attributes:
        declared: parties it has. heard: parties of it that cast a vote. votes: votes they cast,
            or None where that is withheld.
    """

    family: str
    name: str
    declared: int
    heard: int
    votes: int | None


@dataclass(frozen=True)
class Exposure:
    """How uneven the showing of demands was, and how much weighting for it changes the picture.

    Attributes:
        source: `showings` where they were logged, `votes` where exposure is read from who voted, `weights`
            where the votes carry weights.
        uneven: share of demands whose exposure differs between opinion groups beyond chance.
        largest: largest change in a demand's agreement, 0 to 1. mean: mean change.
        states: how many demands change their state. axis: absolute cosine of the first axis before and after.
        moved: share of parties that change their opinion group.
    """

    source: str
    uneven: float
    largest: float
    mean: float
    states: int
    axis: float
    moved: float


@dataclass(frozen=True)
class Integrity:
    """Parties whose votes look unread or copied; a list to look at, never a verdict.

    Attributes:
        straight: (party, vote, votes cast) of parties that vote alike on everything, beyond chance.
        alike: (first party, second party, demands in common, share voted alike) of near-duplicate voters.
    """

    straight: tuple[tuple[str, int, int], ...]
    alike: tuple[tuple[str, str, int, float], ...]


@dataclass(frozen=True)
class RowCount:
    """What became of each row read: read = kept + superseded + rejected."""

    read: int
    kept: int
    superseded: int
    rejected: int


@dataclass(frozen=True, eq=False)
class Study:
    """The whole study of a consultation's votes.

    Attributes:
        title: of the consultation. invented: whether it is made up, and must say so on every page.
        explained: share of the votes' spread that each axis of the map explains.
        seed: what everything random was drawn with.
        least: what would tell of fewer parties than this is withheld, see `mufakat.opinion.suppression`; 0
            where nothing is.
    """

    title: str
    invented: bool
    parties: PartyResults
    demands: tuple[DemandResult, ...]
    explained: tuple[float, ...]
    groups: GroupsResult
    representative: tuple[Representative, ...]
    coverage: tuple[Coverage, ...]
    exposure: Exposure
    integrity: Integrity
    rows: RowCount
    seed: int
    least: int = 0
    schema: str = SCHEMA
    notes: Mapping[str, str] = field(default_factory=dict)
