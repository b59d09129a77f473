"""Does the map find the groups that are there, and none where there are none?

Parties vote by a logit: each demand has an agreement of its own, each group its own deviation from that on
every demand, drawn from N(0, separation). Worlds without groups may still be uneven, or stretched along a
line. Run it as `python bench/groups.py [none] [line] [planted] [harder] [certainty] [failure]`; it prints the
tables of `docs/groups.md`, all of them in about half an hour on two cores.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from mufakat.opinion.map import opinion_map
from mufakat.opinion.moments import moments_of
from mufakat.opinion.stability import adjusted_rand
from mufakat.opinion.votes import Votes, votes_from_events

PASSES = 0.15


@dataclass(frozen=True)
class World:
    """How a consultation is drawn.

    Attributes:
        parties, demands: how many of each.
        groups: planted groups, 1 for none. shares: of the groups; equal where None.
        separation: standard deviation of a group's log-odds about its demand's.
        agreement: standard deviation of the demands' log-odds about 0.3.
        votes: votes of each party, or None for all demands.
        uneven: whether the number of votes is lognormal and some demands are shown more than others.
        agreeable: standard deviation of a readiness to agree that each party has of its own.
        line: standard deviation of the parties along one normal continuum of opinion.
    """

    parties: int
    demands: int
    groups: int = 1
    shares: tuple[float, ...] | None = None
    separation: float = 1.5
    agreement: float = 0.8
    votes: int | None = None
    uneven: bool = False
    agreeable: float = 0.0
    line: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What the map made of one consultation.

    Attributes:
        k: groups found. ari: adjusted Rand index to the planted groups.
        claimed: mean membership. right: share of parties in their planted group, if k is right, else nan.
    """

    k: int
    ari: float
    claimed: float
    right: float


def draw(world: World, random: np.random.Generator) -> tuple[Votes, NDArray[np.intp]]:
    """One consultation and the planted group of each of its parties."""
    shape = (world.parties, world.demands)
    planted = random.choice(world.groups, size=world.parties, p=world.shares)
    odds = np.tile(random.normal(0.3, world.agreement, size=world.demands), (world.parties, 1))
    if world.groups > 1:
        odds += random.normal(0, world.separation, size=(world.groups, world.demands))[planted]
    odds += world.agreeable * random.normal(size=(world.parties, 1))
    odds += world.line * random.normal(size=(world.parties, 1)) * random.normal(size=world.demands)
    value = np.where(random.random(shape) < expit(odds), 1, -1).astype(np.int8)
    value[random.random(shape) < PASSES] = 0
    party, demand = np.nonzero(_asked(world, random))
    names = [str(p) for p in range(world.parties)]
    votes, _ = votes_from_events(
        parties=names,
        demands=[str(s) for s in range(world.demands)],
        party=party.astype(np.int32),
        demand=demand.astype(np.int32),
        value=value[party, demand],
    )
    return votes, planted


def _asked(world: World, random: np.random.Generator) -> NDArray[np.bool_]:
    """Which party votes on which demand; shape (P, S)."""
    mean = world.demands if world.votes is None else min(world.votes, world.demands)
    size = np.full(world.parties, mean)
    weight = np.ones(world.demands)
    if world.uneven:
        drawn = random.lognormal(np.log(mean) - 0.32, 0.8, world.parties)
        size = np.clip(drawn.round().astype(np.int64), 1, world.demands)
        weight = random.gamma(2, 1, world.demands)
    turn = (random.exponential(size=(world.parties, world.demands)) / weight).argsort(axis=1).argsort(axis=1)
    return np.asarray(turn < size[:, None])


def outcome(task: tuple[World, tuple[int, ...]]) -> Outcome:
    """Draw the map of one consultation and hold it against what was planted."""
    world, entropy = task
    votes, planted = draw(world, np.random.default_rng(entropy))
    found = opinion_map(votes, moments_of(votes), seed=entropy[-1])
    k = found.choice.k
    right = _share_right(found.label, planted) if k == world.groups else float("nan")
    return Outcome(k, adjusted_rand(found.label, planted), float(found.membership.mean()), right)


