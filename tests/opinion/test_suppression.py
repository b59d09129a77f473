"""What the public may see: an attacker subtracts whatever is told, and nothing is left that tells of few.

The attacker knows more than the public does: who is in which constituency, and who voted on what.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mufakat import story
from mufakat.opinion.constituencies import Constituencies, Family
from mufakat.opinion.errors import StudyError
from mufakat.opinion.reading import read_votes
from mufakat.opinion.report import report_text
from mufakat.opinion.report.parts import Parts
from mufakat.opinion.restoring import study_from_json
from mufakat.opinion.result import (
    EVERYONE,
    EVERYONE_FAMILY,
    OPINION_GROUPS,
    Coverage,
    DemandResult,
    Standing,
    State,
    Study,
)
from mufakat.opinion.study import study
from mufakat.opinion.suppression import hundredths, suppressed
from mufakat.opinion.votes import Votes, votes_from_events
from mufakat.opinion.writing import as_json, write_json
from tests.opinion import studies

Key = tuple[str, str]
ALL = (EVERYONE_FAMILY, EVERYONE)
LEAST = 3


@dataclass(frozen=True)
class World:
    """A small consultation, told by sets.

    Attributes:
        parties: ids. groups: the opinion group of each party.
        labels: by family, the constituency of each party, "" for none.
        voted: for each demand, for each party, its vote or None.
    """

    parties: tuple[str, ...]
    labels: dict[str, tuple[str, ...]]
    groups: tuple[int, ...]
    voted: tuple[tuple[int | None, ...], ...]

    @cached_property
    def members(self) -> dict[Key, frozenset[str]]:
        """Who is in each constituency."""
        found: dict[Key, set[str]] = {ALL: set(self.parties)}
        for family, labels in self.labels.items():
            for party, label in zip(self.parties, labels, strict=True):
                if label:
                    found.setdefault((family, label), set()).add(party)
        for letter in self.letters:
            found[OPINION_GROUPS, letter] = set()
        for party, group in zip(self.parties, self.groups, strict=True):
            found[OPINION_GROUPS, "ABC"[group]].add(party)
        return {key: frozenset(inside) for key, inside in found.items()}

    @property
    def letters(self) -> str:
        return "ABC"[: max(self.groups) + 1]

    @property
    def votes(self) -> Votes:
        cast = [(p, d, v) for d, votes in enumerate(self.voted) for p, v in enumerate(votes) if v is not None]
        columns = np.array(cast, dtype=np.int64).reshape(-1, 3).T
        return votes_from_events(
            parties=self.parties,
            demands=[str(d) for d in range(len(self.voted))],
            party=columns[0].astype(np.int32),
            demand=columns[1].astype(np.int32),
            value=columns[2].astype(np.int8),
        )[0]

    @property
    def declared(self) -> Constituencies:
        families = []
        for name, labels in self.labels.items():
            codes = {label: i for i, label in enumerate(dict.fromkeys(filter(None, labels)))}
            member = np.array([codes.get(label, -1) for label in labels], dtype=np.int32)
            families.append(Family(name, tuple(codes), member))
        return Constituencies(self.parties, tuple(families))

    def voters(self, demand: str) -> frozenset[str]:
        cast = zip(self.parties, self.voted[int(demand)], strict=True)
        return frozenset(party for party, vote in cast if vote is not None)

    @property
    def heard(self) -> frozenset[str]:
        return frozenset().union(*(self.voters(str(d)) for d in range(len(self.voted))))

    def cell(self, key: Key, demand: str) -> frozenset[str]:
        return self.members[key] & self.voters(demand)

    @property
    def study(self) -> Study:
        """A study with every constituency of every family; shares are plain."""
        votes = self.votes
        made = studies.study(parties=len(self.parties), demands=0, groups=len(self.letters))
        place = {party: i for i, party in enumerate(self.parties)}
        order = [place[party] for party in votes.parties]
        sizes = [len(self.members[OPINION_GROUPS, letter]) for letter in self.letters]
        placed = replace(
            made.parties,
            id=list(votes.parties),
            name=[f"Name of {party}" for party in votes.parties],
            x=np.array([place[party] % 4 for party in votes.parties], dtype=np.float64),
            y=np.array([place[party] % 3 for party in votes.parties], dtype=np.float64),
            group=np.array(self.groups)[order],
            membership=np.array([0.5 + (place[p] % 7) / 14 for p in votes.parties]),
            votes=votes.cast,
        )
        demands = tuple(self.demand(demand) for demand in votes.demands)
        rows = [
            Coverage(*key, len(inside), len(inside & self.heard), self.cast(inside))
            for key, inside in self.members.items()
            if key[0] != OPINION_GROUPS
        ]
        return replace(
            made,
            parties=placed,
            demands=demands,
            groups=replace(made.groups, sizes=tuple(sizes), k=len(self.letters)),
            representative=tuple(
                studies.representative(demands, self.letters) if len(self.letters) > 1 else ()
            ),
            coverage=tuple(rows),
        )

    def cast(self, inside: frozenset[str]) -> int:
        return sum(len(inside & self.voters(str(d))) for d in range(len(self.voted)))

    def demand(self, demand: str) -> DemandResult:
        given_votes = [vote for vote in self.voted[int(demand)] if vote is not None]
        by_party = dict(zip(self.parties, self.voted[int(demand)], strict=True))
        standings = []
        for key in self.members:
            inside = self.cell(key, demand)
            agree = sum(by_party[party] == 1 for party in inside) / max(len(inside), 1)
            low, high = max(agree - 0.2, 0), min(agree + 0.2, 1)
            standings.append(Standing(*key, len(inside), agree, low, high))
        lowest = min(standings, key=lambda s: (s.low, s.family, s.name))
        return DemandResult(
            *(demand, f"Demand {demand}", "en"),
            *(given_votes.count(value) for value in (1, -1, 0)),
            adjusted=0.5,
            state=State.EVERYWHERE,
            score=lowest.low,
            binding=(lowest.family, lowest.name),
            constituencies=tuple(standings),
            flip=3,
            divides=("A", "B") if "B" in self.letters else None,
        )

    def told(self, *, least: int = LEAST, names: bool = False) -> Study:
        found = self.study
        families = self.declared.aligned(found.parties.id)
        return suppressed(found, families, self.votes, least=least, names=names)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    count = draw(st.integers(LEAST, 13))
    order = draw(st.permutations(range(count)))
    label = st.lists(st.sampled_from(["", "x", "x", "y", "y", "y", "z"]), min_size=count, max_size=count)
    labels = {name: tuple(draw(label)) for name in ("kind", "region")[: draw(st.integers(0, 2))]}
    if draw(st.booleans()):
        inside = draw(st.lists(st.booleans(), min_size=count, max_size=count))
        labels["group: Z"] = tuple("Z" if is_in else "not Z" for is_in in inside)
    groups = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    vote = st.sampled_from([None, -1, 0, 1, 1, 1]) if draw(st.booleans()) else st.sampled_from([-1, 1])
    voted = draw(st.lists(st.lists(vote, min_size=count, max_size=count), min_size=1, max_size=3))
    present = sorted(set(groups))
    return World(
        tuple(f"p{i:02}" for i in order),
        labels,
        tuple(present.index(group) for group in groups),
        tuple(map(tuple, voted)),
    )


def recoverable(cells: dict[Key, frozenset[str]]) -> Iterator[tuple[str, frozenset[str]]]:
    """What can be read or got by subtraction.

    One thing is taken from another that holds it. The things are cells, what a cell or all cells of one
    family leave of all parties, and, to be taken away, all cells of one family that lie inside.
    """
    families = {family for family, _name in cells}
    things = {str(key): inside for key, inside in cells.items()}
    if ALL in cells:
        for key, inside in cells.items():
            things[f"all less {key}"] = cells[ALL] - inside
        for family in families - {EVERYONE_FAMILY}:
            parts = [inside for key, inside in cells.items() if key[0] == family]
            things[f"all less {family}"] = cells[ALL].difference(*parts)
    for how, inside in things.items():
        yield how, inside
        for other, smaller in things.items():
            if smaller < inside:
                yield f"{how} less {other}", inside - smaller
        for family in families:
            parts = [part for key, part in cells.items() if key[0] == family and part < inside]
            yield f"{how} less all of {family}", inside.difference(*parts)


def published(world: World, demand: DemandResult) -> dict[Key, frozenset[str]]:
    return {(s.family, s.name): world.cell((s.family, s.name), demand.id) for s in demand.constituencies}


def is_safe(cells: dict[Key, frozenset[str]], least: int = LEAST) -> bool:
    enough = all(len(inside) >= least for inside in cells.values())
    return enough and not any(0 < len(inside) < least for _how, inside in recoverable(cells))


@given(worlds())
@settings(max_examples=120)
def test_nothing_that_can_be_subtracted_tells_of_few_parties(world: World) -> None:
    found = world.told()
    for demand in found.demands:
        cells = published(world, demand)
        assert is_safe(cells), demand.constituencies
        assert all(s.n == len(cells[s.family, s.name]) for s in demand.constituencies)
        if demand.agree is not None:
            assert ALL in cells
    rows = {
        (row.family, row.name): world.members[row.family, row.name] & world.heard for row in found.coverage
    }
    assert is_safe(rows)
    sizes = dict(zip(found.groups.names, found.groups.sizes, strict=True))
    groups = {
        (OPINION_GROUPS, name): world.members[OPINION_GROUPS, name]
        for name, size in sizes.items()
        if size is not None
    }
    assert is_safe({ALL: frozenset(world.parties), **groups})
    assert is_safe({**rows, **{key: inside & world.heard for key, inside in groups.items()}})


@given(worlds())
@settings(max_examples=120)
def test_no_more_is_withheld_than_must_be(world: World) -> None:
    found = world.told()
    letters = {n for n, size in zip(found.groups.names, found.groups.sizes, strict=True) if size is not None}
    for demand in found.demands:
        cells = published(world, demand)
        for key in world.members.keys() - cells.keys():
            if key[0] == OPINION_GROUPS and key[1] not in letters:
                continue
            assert not is_safe({**cells, key: world.cell(key, demand.id)}), key
        if len(world.voters(demand.id)) >= LEAST:
            assert ALL in cells


@given(worlds())
@settings(max_examples=80)
def test_what_follows_from_a_withheld_cell_is_withheld(world: World) -> None:
    whole, found = world.study, world.told()
    letters = {n for n, size in zip(found.groups.names, found.groups.sizes, strict=True) if size is not None}
    for before, after in zip(whole.demands, found.demands, strict=True):
        told = {(s.family, s.name) for s in after.constituencies}
        assert after.state is before.state
        assert after.binding == (before.binding if before.binding in told else None)
        assert after.score == min((s.low for s in after.constituencies), default=0.0)
        assert after.flip == (before.flip if len(told) == len(before.constituencies) else None)
        if after.divides is not None:
            assert {(OPINION_GROUPS, name) for name in after.divides} <= told
        counts = (after.agree, after.disagree, after.passes)
        assert counts == ((before.agree, before.disagree, before.passes) if ALL in told else (None,) * 3)
        assert (after.adjusted is None) == (ALL not in told)
        assert {name for family, name in told if family == OPINION_GROUPS} <= letters
    for row in found.representative:
        of = next(demand for demand in found.demands if demand.id == row.demand)
        assert (OPINION_GROUPS, row.group) in {(s.family, s.name) for s in of.constituencies}
    everywhere = [{(s.family, s.name) for s in demand.constituencies} for demand in found.demands]
    for row in found.coverage:
        if row.votes is not None:
            assert all((row.family, row.name) in told for told in everywhere)


@given(worlds())
@settings(max_examples=50)
def test_the_parties_are_nameless_and_in_an_order_that_tells_nothing(world: World) -> None:
    placed = world.told().parties
    assert set(placed.id) == set(placed.name) == {""}
    assert not placed.votes.any()
    assert not placed.name[0]
    rows = list(zip(placed.x, placed.y, placed.group, np.nan_to_num(placed.membership), strict=True))
    assert rows == sorted(rows)
    told = world.told().groups.sizes
    for group, size in enumerate(told):
        assert int((placed.group == group).sum()) == (size or 0)
    assert not np.isfinite(placed.membership[placed.group < 0]).any()


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_no_order_changes_anything(world: World, random: object) -> None:
    shuffle = random.shuffle  # type: ignore[attr-defined]
    ids = list(world.parties)
    shuffle(ids)
    families = list(world.labels)
    shuffle(families)
    renamed = replace(world, parties=tuple(ids), labels={name: world.labels[name] for name in families})
    assert bare(renamed.told()) == bare(world.told())


def bare(told: Study) -> object:
    """A study without the orders in which constituencies and coverage stand, which are the study's own."""
    written = as_json(told)
    for demand in written["demands"]:
        demand["constituencies"].sort(key=lambda s: (s["family"], s["name"]))
    written["coverage"].sort(key=lambda row: (row["family"], row["name"]))
    return written


