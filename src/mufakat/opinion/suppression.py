"""What of a study the public may see: nothing that tells of a few parties, alone or by subtraction.

A *cell* is a constituency and a demand; it stands for the parties of the constituency that voted on the
demand. Cells of fewer than `least` parties are withheld. Others are withheld with them where a subtraction
would give those away: whatever remains when one thing that is told is taken from another that holds it must
be nobody or at least `least` parties. Told are cells, all cells of one family together, and what these leave
of all parties. `docs/suppression.md` says why it is decided by demand, how it is chosen what to withhold, and
against what none of this protects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.constituencies import Family
from mufakat.opinion.errors import StudyError
from mufakat.opinion.result import (
    EVERYONE,
    EVERYONE_FAMILY,
    OPINION_GROUPS,
    Coverage,
    DemandResult,
    Exposure,
    GroupsResult,
    Integrity,
    PartyResults,
    Representative,
    Standing,
    Study,
)
from mufakat.opinion.threads import linear_algebra_on_one_thread
from mufakat.opinion.votes import Floats, Votes

LEAST: Final = 5
# Places are told on a grid of so many steps along the longer side of the map.
GRID: Final = 128

Key = tuple[str, str]
Mask = NDArray[np.bool_]


@linear_algebra_on_one_thread()
def suppressed(
    study: Study, families: Sequence[Family], votes: Votes, *, least: int = LEAST, names: bool = False
) -> Study:
    """The study as the public may see it.

    What is withheld is left out, or is None; nothing is put in its place. `Study.least` of the result says
    that something may be. The state of a demand stays, whatever it rests on. The answer depends on who is in
    which constituency and who voted on what, not on any order.

    Args:
        study: as it was found, with nothing withheld yet.
        families: every declared way to divide the parties, each with `member` in the order of the parties of
            the study: `Constituencies.aligned(study.parties.id)`.
        votes: the votes that were studied; demands that the study does not have are passed over.
        least: fewest parties of which anything is told.
        names: whether the parties on the map keep their ids and names, where they were told that they would.

    Raises:
        StudyError: a study of fewer than `least` parties, or something withheld from it before; families or
            votes of other parties; a constituency of the study that no family has; `least` below 1.
    """
    _check(study, families, votes, least)
    groups = Family(OPINION_GROUPS, study.groups.names, np.asarray(study.parties.group, dtype=np.int32))
    known = _Constituencies.of([*families, groups])
    _check_known(study, known)
    shown, covered = _places(known, votes, least)
    may_be_told = shown | ~known.is_group
    place = {demand: s for s, demand in enumerate(votes.demands)}
    voters = list(_voters(votes))
    cells = [known.told(voters[place[demand.id]], least, may_be_told) for demand in study.demands]
    everywhere = np.all(cells, axis=0) if cells else np.ones(len(known.keys), dtype=bool)
    told = [{known.keys[c] for c in np.flatnonzero(cell).tolist()} for cell in cells]
    letters = {name for name in study.groups.names if shown[known.at[OPINION_GROUPS, name]]}
    by_demand = dict(zip((demand.id for demand in study.demands), told, strict=True))
    return replace(
        study,
        parties=_parties(study.parties, study.groups, letters, names=names),
        demands=tuple(map(_demand, study.demands, told)),
        explained=tuple(round(share, 3) for share in study.explained),
        groups=_groups(study.groups, letters),
        representative=tuple(
            _representative(row)
            for row in study.representative
            if (OPINION_GROUPS, row.group) in by_demand.get(row.demand, ())
        ),
        coverage=tuple(
            _coverage(row, whole=bool(everywhere[known.at[row.family, row.name]]))
            for row in study.coverage
            if covered[known.at[row.family, row.name]]
        ),
        exposure=_exposure(study.exposure),
        integrity=Integrity((), ()),
        notes={},
        least=least,
    )


def hundredths(share: float) -> float:
    """A share to two digits, and to a third where it would otherwise come to lie on one half."""
    rounded = round(share, 2)
    if rounded == 0.5 and share != 0.5:
        return 0.505 if share > 0.5 else 0.495
    return rounded


@dataclass(frozen=True, eq=False)
class _Constituencies:
    """All constituencies of all families, all parties together first.

    Attributes:
        keys: family and name of each of the C constituencies. at: their places.
        member: shape (C, P), bool. family: shape (C, F), 1 where a constituency belongs to a family.
        is_group: shape (C,), bool; whether it is an opinion group.
    """

    keys: tuple[Key, ...]
    at: dict[Key, int]
    member: Mask
    family: Floats
    is_group: Mask

    @classmethod
    def of(cls, families: Sequence[Family]) -> _Constituencies:
        everyone = Family(EVERYONE_FAMILY, (EVERYONE,), np.zeros(len(families[0].member), dtype=np.int32))
        families = [everyone, *(family for family in families if family.name != EVERYONE_FAMILY)]
        keys = tuple((family.name, name) for family in families for name in family.constituencies)
        member = np.array(
            [family.member == c for family in families for c in range(len(family.constituencies))], dtype=bool
        )
        sizes = [len(family.constituencies) for family in families]
        belongs = np.repeat(np.eye(len(families)), sizes, axis=0)
        is_group = np.array([family == OPINION_GROUPS for family, _name in keys], dtype=bool)
        return cls(keys, {key: c for c, key in enumerate(keys)}, member, belongs, is_group)

    def told(self, voters: NDArray[np.integer], least: int, among: Mask) -> Mask:
        """Which of some constituencies may be told of where these parties voted; shape (C,).

        As long as a subtraction tells of few, the constituency that is needed for most such subtractions is
        withheld; of equals the one of fewest parties, and of those the first by name. Then those are told
        after all, the largest first, with which no subtraction tells of few. All parties together are never
        withheld for a subtraction: in each of them there is something smaller.
        """
        inside = self.member[:, voters]
        size = inside.sum(axis=1)
        told: Mask = (size >= least) & among
        if not told[0]:
            return np.zeros_like(told)
        withheld = []
        while needed := self._telling(inside, told, least):
            uses = {c: sum(c in cells for cells in needed) for c in set().union(*needed)}
            withheld.append(min(uses, key=lambda c: (-uses[c], size[c], self.keys[c])))
            told[withheld[-1]] = False
        withheld.sort(key=lambda c: (-size[c], self.keys[c]))
        while withheld:
            back = next((c for c in withheld if not self._telling(inside, _with(told, c), least)), None)
            if back is None:
                break
            told[back] = True
            withheld.remove(back)
        return told

    def _telling(self, inside: Mask, told: Mask, least: int) -> list[set[int]]:
        """The subtractions that tell of fewer than `least` parties, each as the constituencies it needs.

        Anybody can take a constituency that is told, or all of one family, from all parties; so what remains
        then is there to be subtracted too.
        """
        cells = np.flatnonzero(told[1:]) + 1
        whose = np.flatnonzero(self.family[cells].any(axis=0))
        families = self.family[cells][:, whose].T @ inside[cells] > 0
        things = np.concatenate([inside[:1], inside[cells], ~inside[cells], ~families]).astype(np.float32)
        of_family = [set(cells[self.family[cells, family] > 0].tolist()) for family in whose.tolist()]
        of_cell = [{c} for c in cells.tolist()]
        needs = [set(), *of_cell, *of_cell, *of_family]
        size = things.sum(axis=1)
        shared = things @ things.T
        rest = size[:, None] - shared
        pairs = (shared == size) & (rest > 0) & (rest < least)
        found = [needs[outer] | needs[inner] for outer, inner in np.argwhere(pairs).tolist()]
        # All cells of one family that lie inside, taken away together.
        own = slice(1, 1 + len(cells))
        within = (shared == size)[:, own] & (rest[:, own] > 0)
        left = size[:, None] - (within * size[own]) @ self.family[cells]
        for outer, family in np.argwhere((left > 0) & (left < least)).tolist():
            parts = cells[within[outer] & (self.family[cells, family] > 0)].tolist()
            found.append(needs[outer].union(parts))
        return found


def _with(told: Mask, also: int) -> Mask:
    more = told.copy()
    more[also] = True
    return more


def _places(known: _Constituencies, votes: Votes, least: int) -> tuple[Mask, Mask]:
    """Of which opinion groups the map tells, and of which constituencies who was heard; each of shape (C,).

    A group that is withheld in one is withheld in both, and on every demand, so that nothing makes up for it.
    """
    parties = np.arange(len(votes.parties))
    everyone = np.arange(len(known.keys)) == 0
    groups = known.is_group
    while True:
        shown = known.told(parties, least, groups | everyone)
        covered = known.told(parties[votes.cast > 0], least, ~known.is_group | (groups & shown))
        if (groups == (groups & shown & covered)).all():
            return groups, covered
        groups = groups & shown & covered


def _voters(votes: Votes) -> Iterator[NDArray[np.integer]]:
    """The parties that voted on each demand."""
    party = np.repeat(np.arange(len(votes.parties)), votes.cast)
    order = np.argsort(votes.demand, kind="stable")
    ends = np.cumsum(np.bincount(votes.demand, minlength=len(votes.demands)))
    yield from np.split(party[order], ends[:-1]) if len(ends) else ()


def _demand(demand: DemandResult, told: set[Key]) -> DemandResult:
    standings = tuple(_standing(s) for s in demand.constituencies if (s.family, s.name) in told)
    whole = len(standings) == len(demand.constituencies)
    counted = (EVERYONE_FAMILY, EVERYONE) in told
    divides = demand.divides
    if divides is not None and not all((OPINION_GROUPS, name) in told for name in divides):
        divides = None
    return replace(
        demand,
        agree=demand.agree if counted else None,
        disagree=demand.disagree if counted else None,
        passes=demand.passes if counted else None,
        adjusted=None if demand.adjusted is None or not counted else hundredths(demand.adjusted),
        score=min((standing.low for standing in standings), default=0.0),
        binding=demand.binding if demand.binding in told else None,
        constituencies=standings,
        flip=demand.flip if whole else None,
        divides=divides,
    )


def _standing(standing: Standing) -> Standing:
    return replace(
        standing,
        n=float(round(standing.n)),
        agree=hundredths(standing.agree),
        low=hundredths(standing.low),
        high=hundredths(standing.high),
    )


def _coverage(row: Coverage, *, whole: bool) -> Coverage:
    """A row of coverage; its votes less those on the demands that are told would be those on the others."""
    return row if whole else replace(row, votes=None)


def _groups(groups: GroupsResult, letters: set[str]) -> GroupsResult:
    sizes = zip(groups.names, groups.sizes, strict=True)
    return replace(groups, sizes=tuple(size if name in letters else None for name, size in sizes))


def _representative(row: Representative) -> Representative:
    share, rest = hundredths(row.share), hundredths(row.rest)
    return replace(row, share=share, rest=rest, p=float(f"{row.p:.2g}"), q=float(f"{row.q:.2g}"))


def _exposure(found: Exposure) -> Exposure:
    return replace(
        found,
        uneven=hundredths(found.uneven),
        largest=hundredths(found.largest),
        mean=hundredths(found.mean),
        axis=round(found.axis, 3),
        moved=hundredths(found.moved),
    )


def _parties(placed: PartyResults, groups: GroupsResult, letters: set[str], *, names: bool) -> PartyResults:
    """The places of the parties, in an order that follows from the places alone."""
    told = np.array([*(name in letters for name in groups.names), False], dtype=bool)
    group = np.where(told[placed.group], placed.group, -1)
    membership = np.where(group < 0, np.nan, np.floor(10 * placed.membership + 1e-9) / 10)
    x, y = _on_grid(placed.x, placed.y)
    order = np.arange(len(x)) if names else np.lexsort((membership, group, y, x))
    count = len(order)
    return PartyResults(
        id=placed.id if names else [""] * count,
        name=placed.name if names else [""] * count,
        x=x[order],
        y=y[order],
        group=group[order],
        membership=membership[order],
        votes=np.zeros(count, dtype=np.int64),
    )


def _on_grid(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    finite = [axis[np.isfinite(axis)] for axis in (x, y)]
    longest = max(float(np.ptp(axis)) if len(axis) else 0.0 for axis in finite)
    step = longest / GRID if longest > 0 else 1.0
    return np.round(x / step) * step + 0.0, np.round(y / step) * step + 0.0


def _check(study: Study, families: Sequence[Family], votes: Votes, least: int) -> None:
    if least < 1:
        raise StudyError(f"least={least} must be at least 1")
    if study.least:
        raise StudyError(
            f"what tells of fewer than {study.least} parties is withheld from this study already: give it as "
            "it was found"
        )
    count = len(study.parties.id)
    if count < least:
        raise StudyError(f"of a study of {count} parties nothing can be told: at least {least} are needed")
    if list(votes.parties) != list(study.parties.id):
        raise StudyError(
            f"the votes are of {len(votes.parties)} parties and the study of {count}, or they are others: "
            "give the votes that were studied"
        )
    missing = {demand.id for demand in study.demands} - set(votes.demands)
    if missing:
        raise StudyError(
            f"demand {min(missing)!r} of the study is not among the {len(votes.demands)} voted on"
        )
    for family in families:
        if family.member.shape != (count,):
            raise StudyError(
                f"family {family.name!r} places {len(family.member)} parties, but the study has {count}: "
                "align it to them first"
            )


def _check_known(study: Study, known: _Constituencies) -> None:
    named = {(s.family, s.name) for demand in study.demands for s in demand.constituencies}
    named.update((row.family, row.name) for row in study.coverage)
    unknown = sorted(named - known.at.keys())
    if unknown:
        family, name = unknown[0]
        raise StudyError(
            f"the study has a constituency {name!r} of the family {family!r}, which is not among the "
            "families given: without its members nothing of it may be told"
        )
