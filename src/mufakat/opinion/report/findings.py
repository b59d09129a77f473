"""What the report says first: each demand under one heading, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from mufakat.opinion.report.words import ALL
from mufakat.opinion.result import (
    EVERYONE,
    EVERYONE_FAMILY,
    HEARD_PARTIES,
    OPINION_GROUPS,
    Coverage,
    DemandResult,
    Standing,
    State,
    Study,
)


class Heading(StrEnum):
    """The four lists of the report; the value is the anchor of its section."""

    EVERYWHERE = "everywhere"
    DIVIDES = "divides"
    CONTESTED = "contested"
    UNHEARD = "unheard"


@dataclass(frozen=True)
class Findings:
    """A study, sorted for reading.

    Attributes:
        lists: every demand exactly once, under its heading, in the order in which it is shown.
        anchors: where each demand stands in the page, by id.
        declared: how many parties each constituency has, by family and name, where that is known.
        link: where a demand has a page of its own, by id; None in the report, which holds all of them.
    """

    study: Study
    lists: dict[Heading, tuple[DemandResult, ...]]
    anchors: dict[str, str]
    declared: dict[tuple[str, str], int]
    link: Callable[[str], str] | None = None

    @classmethod
    def of(cls, study: Study, link: Callable[[str], str] | None = None) -> Findings:
        """Sort the demands of a study."""
        study = as_one(study) if study.groups.k < 2 else study
        sorted_lists: dict[Heading, list[DemandResult]] = {heading: [] for heading in Heading}
        for demand in study.demands:
            sorted_lists[heading_of(demand)].append(demand)
        sorted_lists[Heading.EVERYWHERE].sort(key=lambda demand: -demand.score)
        sorted_lists[Heading.DIVIDES].sort(key=lambda demand: (demand.divides or ("", ""), -gap(demand)))
        sorted_lists[Heading.CONTESTED].sort(key=lambda demand: -demand.score)
        sorted_lists[Heading.UNHEARD].sort(key=lambda demand: -demand.score)
        lists = {heading: tuple(found) for heading, found in sorted_lists.items()}
        anchors = {demand.id: f"d{i}" for i, demand in enumerate(study.demands, start=1)}
        declared = {(row.family, row.name): row.declared for row in study.coverage}
        return cls(study, lists, anchors, declared, link)

    def hardly_heard(self, standing: Standing) -> bool:
        """Whether fewer parties of a constituency voted than consensus asks for."""
        declared = self.declared.get((standing.family, standing.name), HEARD_PARTIES)
        return standing.n < min(HEARD_PARTIES, max(declared, 1))

    def waiting(self, demand: DemandResult) -> list[Standing]:
        """The constituencies whose votes would tell how a demand stands, the fewest votes first.

        They are those that were hardly heard or whose interval lies on both sides of one half; where there
        are none, the one that binds.
        """
        found = [s for s in demand.constituencies if self.hardly_heard(s) or s.low <= 0.5 <= s.high]
        found = [s for s in found if (s.family, s.name) != ALL] or found
        if not found and demand.binding is not None:
            binding = standing_of(demand, *demand.binding)
            found = [binding] if binding is not None else []
        return sorted(found, key=lambda standing: (standing.n, standing.low))

    def href(self, identifier: str) -> str:
        """Where a demand is to be found."""
        return f"#{self.anchors[identifier]}" if self.link is None else self.link(identifier)

    @cached_property
    def constituencies(self) -> tuple[tuple[str, str], ...]:
        """All parties and the opinion groups first, then families in the order in which they appear."""
        seen: dict[tuple[str, str], None] = {}
        for demand in self.in_order:
            seen.update(((s.family, s.name), None) for s in demand.constituencies)
        families = list(dict.fromkeys(family for family, _name in seen))
        first = (EVERYONE_FAMILY, OPINION_GROUPS)
        place = {family: i for i, family in enumerate([*first, *(f for f in families if f not in first)])}
        return tuple(sorted(seen, key=lambda key: place[key[0]]))

    @cached_property
    def in_order(self) -> tuple[DemandResult, ...]:
        """All demands, list after list."""
        return tuple(demand for found in self.lists.values() for demand in found)

    def demand(self, identifier: str) -> DemandResult | None:
        """The demand with an id, or None."""
        anchor = self.anchors.get(identifier)
        return None if anchor is None else self.study.demands[int(anchor[1:]) - 1]


def as_one(study: Study) -> Study:
    """The study without its only opinion group, which is no other than all parties."""

    def renamed(demand: DemandResult) -> DemandResult:
        standings = {
            (s.family, s.name): s
            for s in (
                replace(s, family=EVERYONE_FAMILY, name=EVERYONE) if s.family == OPINION_GROUPS else s
                for s in demand.constituencies
            )
        }
        binding = demand.binding
        if binding is not None and binding[0] == OPINION_GROUPS:
            binding = ALL
        return replace(demand, constituencies=tuple(standings.values()), binding=binding)

    return replace(study, demands=tuple(map(renamed, study.demands)))


def heading_of(demand: DemandResult) -> Heading:
    """The one list a demand stands in."""
    if demand.state is State.EVERYWHERE:
        return Heading.EVERYWHERE
    if demand.divides is not None:
        return Heading.DIVIDES
    return Heading.UNHEARD if demand.state is State.UNHEARD else Heading.CONTESTED


def standing_of(demand: DemandResult, family: str, name: str) -> Standing | None:
    """How a constituency stands to a demand, or None where it has no standing."""
    return next((s for s in demand.constituencies if (s.family, s.name) == (family, name)), None)


def opinion_standings(demand: DemandResult) -> tuple[Standing, ...]:
    """How the opinion groups stand to a demand."""
    return tuple(s for s in demand.constituencies if s.family == OPINION_GROUPS)


def lowest_of_each_family(demand: DemandResult) -> list[Standing]:
    """The constituency with the lowest lower bound of each family, the lowest first.

    All parties together are among them only where there is no other family.
    """
    lowest: dict[str, Standing] = {}
    for standing in demand.constituencies:
        if standing.family not in lowest or standing.low < lowest[standing.family].low:
            lowest[standing.family] = standing
    if len(lowest) > 1:
        lowest.pop(EVERYONE_FAMILY, None)
    return sorted(lowest.values(), key=lambda standing: standing.low)


def gap(demand: DemandResult) -> float:
    """How far apart the two opinion groups are that a demand divides; 0 where it divides none."""
    if demand.divides is None:
        return 0.0
    first, second = (standing_of(demand, OPINION_GROUPS, name) for name in demand.divides)
    return first.agree - second.agree if first is not None and second is not None else 0.0


def most_awaited(findings: Findings) -> tuple[tuple[str, str], int] | None:
    """The constituency with the fewest votes on most demands that are not heard enough, and on how many.

    None where there is none, or where it may be withheld.
    """
    if findings.study.least:
        # Those of whom fewest voted are withheld.
        return None
    awaited = Counter(
        (waiting[0].family, waiting[0].name)
        for demand in findings.lists[Heading.UNHEARD]
        if (waiting := findings.waiting(demand))
    )
    return min(awaited.items(), key=lambda item: (-item[1], item[0])) if awaited else None


def voices(study: Study) -> tuple[int, int]:
    """How many parties cast a vote, and how many votes were cast."""
    if study.least:
        told = ((d.agree, d.disagree, d.passes) for d in study.demands)
        return len(study.parties.id), sum(sum(filter(None, counts)) for counts in told)
    cast = study.parties.votes
    return (int((cast > 0).sum()), int(cast.sum())) if len(cast) else (0, 0)


def least_heard(study: Study) -> Coverage | None:
    """The constituency of which the smallest share was heard; None where all were, or it may be withheld."""
    if study.least:
        return None
    behind = [c for c in study.coverage if c.heard < c.declared and (c.family, c.name) != ALL]
    return min(behind, key=lambda c: (c.heard / c.declared, -c.declared, c.family, c.name), default=None)