def parted(*sizes: int) -> World:
    """One family of constituencies of these sizes, one opinion group, and one vote of everybody."""
    labels = tuple("abcdefgh"[c] for c, size in enumerate(sizes) for _ in range(size))
    count = len(labels)
    ids = tuple(f"p{i:02}" for i in range(count))
    return World(ids, {"kind": labels}, (0,) * count, ((1,) * count,))


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ((6, 7), ["a", "b"]),
        ((6, 7, 2), ["b"]),
        ((6, 7, 9, 4), ["b", "c"]),
        ((6, 7, 3, 2), ["a", "b"]),
        ((6, 7, 1, 1), ["b"]),
        ((12, 4), []),
    ],
)
def test_the_smallest_goes_with_one_that_is_too_small(sizes: Sequence[int], told: list[str]) -> None:
    found = parted(*sizes).told(least=5)
    assert [s.name for s in found.demands[0].constituencies if s.family == "kind"] == told
    assert [row.name for row in found.coverage if row.family == "kind"] == told


def test_of_two_of_which_one_holds_the_other_and_little_else_the_smaller_is_withheld() -> None:
    labels = {"kind": ("s",) * 12 + ("c",) * 8, "region": ("r",) * 10 + ("q",) * 10}
    world = World(tuple(f"p{i:02}" for i in range(20)), labels, (0,) * 20, ((1,) * 20,))
    told = world.told(least=5).demands[0]
    # One of a family alone would give away the other: everybody less `s` is `c`, and `q` less `c` is two.
    assert {s.name for s in told.constituencies} == {"q", "r", EVERYONE, "A"}
    assert is_safe(published(world, told), 5)


