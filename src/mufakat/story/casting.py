"""How votes are cast in one round: by whom, what on, and with which answers.

A voter in an opinion group agrees with a demand with the group's log-odds, plus a readiness of its own and
what its kind and region make of that demand. Some voters stand between two groups, some stay away, some
answer little. All numbers are in ``planting``.

What is drawn at random comes, for each matter and each round, from a stream of its own, so that a change to
one number leaves the others as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mufakat.story.demand import UNHEARD, Demand
from mufakat.story.party import REGIONS, Party
from mufakat.story.planting import (
    OPINION_GROUPS,
    REFUSAL,
    REFUSED_BY,
    REGIONAL_LEANING,
    SHARED_STANCES,
    STANCES,
    Planting,
)
from mufakat.story.timing import changed_at

AGREE: Final = 1
PASS: Final = 0
DISAGREE: Final = -1

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


class Stream(IntEnum):
    """What is drawn at random; each from a stream of its own."""

    GROUPS = 0
    CROSSING = 1
    SPREAD = 2
    TURNOUT = 3
    ANSWERED = 4
    ANSWERS = 5
    MISCHIEF = 6
    TIMES = 7
    CHANGES = 8


@dataclass(frozen=True, slots=True)
class VoteEvent:
    """One vote as it came in; a later vote of the same party on the same demand replaces it.

    Attributes:
        party: code of the party that votes.
        demand: number of the demand, as text.
        vote: 1 agree, 0 pass, -1 disagree.
        time: seconds since 1970-01-01 00:00 UTC.
    """

    party: str
    demand: str
    vote: int
    time: int


@dataclass(frozen=True, slots=True)
class Round:
    """One round of voting.

    Attributes:
        voters: who may vote, N of them.
        asks: what is voted on, S demands.
        planting: every number that shapes the votes.
        seed: of everything drawn at random, 0 or more.
        number: keeps the random streams of rounds with the same seed apart.

    Raises:
        TypeError: if ``seed`` is not an integer.
        ValueError: if ``seed`` is negative.
    """

    voters: Sequence[Party]
    asks: Sequence[Demand]
    planting: Planting
    seed: int
    number: int = 0

    def __post_init__(self) -> None:
        if isinstance(self.seed, bool) or not isinstance(self.seed, int):
            raise TypeError(f"seed must be an integer such as 2019, not {self.seed!r}")
        if self.seed < 0:
            raise ValueError(f"seed must be 0 or more, not {self.seed}")

    def stream(self, drawn: Stream) -> np.random.Generator:
        """The random stream of what is drawn, from its beginning."""
        return np.random.default_rng([self.seed, int(drawn), self.number])

    @property
    def remote(self) -> Flags:
        """Which voters are island or landlocked states; shape (N,)."""
        far = self.planting.remote_groups
        return np.array([any(group in far for group in voter.groups) for voter in self.voters])


def own_groups(cast: Round) -> Integers:
    """Index into ``OPINION_GROUPS`` of each voter; shape (N,)."""
    count = len(cast.voters)
    chances = np.array([cast.planting.leaning[voter.kind] for voter in cast.voters])
    chances = chances * np.array([REGIONAL_LEANING[voter.region] for voter in cast.voters])
    chances /= chances.sum(axis=1, keepdims=True)
    # Spread evenly over 0 to 1, so that the shares of the groups hardly vary with the seed.
    rng = cast.stream(Stream.GROUPS)
    draws = (rng.permutation(count) + rng.random(count)) / count
    own: Integers = (draws[:, None] > chances.cumsum(axis=1)[:, :-1]).sum(axis=1)
    return own


def answers_to_all(cast: Round) -> Integers:
    """What each voter would answer to each demand, asked or not: 1, 0 or -1; shape (N, S)."""
    count, asks, kinds = len(cast.voters), len(cast.asks), tuple(cast.planting.leaning)
    rng = cast.stream(Stream.SPREAD)
    readiness = cast.planting.party_spread * rng.standard_normal((count, 1))
    by_kind = cast.planting.constituency_spread * rng.standard_normal((len(kinds), asks))
    by_region = cast.planting.constituency_spread * rng.standard_normal((len(REGIONS), asks))
    kind = [kinds.index(voter.kind) for voter in cast.voters]
    region = [REGIONS.index(voter.region) for voter in cast.voters]
    logits = _group_weights(cast) @ _stances(cast.asks).T
    refuses = np.array(
        [
            [REFUSED_BY.get(ask.demand) in (voter.kind, voter.region) for ask in cast.asks]
            for voter in cast.voters
        ]
    )
    doubted = np.array([ask.demand in REFUSED_BY for ask in cast.asks])
    logits = logits + readiness + by_kind[kind] + by_region[region]
    logits = logits + np.where(refuses, REFUSAL, cast.planting.doubt_of_refused * doubted)

    rng = cast.stream(Stream.ANSWERS)
    agrees = rng.random(logits.shape) < 1 / (1 + np.exp(-logits))
    passes = rng.random(logits.shape) < np.array([cast.planting.passing[ask.planted] for ask in cast.asks])
    return np.where(passes, PASS, np.where(agrees, AGREE, DISAGREE)).astype(np.int64)


def what_is_answered(cast: Round) -> Flags:
    """Which voter answers which demand; shape (N, S)."""
    count, asks, planting = len(cast.voters), len(cast.asks), cast.planting
    rng = cast.stream(Stream.ANSWERED)
    typical = np.array([planting.votes_by_language[voter.language] for voter in cast.voters])
    typical *= planting.typical_votes
    typical[cast.remote] *= planting.votes_of_remote_states
    wanted = typical * np.exp(planting.votes_spread * rng.standard_normal(count))
    wanted = np.rint(wanted / planting.asked_together) * planting.asked_together
    wanted = np.clip(wanted, planting.fewest_votes, asks)
    order = rng.random((count, asks)).argsort(axis=1, kind="stable")
    rank = order.argsort(axis=1, kind="stable")
    answered = (rank < wanted[:, None]) & _votes_at_all(cast)[:, None]

    unheard = np.array([ask.planted == UNHEARD for ask in cast.asks])
    ignored = rng.random(answered.shape) >= planting.unheard_attention
    left_blank = rng.random(answered.shape) < planting.left_blank
    heard: Flags = answered & ~(cast.remote[:, None] & unheard & ignored) & ~left_blank
    return heard


def events_in_order(
    cast: Round, answered: Flags, answers: Integers, times: Integers
) -> tuple[VoteEvent, ...]:
    """Every answer as an event, and before it, where a voter changed its mind, the answer it gave first."""
    rng = cast.stream(Stream.CHANGES)
    changed = answered & (rng.random(answered.shape) < cast.planting.changed_minds)
    first = another(answers, rng.integers(1, 3, size=answers.shape))
    later = changed_at(times, rng)
    events = []
    for row, column in zip(*np.nonzero(answered), strict=True):
        who, what = cast.voters[row].party, cast.asks[column].demand
        answer, when = int(answers[row, column]), int(times[row, column])
        if changed[row, column]:
            events.append(VoteEvent(who, what, int(first[row, column]), when))
            when = int(later[row, column])
        events.append(VoteEvent(who, what, answer, when))
    return in_order(events)


def in_order(events: Iterable[VoteEvent]) -> tuple[VoteEvent, ...]:
    """The events by time; of the same second, by party and demand."""
    return tuple(sorted(events, key=lambda event: (event.time, event.party, int(event.demand))))


def another(answers: npt.NDArray[Any], step: npt.NDArray[Any] | int) -> Integers:
    """Another answer than the given one; ``step`` 1 or 2 says which of the two."""
    return (np.asarray(answers, dtype=np.int64) + 1 + step) % 3 - 1


def _group_weights(cast: Round) -> Floats:
    """How much each opinion group counts in each voter's agreement; rows sum to one."""
    own = own_groups(cast)
    rng = cast.stream(Stream.CROSSING)
    crosses = rng.random(len(own)) < cast.planting.crossing_share
    other = (own + rng.integers(1, len(OPINION_GROUPS), size=len(own))) % len(OPINION_GROUPS)
    pull = np.where(crosses, cast.planting.crossing_pull, 0.0)
    identity = np.eye(len(OPINION_GROUPS))
    weights: Floats = (1 - pull)[:, None] * identity[own] + pull[:, None] * identity[other]
    return weights


def _stances(asks: Sequence[Demand]) -> Floats:
    """Log-odds of agreement, demand by opinion group."""
    shared = {ask.demand: (SHARED_STANCES[ask.planted],) * 3 for ask in asks if ask.planted in SHARED_STANCES}
    return np.array([STANCES[ask.demand] if ask.demand in STANCES else shared[ask.demand] for ask in asks])


def _votes_at_all(cast: Round) -> Flags:
    """Which voters vote: ``voting_parties`` of them, drawn by their odds without return (Gumbel keys)."""
    planting = cast.planting
    odds = np.array(
        [
            planting.turnout_by_region[voter.region] * planting.turnout_by_language[voter.language]
            for voter in cast.voters
        ]
    )
    odds[cast.remote] *= planting.turnout_of_remote_states
    keys = np.log(odds) + cast.stream(Stream.TURNOUT).gumbel(size=len(odds))
    voting = np.zeros(len(odds), dtype=np.bool_)
    voting[np.argsort(-keys, kind="stable")[: planting.voting_parties]] = True
    return voting
