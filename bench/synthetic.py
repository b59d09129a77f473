"""Invented votes of any size: four planted groups, planted consensus, uneven activity and exposure.

Every demand has a balance of opinion of its own, N(0.3, 0.8), and every group departs from it by N(0, 1),
both as log-odds of agreeing; on the first twentieth of the demands all groups agree alike. How much a party
votes is lognormal, how often a demand is met is Gamma(2, 1), and 15 % of the votes are passes. The same seed
gives the same votes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv

from bench.stages import Stages

GROUP_SHARES = (0.4, 0.3, 0.2, 0.1)
PASS_SHARE = 0.15
FIRST_TIME = 1_600_000_000
COLUMNS = ("timestamp", "comment-id", "voter-id", "vote")
PARTIES_AT_ONCE = 50_000
ROWS_AT_ONCE = 1_000_000

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Recipe:
    """What to invent.

    Attributes:
        parties, demands: how many.
        votes_each: votes cast by a party on average, before those that fall on the same demand are dropped.
        seed: of everything random.
        revotes: share of all events, from 0 to below 0.5, that a later vote of the same party on the same
            demand supersedes. Which votes stand in the end does not depend on it.
        exposure: how much opinion sways what is voted on, in log-odds: a demand's weight for a group is
            multiplied by exp(exposure * (2 p - 1)), p being the group's probability to agree; 0 for not at
            all, 1 for e^2 times as often where all agree as where nobody does.
    """

    parties: int
    demands: int
    votes_each: int = 40
    seed: int = 7
    revotes: float = 0.0
    exposure: float = 0.0

    def __post_init__(self) -> None:
        for name, value in (("parties", self.parties), ("demands", self.demands), ("votes", self.votes_each)):
            if value < 1:
                raise ValueError(f"{name}: {value} is too few; at least 1 is needed")
        if self.demands > 2**16:
            raise ValueError(f"demands: {self.demands} are too many; at most {2**16} can be invented")
        if not 0 <= self.revotes < 0.5:
            raise ValueError(f"revotes: {self.revotes} is no share from 0 to below 0.5")


@dataclass(frozen=True, eq=False)
class Events:
    """Votes in the order in which they were cast; every array has shape (n,)."""

    party: NDArray[np.int32]
    demand: NDArray[np.uint16]
    vote: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.vote)


def planted_groups(recipe: Recipe) -> NDArray[np.int64]:
    """The group of each party, 0 to 3; shape (parties,)."""
    return _first_draw(recipe, np.random.default_rng(recipe.seed))


def invent(recipe: Recipe) -> Events:
    """Invent the votes; needs about 25 bytes of memory a vote."""
    rng = np.random.default_rng(recipe.seed)
    group = _first_draw(recipe, rng)
    agreeing = _agreeing(recipe, rng)
    cast = _votes_of_each_party(recipe, rng)
    weight = rng.gamma(2, 1, recipe.demands)
    party, demand = _met(recipe, rng, group, cast, _reach(recipe, weight, agreeing))
    vote = np.empty(len(party), dtype=np.int8)
    for rows in _slices(len(party), ROWS_AT_ONCE):
        agrees = rng.random(len(vote[rows])) < agreeing[group[party[rows]], demand[rows]]
        vote[rows] = np.where(agrees, 1, -1)
    for rows in _slices(len(party), ROWS_AT_ONCE):
        vote[rows][rng.random(len(vote[rows])) < PASS_SHARE] = 0
    if recipe.revotes:
        return _with_earlier_votes(recipe, Events(party, demand, vote))
    order = rng.permutation(len(party))
    return Events(party[order], demand[order], vote[order])


def write_votes(recipe: Recipe, path: Path) -> int:
    """Invent the votes and write them as an event log in the columns of a Polis export.

    Returns:
        How many rows were written.
    """
    events = invent(recipe)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    schema = pa.schema([(name, pa.int64()) for name in COLUMNS])
    options = csv.WriteOptions(quoting_style="none", quoting_header="none")
    with csv.CSVWriter(unfinished, schema, write_options=options) as out:
        for rows in _slices(len(events), ROWS_AT_ONCE):
            time = FIRST_TIME + np.arange(rows.start, rows.stop)
            columns = (time, events.demand[rows], events.party[rows], events.vote[rows])
            out.write_table(
                pa.table([column.astype(np.int64) for column in columns], names=COLUMNS, schema=None)
            )
    unfinished.replace(path)
    return len(events)


def _first_draw(recipe: Recipe, rng: np.random.Generator) -> NDArray[np.int64]:
    return rng.choice(len(GROUP_SHARES), size=recipe.parties, p=GROUP_SHARES)


def _agreeing(recipe: Recipe, rng: np.random.Generator) -> Floats:
    """Probability that a party of each group agrees with each demand if it does not pass; shape (4, S)."""
    balance = rng.normal(0.3, 0.8, recipe.demands)
    log_odds: Floats = balance + rng.normal(0, 1, (len(GROUP_SHARES), recipe.demands))
    shared = recipe.demands // 20
    log_odds[:, :shared] = np.abs(rng.normal(2, 0.3, shared))
    return 1 / (1 + np.exp(-log_odds))


def _votes_of_each_party(recipe: Recipe, rng: np.random.Generator) -> NDArray[np.int64]:
    """Lognormal, from 1 to one for each demand, with the mean asked for; shape (P,)."""
    mean, most = recipe.votes_each, recipe.demands
    drawn = np.clip(rng.lognormal(np.log(mean) - 0.32, 0.8, recipe.parties).astype(int), 1, most)
    cast: NDArray[np.int64] = np.clip(np.round(drawn * mean / drawn.mean()), 1, most).astype(np.int64)
    return cast


def _reach(recipe: Recipe, weight: Floats, agreeing: Floats) -> Floats:
    """Cumulative probability over the demands of being the next one that a group meets; shape (4, S)."""
    swayed = weight * np.exp(recipe.exposure * (2 * agreeing - 1))
    return np.cumsum(swayed / swayed.sum(axis=1, keepdims=True), axis=1)


def _met(
    recipe: Recipe,
    rng: np.random.Generator,
    group: NDArray[np.int64],
    cast: NDArray[np.int64],
    reach: Floats,
) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:
    """Which party votes on which demand, by party and demand, each pair once; some parties at a time."""
    parties, demands = [], []
    for chosen in _slices(recipe.parties, PARTIES_AT_ONCE):
        party = np.repeat(np.arange(chosen.start, chosen.stop), cast[chosen])
        luck = rng.random(len(party))
        met = np.empty(len(party), dtype=np.int64)
        for g in range(len(GROUP_SHARES)):
            of_group = group[party] == g
            met[of_group] = np.searchsorted(reach[g], luck[of_group]).clip(0, recipe.demands - 1)
        pair = np.unique(party * recipe.demands + met)
        parties.append((pair // recipe.demands).astype(np.int32))
        demands.append((pair % recipe.demands).astype(np.uint16))
    return np.concatenate(parties), np.concatenate(demands)


def _with_earlier_votes(recipe: Recipe, last: Events) -> Events:
    """The votes that stand, with votes that they superseded before them, all in random order."""
    rng = np.random.default_rng([recipe.seed, 1])  # its own, so that the votes that stand stay as they were
    size = len(last)
    again = min(size, round(size * recipe.revotes / (1 - recipe.revotes)))
    stands = rng.choice(size, again, replace=False)
    source = np.concatenate([np.arange(size), stands])
    vote = np.concatenate([last.vote, rng.integers(-1, 2, again, dtype=np.int8)])
    order = rng.permutation(len(source))
    place = np.empty(len(source), dtype=np.int64)
    place[order] = np.arange(len(source))
    # Of the two votes of one party on one demand, the one that stands must come later.
    earlier = np.arange(size, len(source))
    late = place[earlier] > place[stands]
    vote[earlier[late]], vote[stands[late]] = vote[stands[late]], vote[earlier[late]]
    return Events(last.party[source][order], last.demand[source][order], vote[order])


def _slices(size: int, step: int) -> list[slice]:
    return [slice(first, min(first + step, size)) for first in range(0, size, step)]


def main() -> None:
    """``python -m bench.synthetic PARTIES DEMANDS FILE``: write a set of votes."""
    parser = argparse.ArgumentParser(description="Write invented votes as an event log.")
    parser.add_argument("parties", type=int)
    parser.add_argument("demands", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--votes-each", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--revotes", type=float, default=0.0)
    parser.add_argument("--exposure", type=float, default=0.0)
    parser.add_argument("report", type=Path, nargs="?", help="where to write the time it took, as JSON")
    given = parser.parse_args()
    recipe = Recipe(given.parties, given.demands, given.votes_each, given.seed, given.revotes, given.exposure)
    stages = Stages()
    with stages.stage("invent"):
        stages.found["rows"] = write_votes(recipe, given.file)
    if given.report is not None:
        stages.write(given.report)


if __name__ == "__main__":
    main()