def test_what_one_of_three_leaves_of_all_is_there_to_be_subtracted_too() -> None:
    # Of the three kinds `b` and `c` together hold all of `r` and two more, and are what `a` leaves of all.
    kinds = "aaaaa" + "bbbbb" + "ccccc"
    regions = "sssuu" + "rrrrs" + "rrrru"
    world = World(
        tuple(f"p{i:02}" for i in range(15)),
        {"kind": tuple(kinds), "region": tuple(regions)},
        (0,) * 15,
        ((1,) * 15,),
    )
    told = {s.name for s in world.told().demands[0].constituencies}
    # Without `a` alone `b` and `c` would still leave it.
    assert told == {"c", "r", "s", "u", EVERYONE, "A"}


def test_what_a_family_leaves_of_all_is_there_to_be_subtracted_too() -> None:
    # Four parties are of no kind; `x` holds them and two more.
    kinds = ("a",) * 5 + ("b",) * 5 + ("",) * 4
    regions = ("x",) + ("",) * 8 + ("x",) * 5
    ids = tuple(f"p{i:02}" for i in range(14))
    world = World(ids, {"kind": kinds, "region": regions}, (0,) * 14, ((1,) * 14,))
    told = {s.name for s in world.told().demands[0].constituencies}
    assert told == {"b", "x", EVERYONE, "A"}


