"""Do the 90 % intervals hold what they promise, and is `holds everywhere` to be believed?

The truth is not drawn from the model that is measured: a constituency's share is logistic-normal, and in some
worlds it comes in two camps or from two families that cross. Run it as `python bench/intervals.py`; it prints
the tables of `docs/consensus.md`, in about a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from mufakat.opinion.consensus import Consensus, FamilyCounts, consensus_of_counts
from mufakat.opinion.result import State
from mufakat.opinion.tally import Tally

SIZES = (3, 5, 10, 30, 100, 300, 1000, 2000)
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FamilyTruth:
    """The constituencies of one family as they are: parties, shape (C,), and true shares, shape (C, S)."""

    sizes: NDArray[np.int64]
    share: Floats
    agree: Floats
    cast: Floats


@dataclass(frozen=True)
class World:
    """How a consultation is drawn.

    Attributes:
        name: what is special about it.
        spreads: standard deviation of the constituencies' log-odds about their demand's, one drawn a demand.
        repeats: constituencies of each size.
        sizes: parties of each constituency.
        mean, deviation: of the demands' log-odds.
        turnout: share of the parties that vote, on average; each constituency and demand has its own.
        camps: distance in log-odds between two halves of the constituencies.
        regions: constituencies of a second family that crosses the first; 0 for none.
        demands: in one consultation. consultations: drawn one after another.
    """

    name: str
    spreads: tuple[float, ...] = (0.4, 0.8, 1.2)
    repeats: int = 1
    sizes: tuple[int, ...] = SIZES
    mean: float = 0.4
    deviation: float = 1.2
    turnout: float = 1.0
    camps: float = 0.0
    regions: int = 0
    demands: int = 4000
    consultations: int = 1


def draw(world: World, random: np.random.Generator) -> list[FamilyTruth]:
    """One consultation: its families, that of all parties last."""
    sizes = np.repeat(np.array(world.sizes, dtype=np.int64), world.repeats)
    spread = random.choice(world.spreads, size=world.demands)
    centre = random.normal(world.mean, world.deviation, size=world.demands)
    odds = centre + spread * random.normal(size=(len(sizes), world.demands))
    odds += world.camps * (random.permutation(len(sizes)) % 2 - 0.5)[:, None]
    voters = np.repeat(sizes[:, None], world.demands, axis=1)
    if world.turnout < 1:
        ready = random.beta(2, 2 / world.turnout - 2, size=voters.shape)
        voters = random.binomial(voters, ready)
    if not world.regions:
        share = expit(odds)
        return _with_everyone([_counted(sizes, share, random.binomial(voters, share), voters)])
    # Cells of constituency by region; a family's true share is that of its cells, weighted by their parties.
    region = spread * random.normal(size=(world.regions, world.demands))
    in_cell = -(-sizes[:, None] // world.regions) * np.ones((1, world.regions), dtype=np.int64)
    share = expit(odds[:, None] + region)
    agree = random.binomial(in_cell[:, :, None], share)
    parts = []
    for axis in (1, 0):
        parties = in_cell.sum(axis=axis)
        true = (share * in_cell[:, :, None]).sum(axis=axis) / parties[:, None]
        voters = np.repeat(parties[:, None], world.demands, axis=1)
        parts.append(_counted(parties, true, agree.sum(axis=axis), voters))
    return _with_everyone(parts)


def _counted(
    sizes: NDArray[np.int64], share: Floats, agree: NDArray[np.int64], cast: NDArray[np.int64]
) -> FamilyTruth:
    return FamilyTruth(sizes, share, agree.astype(np.float64), cast.astype(np.float64))


def _with_everyone(parts: list[FamilyTruth]) -> list[FamilyTruth]:
    first = parts[0]
    weight = first.sizes / first.sizes.sum()
    everyone = FamilyTruth(
        sizes=first.sizes.sum(keepdims=True),
        share=weight[None] @ first.share,
        agree=first.agree.sum(axis=0, keepdims=True),
        cast=first.cast.sum(axis=0, keepdims=True),
    )
    return [*parts, everyone]


def judged(truth: Sequence[FamilyTruth]) -> Consensus:
    """What the votes of one consultation say."""
    return consensus_of_counts(
        [
            FamilyCounts(
                family=f"family {number}",
                constituencies=tuple(str(c) for c in range(len(family.sizes))),
                votes=Tally(family.agree, family.cast, family.cast),
                declared=family.sizes,
            )
            for number, family in enumerate(truth)
        ]
    )


@dataclass(frozen=True)
class Measured:
    """What came of one world.

    Attributes:
        covered: by size of constituency, the share of intervals that hold the truth, 0 to 1.
        width: by size, the mean width of the intervals.
        true: demands that do hold in every constituency. holds: demands said to. wrong: of these, how many do
            not.
    """

    covered: dict[int, float]
    width: dict[int, float]
    true: int
    holds: int
    wrong: int


def measure(world: World, *, seed: int) -> Measured:
    """Draw a world and judge it; coverage is that of the first family, which has the sizes."""
    random = np.random.default_rng(seed)
    inside, widths = [], []
    true = holds = wrong = 0
    for _ in range(world.consultations):
        truth = draw(world, random)
        found = judged(truth)
        pooled = found.families[0].pooled
        inside.append((truth[0].share >= pooled.low) & (truth[0].share <= pooled.high))
        widths.append(pooled.high - pooled.low)
        everywhere = np.all([(family.share > 0.5).all(axis=0) for family in truth], axis=0)
        said = np.array([state is State.EVERYWHERE for state in found.state])
        true, holds = true + int(everywhere.sum()), holds + int(said.sum())
        wrong += int((said & ~everywhere).sum())
    size = np.repeat(np.array(world.sizes), world.repeats)
    return Measured(
        covered={s: float(np.mean([i[size == s].mean() for i in inside])) for s in world.sizes},
        width={s: float(np.mean([w[size == s].mean() for w in widths])) for s in world.sizes},
        true=true,
        holds=holds,
        wrong=wrong,
    )


WORLDS = (
    World("one constituency of each size"),
    World("three of each size", repeats=3),
    World("turnout of a half", turnout=0.5, demands=30_000),
    World("two families that cross", regions=5),
    World("only 3, 5 and 10 parties, five of each", sizes=(3, 5, 10), repeats=5),
    World("twenty demands at a time", demands=20, consultations=200),
    World("constituencies differ little (0.4)", spreads=(0.4,)),
    World("constituencies differ (0.8)", spreads=(0.8,)),
    World("constituencies differ much (1.6)", spreads=(1.6,)),
    World("opinion is divided on all demands", mean=0.0, deviation=0.5, demands=20_000),
    World("the same, three of each size", mean=0.0, deviation=0.5, demands=20_000, repeats=3),
    World("two camps", camps=3.0, spreads=(0.4,)),
)
BEYOND = (
    World("constituencies hardly differ (0.2)", spreads=(0.2,)),
    World("constituencies do not differ", spreads=(0.0,)),
    World("nine in ten agree with everything", mean=2.5, deviation=0.5),
    World("98 in 100 agree with everything", mean=4.0, deviation=0.5),
    World("one demand in all", demands=1, consultations=2000),
)


def table(worlds: Sequence[World], *, seed: int = 1) -> Iterator[str]:
    """A Markdown table, line by line."""
    yield f"| world | {' | '.join(map(str, SIZES))} | true | said | wrong |"
    yield "|---" * (len(SIZES) + 4) + "|"
    for world in worlds:
        found = measure(world, seed=seed)
        cells = [f"{100 * found.covered[s]:.1f}" if s in found.covered else "" for s in SIZES]
        share = f"{100 * found.wrong / found.holds:.1f} %" if found.holds else "–"
        yield f"| {world.name} | {' | '.join(cells)} | {found.true} | {found.holds} | {share} |"


if __name__ == "__main__":
    for worlds in (WORLDS, BEYOND):
        for line in table(worlds):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
        sys.stdout.write("\n")
