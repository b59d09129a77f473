"""Uneven exposure: how far the plain share of agreement is off, and how far the adjusted one.

Every opinion group has its own opinion of every demand, and is shown each demand with its own odds. The
truth is the agreement of all parties had all been shown everything. Prints a Markdown table:
`.venv/bin/python -m bench.exposure`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.exposure import Adjusted, adjust, exposure_counts
from mufakat.opinion.map import opinion_map
from mufakat.opinion.moments import moments_of
from mufakat.opinion.votes import Votes, votes_from_events

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Setting:
    """One kind of consultation.

    Attributes:
        odds: how many times likelier the most exposed group is to be shown a demand than the least, in odds.
        inside: the same between those of one group who would agree and those who would not.
        separation: standard deviation of the groups' log-odds to agree about the demand's own.
    """

    parties: int
    demands: int
    groups: int
    odds: float
    inside: float = 1.0
    shown: float = 0.3
    separation: float = 1.2


SETTINGS = (
    Setting(200, 60, 2, 5),
    Setting(1000, 100, 3, 1),
    Setting(1000, 100, 3, 2),
    Setting(1000, 100, 3, 5),
    Setting(1000, 100, 3, 10),
    Setting(1000, 100, 3, 20),
    Setting(5000, 100, 4, 5, shown=0.1),
    Setting(1000, 100, 3, 5, inside=2),
    Setting(1000, 100, 3, 1, inside=2),
)


@dataclass(frozen=True, eq=False)
class World:
    """Simulated votes, who is in which group, and the share that would agree had all been asked."""

    votes: Votes
    group: NDArray[np.int64]
    truth: Floats


def world(setting: Setting, seed: int) -> World:
    """Simulate one consultation; opinions and exposure belong to the setting, the rest to the seed."""
    planned, random = np.random.default_rng(7), np.random.default_rng(seed)
    parties, demands, groups = setting.parties, setting.demands, setting.groups
    share = np.arange(groups, 0, -1) / (groups * (groups + 1) / 2)
    group = random.choice(groups, size=parties, p=share)
    opinion = planned.normal(0.3, 0.8, demands) + planned.normal(0, setting.separation, (groups, demands))
    passes = random.random((parties, demands)) < 0.15
    agrees = random.random((parties, demands)) < 1 / (1 + np.exp(-opinion[group]))
    table = np.where(passes, 0, np.where(agrees, 1, -1)).astype(np.int8)
    # Which group sees a demand most is drawn anew for each demand; the odds run evenly from least to most.
    ladder = np.linspace(-0.5, 0.5, groups) if groups > 1 else np.zeros(1)
    ranks = np.argsort(planned.random((groups, demands)), axis=0)
    log_odds = np.log(setting.shown / (1 - setting.shown)) + np.log(setting.odds) * ladder[ranks]
    leaning = np.log(setting.inside) / 2 * np.where(table == 1, 1, -1)
    seen = random.random((parties, demands)) < 1 / (1 + np.exp(-log_odds[group] - leaning))
    party, demand = np.nonzero(seen)
    votes, _ = votes_from_events(
        parties=[str(i) for i in range(parties)],
        demands=[str(i) for i in range(demands)],
        party=party,
        demand=demand,
        value=table[party, demand],
    )
    return World(votes, group, np.asarray((table == 1).mean(axis=0), dtype=np.float64))


def known_groups(made: World, groups: int) -> Adjusted:
    """Adjust with the groups that were planted."""
    return adjust(exposure_counts(made.votes, np.eye(groups)[made.group]))


def found_groups(made: World, groups: int) -> Adjusted:
    """Adjust with as many groups as were planted, found from the votes as a study finds them."""
    drawn = opinion_map(made.votes, moments_of(made.votes), k=groups)
    return adjust(exposure_counts(made.votes, drawn.share))


def bias(shares: list[Floats], truths: list[Floats]) -> float:
    """Mean over the demands of the absolute mean error over the draws; luck in one draw goes out."""
    errors = np.array(shares) - np.array(truths)
    return float(np.mean(np.abs(np.nanmean(errors, axis=0))))


def rows(settings: tuple[Setting, ...] = SETTINGS, *, repeats: int = 20) -> list[str]:
    """The table, line by line."""
    columns = (
        "parties × demands",
        "groups",
        "odds between groups",
        "odds inside",
        "bias, plain",
        "bias, known groups",
        "bias, found groups",
        "ratio, known",
        "ratio, found",
        "called uneven",
    )
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for setting in settings:
        worlds = [world(setting, seed) for seed in range(repeats)]
        truths = [made.truth for made in worlds]
        known = [known_groups(made, setting.groups) for made in worlds]
        found = [found_groups(made, setting.groups) for made in worlds]
        plain = bias([a.naive for a in known], truths)
        by_known = bias([a.agree for a in known], truths)
        by_found = bias([a.agree for a in found], truths)
        uneven = np.mean([a.uneven for a in known])
        lines.append(
            f"| {setting.parties} × {setting.demands} | {setting.groups} | {setting.odds:g} : 1 "
            f"| {setting.inside:g} : 1 | {plain:.3f} | {by_known:.3f} | {by_found:.3f} "
            f"| {by_known / plain:.2f} | {by_found / plain:.2f} | {uneven:.0%} |"
        )
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(rows()) + "\n")