def test_all_of_a_family_that_lie_inside_are_there_to_be_subtracted_together() -> None:
    # `x` holds `a`, `b` and two more that are of no kind.
    kinds = ("a",) * 4 + ("b",) * 4 + ("c",) * 4 + ("",) * 5
    regions = ("x",) * 8 + ("",) * 4 + ("x",) * 2 + ("",) * 3
    ids = tuple(f"p{i:02}" for i in range(17))
    world = World(ids, {"kind": kinds, "region": regions}, (0,) * 17, ((1,) * 17,))
    told = {s.name for s in world.told().demands[0].constituencies}
    assert not {"a", "b", "x"} <= told
    assert is_safe(published(world, world.told().demands[0]))


def test_with_names_the_parties_stay_who_they_are() -> None:
    world = parted(6, 7)
    found = world.told(least=5, names=True)
    assert list(found.parties.id) == list(world.study.parties.id)
    assert found.parties.name[0] == "Name of p00"
    assert not found.parties.votes.any()


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.123, 0.12), (0.5, 0.5), (0.5031, 0.505), (0.4961, 0.495), (0.5062, 0.51), (1.0, 1.0), (0.0, 0.0)],
)
def test_no_rounding_crosses_one_half(share: float, told: float) -> None:
    assert hundredths(share) == told