def _share_right(label: NDArray[np.integer], planted: NDArray[np.integer]) -> float:
    """Share of parties in their group, once each planted group is given the found one it overlaps most."""
    table = np.zeros((int(planted.max()) + 1, int(label.max()) + 1))
    np.add.at(table, (planted, label), 1)
    return float(table.max(axis=1).sum() / len(label))


Run = Callable[[Sequence[tuple[World, tuple[int, ...]]]], list[Outcome]]


def sized(world: World, random: np.random.Generator) -> World:
    """The world with 15 to 1,000 parties (uniform in the logarithm) and 30 to 200 demands."""
    parties = int(np.exp(random.uniform(np.log(15), np.log(1000))).round())
    return replace(world, parties=parties, demands=int(random.integers(30, 201)))


NO_GROUPS = {
    "plain: every demand alike": World(0, 0, agreement=0.0),
    "uneven agreement": World(0, 0, agreement=0.8),
    "very uneven agreement": World(0, 0, agreement=2.0),
    "uneven participation": World(0, 0, agreement=0.0, votes=30, uneven=True),
    "uneven agreement and participation": World(0, 0, agreement=0.8, votes=30, uneven=True),
}
ONE_LINE = {
    "agreeable parties, sd 0.5": World(0, 0, agreeable=0.5),
    "agreeable parties, sd 1": World(0, 0, agreeable=1.0),
    "one continuum of opinion, sd 0.5": World(0, 0, line=0.5),
    "one continuum of opinion, sd 1": World(0, 0, line=1.0),
    "one continuum of opinion, sd 2": World(0, 0, line=2.0),
}


def no_groups(worlds: dict[str, World], run: Run, first: int, each: int = 200) -> Iterator[str]:
    """How often one group is found where there is one, over consultations of many sizes."""
    yield "| votes without groups | sets | k = 1 | k = 2 | k ≥ 3 | k = 1 below 60 parties | k = 1 from 60 |"
    yield "|---|---|---|---|---|---|---|"
    for number, (name, world) in enumerate(worlds.items(), first):
        drawn = [sized(world, np.random.default_rng((number, i, 1))) for i in range(each)]
        found = np.array([o.k for o in run([(w, (number, i)) for i, w in enumerate(drawn)])])
        small = np.array([w.parties < 60 for w in drawn])
        shares = [(found == 1).mean(), (found == 2).mean(), (found > 2).mean()]
        shares += [(found[small] == 1).mean(), (found[~small] == 1).mean()]
        yield f"| {name} | {each} | " + " | ".join(f"{share:.1%}" for share in shares) + " |"


def uneven_shares(groups: int) -> tuple[float, ...]:
    """Shares in proportion to k + 1, k, ..., 2: the largest of six groups has 26 %, the smallest 7 %."""
    weight = np.arange(groups + 1, 1, -1)
    return tuple(weight / weight.sum())


# A size at which groups are to be found: separation 1.5, the smallest group has about 37 parties or more.
STATED = World(500, 100, votes=80)
HARDER = World(300, 100, votes=60)


def planted_groups(run: Run, like: World, first: int, each: int = 20) -> Iterator[str]:
    """How often the planted groups are found, in worlds of one size."""
    head = (
        "groups | shares | sets | k right | too few | too many | mean ARI | ARI ≥ 0.95 | membership | right"
    )
    yield f"| {head} |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for groups in range(2, 7):
        for number, shares in enumerate((None, uneven_shares(groups))):
            world = replace(like, groups=groups, shares=shares)
            found = run([(world, (first + groups, number, i)) for i in range(each)])
            yield (
                f"| {groups} | {'uneven' if shares else 'equal'} | {each} | "
                f"{np.mean([o.k == groups for o in found]):.1%} | "
                f"{np.mean([o.k < groups for o in found]):.1%} | "
                f"{np.mean([o.k > groups for o in found]):.1%} | "
                f"{np.mean([o.ari for o in found]):.3f} | {np.mean([o.ari >= 0.95 for o in found]):.1%} | "
                f"{np.nanmean([o.claimed for o in found if o.k == groups] or [np.nan]):.3f} | "
                f"{np.nanmean([o.right for o in found] + [np.nan]):.3f} |"
            )