def test_what_cannot_be_judged_is_refused() -> None:
    world = parted(6, 7)
    whole, families, votes = world.study, world.declared.aligned(world.study.parties.id), world.votes
    with pytest.raises(StudyError, match="constituency 'a' of the family 'kind'"):
        suppressed(whole, (), votes)
    with pytest.raises(StudyError, match="least=0"):
        suppressed(whole, families, votes, least=0)
    with pytest.raises(StudyError, match="of a study of 13 parties nothing can be told: at least 14"):
        suppressed(whole, families, votes, least=14)
    with pytest.raises(StudyError, match="already"):
        suppressed(suppressed(whole, families, votes), families, votes)
    with pytest.raises(StudyError, match="give the votes that were studied"):
        suppressed(whole, families, parted(6, 8).votes)
    with pytest.raises(StudyError, match="demand '0' of the study"):
        suppressed(whole, families, replace(votes, demands=["other"]))
    with pytest.raises(StudyError, match="family 'kind' places 2 parties"):
        suppressed(whole, (replace(families[0], member=families[0].member[:2]),), votes)


@pytest.fixture(scope="module")
def told_story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Study]:
    reading = read_votes(story.write(tmp_path_factory.mktemp("story")))
    whole = study(reading)
    assert reading.constituencies is not None
    return whole, suppressed(whole, reading.constituencies.aligned(whole.parties.id), reading.votes)


def test_the_study_of_the_story_names_no_party(told_story: tuple[Study, Study], tmp_path: Path) -> None:
    whole, found = told_story
    written = json.loads(write_json(found, tmp_path / "study.json").read_text("utf-8"))
    texts = " ".join(demand.text for demand in whole.demands)
    names = {name for name in whole.parties.name if name and name not in texts}
    assert len(names) > 100
    page = report_text(found)
    assert not [name for name in names if name in page]
    assert {(party["id"], party["name"], party["votes"]) for party in written["parties"]} == {("", "", 0)}
    assert written["integrity"] == {"straight": [], "alike": []}
    assert as_json(study_from_json(written)) == written


def test_of_the_study_of_the_story_most_can_be_told(told_story: tuple[Study, Study]) -> None:
    whole, found = told_story
    before, after = (sum(len(d.constituencies) for d in one.demands) for one in (whole, found))
    assert after > 0.85 * before
    assert [d.state for d in found.demands] == [d.state for d in whole.demands]
    assert found.groups.sizes == whole.groups.sizes


def test_every_part_of_what_is_told_can_be_shown(told_story: tuple[Study, Study]) -> None:
    parts = Parts(told_story[1], link=lambda demand: f"/{demand}")
    shown = [parts.lead(), parts.map_figure(), parts.groups(), parts.coverage(), parts.heat(0, 60)]
    shown += [parts.told(demand.id) for demand in told_story[1].demands]
    shown += [parts.standing_bars(demand.id) for demand in told_story[1].demands]
    assert not re.search(r"\bnan\b", " ".join(shown))
    assert "<title>" not in parts.map_figure()
    assert "withheld" in parts.heat(0, 60)


def test_of_equals_the_first_by_name_is_withheld_whatever_the_order() -> None:
    sizes = {"a": 3, "b": 3, "c": 3, "d": 2}
    for order in permutations(sizes):
        labels = tuple(name for name in order for _ in range(sizes[name]))
        ids = tuple(f"p{i:02}" for i in range(11))
        told = World(ids, {"kind": labels}, (0,) * 11, ((1,) * 11,)).told().demands[0]
        assert {s.name for s in told.constituencies if s.family == "kind"} == {"b", "c"}