def certainty(run: Run, each: int = 20) -> Iterator[str]:
    """Whether parties stand in their group as often as their membership says, where k is right."""
    yield "| votes of each party | sets with k right | membership | right |"
    yield "|---|---|---|---|"
    for votes in (25, 30, 40, 60, 100):
        world = World(300, 100, 3, votes=votes)
        found = [o for o in run([(world, (500, votes, i)) for i in range(each)]) if o.k == 3]
        claimed, right = (np.mean([value(o) for o in found] or [np.nan]) for value in (_claimed, _right))
        yield f"| {votes} | {len(found)} of {each} | {claimed:.3f} | {right:.3f} |"


def _claimed(found: Outcome) -> float:
    return found.claimed


def _right(found: Outcome) -> float:
    return found.right


def failure(run: Run, each: int = 20) -> Iterator[str]:
    """Where planted groups are lost: k right in per cent, and the mean number found."""
    separations = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
    yield from _grid(
        "three groups, 300 parties, 100 demands; votes of each party",
        separations,
        {
            f"{votes}": [World(300, 100, 3, separation=s, votes=votes) for s in separations]
            for votes in (10, 20, 30, 60, 100)
        },
        run,
        each,
        200,
    )
    yield from _grid(
        "two groups, 100 demands, all voted on; parties",
        separations,
        {f"{n}": [World(n, 100, 2, separation=s) for s in separations] for n in (15, 26, 60, 193, 500, 2000)},
        run,
        each,
        300,
    )
    counts = (2, 3, 4, 5, 6)
    yield from _grid(
        "separation 1.5, 100 demands, 60 votes of each party; parties",
        counts,
        {f"{n}": [World(n, 100, k, votes=60) for k in counts] for n in (15, 26, 60, 193, 500, 2000)},
        run,
        each,
        400,
        "groups",
    )


def _grid(
    title: str,
    columns: Sequence[float],
    rows: dict[str, list[World]],
    run: Run,
    each: int,
    first: int,
    along: str = "separation",
) -> Iterator[str]:
    yield f"| {title} | " + " | ".join(f"{along} {column}" for column in columns) + " |"
    yield "|---|" + "---|" * len(columns)
    for number, (name, worlds) in enumerate(rows.items(), first):
        found = [
            run([(world, (number, column, i)) for i in range(each)]) for column, world in enumerate(worlds)
        ]
        cells = [
            f"{np.mean([o.k == w.groups for o in f]):.0%} ({np.mean([o.k for o in f]):.1f}; "
            f"{np.mean([o.ari for o in f]):.2f})"
            for w, f in zip(worlds, found, strict=True)
        ]
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield ""


def main(parts: Sequence[str]) -> None:
    """Print the tables asked for, or all."""
    # Two processes share two cores, so each does its linear algebra on one.
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:

        def run(tasks: Sequence[tuple[World, tuple[int, ...]]]) -> list[Outcome]:
            return list(pool.map(outcome, tasks, chunksize=2))

        tables = {
            "none": lambda: no_groups(NO_GROUPS, run, 0),
            "line": lambda: no_groups(ONE_LINE, run, 20),
            "planted": lambda: planted_groups(run, STATED, 600),
            "harder": lambda: planted_groups(run, HARDER, 100, 40),
            "certainty": lambda: certainty(run),
            "failure": lambda: failure(run),
        }
        for part in parts or tables:
            for line in tables[part]():
                sys.stdout.write(line + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
