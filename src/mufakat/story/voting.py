"""The invented votes: three planted opinion groups, imperfect on purpose, and uneven participation.

A party in an opinion group agrees with a demand with the group's log-odds, plus a readiness of its own and
what its kind and region make of that demand. Some parties stand between two groups, some stay away, some
answer little, a few agree with everything without reading, and one party nearly copies another. All numbers
are in ``planting``.

Each stage draws from a random stream of its own, so that a change to one number leaves the other stages as
they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mufakat.story.demand import UNHEARD, Demand, demands
from mufakat.story.party import CIVIL_SOCIETY, KINDS, REGIONS, STATE, Party, parties
from mufakat.story.planting import (
    LEANING,
    OPINION_GROUPS,
    PLANTING,
    REFUSAL,
    REFUSED_BY,
    REGIONAL_LEANING,
    SHARED_STANCES,
    STANCES,
)
from mufakat.story.timing import answer_times, changed_at

AGREE: Final = 1
PASS: Final = 0
DISAGREE: Final = -1

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


class _Stream(IntEnum):
    """The random streams, one a stage."""

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


def planted_groups(*, seed: int = 2019) -> dict[str, str]:
    """The opinion group that each of the 250 parties was planted in, by party code.

    Raises:
        TypeError: if ``seed`` is not an integer.
        ValueError: if ``seed`` is negative.
    """
    own = _own_groups(parties(), _checked(seed))
    return {party.party: OPINION_GROUPS[group] for party, group in zip(parties(), own, strict=True)}


def votes(*, seed: int = 2019) -> tuple[VoteEvent, ...]:
    """All invented vote events in the order of their time; the same for the same seed.

    Raises:
        TypeError: if ``seed`` is not an integer.
        ValueError: if ``seed`` is negative.
    """
    _checked(seed)
    everyone, asks = parties(), demands()
    answered = _answered(everyone, asks, seed)
    answers = _answers(everyone, asks, seed)
    unread, (copied, copying) = _mischief(everyone, answered, seed)
    answers[unread] = AGREE
    answered[copying] = answered[copied]
    differs = _stream(seed, _Stream.MISCHIEF).random(len(asks)) < PLANTING.copied_differences
    answers[copying] = np.where(differs, _other(answers[copied], 1), answers[copied])

    times = answer_times(everyone, answered, unread, (copied, copying), _stream(seed, _Stream.TIMES))
    events = _events(everyone, asks, answered, answers, times, _stream(seed, _Stream.CHANGES))
    return tuple(sorted(events, key=lambda event: (event.time, event.party, int(event.demand))))


def _checked(seed: int) -> int:
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise TypeError(f"seed must be an integer such as 2019, not {seed!r}")
    if seed < 0:
        raise ValueError(f"seed must be 0 or more, not {seed}")
    return seed


def _stream(seed: int, stage: _Stream) -> np.random.Generator:
    return np.random.default_rng([seed, int(stage)])


def _remote(everyone: Sequence[Party]) -> Flags:
    """Which parties are island or landlocked states."""
    return np.array([any(group in PLANTING.remote_groups for group in party.groups) for party in everyone])


def _own_groups(everyone: Sequence[Party], seed: int) -> Integers:
    """Index into ``OPINION_GROUPS`` of each party."""
    chances = np.array([LEANING[party.kind] for party in everyone])
    chances = chances * np.array([REGIONAL_LEANING[party.region] for party in everyone])
    chances /= chances.sum(axis=1, keepdims=True)
    # Spread evenly over 0 to 1, so that the shares of the groups hardly vary with the seed.
    rng = _stream(seed, _Stream.GROUPS)
    draws = (rng.permutation(len(everyone)) + rng.random(len(everyone))) / len(everyone)
    own: Integers = (draws[:, None] > chances.cumsum(axis=1)[:, :-1]).sum(axis=1)
    return own


def _group_weights(everyone: Sequence[Party], seed: int) -> Floats:
    """How much each opinion group counts in each party's agreement; rows sum to one."""
    own = _own_groups(everyone, seed)
    rng = _stream(seed, _Stream.CROSSING)
    crosses = rng.random(len(everyone)) < PLANTING.crossing_share
    other = (own + rng.integers(1, len(OPINION_GROUPS), size=len(everyone))) % len(OPINION_GROUPS)
    pull = np.where(crosses, PLANTING.crossing_pull, 0.0)
    identity = np.eye(len(OPINION_GROUPS))
    weights: Floats = (1 - pull)[:, None] * identity[own] + pull[:, None] * identity[other]
    return weights


def _stances(asks: Sequence[Demand]) -> Floats:
    """Log-odds of agreement, demand by opinion group."""
    shared = {ask.demand: (SHARED_STANCES[ask.planted],) * 3 for ask in asks if ask.planted in SHARED_STANCES}
    return np.array([STANCES[ask.demand] if ask.demand in STANCES else shared[ask.demand] for ask in asks])


def _answers(everyone: Sequence[Party], asks: Sequence[Demand], seed: int) -> Integers:
    """What each party would answer to each demand, whether or not it is asked: 1, 0 or -1."""
    rng = _stream(seed, _Stream.SPREAD)
    readiness = PLANTING.party_spread * rng.standard_normal((len(everyone), 1))
    by_kind = PLANTING.constituency_spread * rng.standard_normal((len(KINDS), len(asks)))
    by_region = PLANTING.constituency_spread * rng.standard_normal((len(REGIONS), len(asks)))
    kinds = [KINDS.index(party.kind) for party in everyone]
    regions = [REGIONS.index(party.region) for party in everyone]
    logits = _group_weights(everyone, seed) @ _stances(asks).T
    refuses = np.array(
        [[REFUSED_BY.get(ask.demand) in (party.kind, party.region) for ask in asks] for party in everyone]
    )
    logits = logits + readiness + by_kind[kinds] + by_region[regions] + REFUSAL * refuses

    rng = _stream(seed, _Stream.ANSWERS)
    agrees = rng.random(logits.shape) < 1 / (1 + np.exp(-logits))
    passes = rng.random(logits.shape) < np.array([PLANTING.passing[ask.planted] for ask in asks])
    return np.where(passes, PASS, np.where(agrees, AGREE, DISAGREE)).astype(np.int64)


def _votes_at_all(everyone: Sequence[Party], seed: int) -> Flags:
    """Which parties vote: ``voting_parties`` of them, drawn by their odds without return (Gumbel keys)."""
    odds = np.array(
        [
            PLANTING.turnout_by_region[party.region] * PLANTING.turnout_by_language[party.language]
            for party in everyone
        ]
    )
    odds[_remote(everyone)] *= PLANTING.turnout_of_remote_states
    keys = np.log(odds) + _stream(seed, _Stream.TURNOUT).gumbel(size=len(everyone))
    voting = np.zeros(len(everyone), dtype=np.bool_)
    voting[np.argsort(-keys, kind="stable")[: PLANTING.voting_parties]] = True
    return voting


def _answered(everyone: Sequence[Party], asks: Sequence[Demand], seed: int) -> Flags:
    """Which party answers which demand."""
    rng = _stream(seed, _Stream.ANSWERED)
    typical = np.array([PLANTING.votes_by_language[party.language] for party in everyone])
    typical *= PLANTING.typical_votes
    typical[_remote(everyone)] *= PLANTING.votes_of_remote_states
    wanted = typical * np.exp(PLANTING.votes_spread * rng.standard_normal(len(everyone)))
    wanted = np.clip(np.rint(wanted), PLANTING.fewest_votes, len(asks))
    order = rng.random((len(everyone), len(asks))).argsort(axis=1, kind="stable")
    rank = order.argsort(axis=1, kind="stable")
    answered = (rank < wanted[:, None]) & _votes_at_all(everyone, seed)[:, None]

    unheard = np.array([ask.planted == UNHEARD for ask in asks])
    ignored = rng.random(answered.shape) >= PLANTING.unheard_attention
    heard: Flags = answered & ~(_remote(everyone)[:, None] & unheard & ignored)
    return heard


def _mischief(everyone: Sequence[Party], answered: Flags, seed: int) -> tuple[Integers, tuple[int, int]]:
    """The parties that vote without reading, and a party with its near-copy."""
    rng = _stream(seed, _Stream.MISCHIEF)
    votes_much = answered.sum(axis=1) > answered.shape[1] // 2
    near = ~_remote(everyone)
    societies = np.array([party.kind == CIVIL_SOCIETY for party in everyone])
    states = np.array([party.kind == STATE for party in everyone])
    copied, copying = rng.choice(np.flatnonzero(votes_much & societies), size=2, replace=False)
    candidates = np.flatnonzero(votes_much & near & (states | societies))
    candidates = candidates[(candidates != copied) & (candidates != copying)]
    unread = rng.choice(candidates, size=PLANTING.unread_voters, replace=False)
    return np.sort(unread), (int(copied), int(copying))


def _other(answers: npt.NDArray[Any], step: npt.NDArray[Any] | int) -> Integers:
    """Another answer than the given one; ``step`` 1 or 2 says which of the two."""
    return (np.asarray(answers, dtype=np.int64) + 1 + step) % 3 - 1


def _events(
    everyone: Sequence[Party],
    asks: Sequence[Demand],
    answered: Flags,
    answers: Integers,
    times: Integers,
    rng: np.random.Generator,
) -> list[VoteEvent]:
    """Every answer as an event, and before it, where a party changed its mind, the answer it gave first."""
    changed = answered & (rng.random(answered.shape) < PLANTING.changed_minds)
    first = _other(answers, rng.integers(1, 3, size=answers.shape))
    later = changed_at(times, rng)
    events = []
    for row, column in zip(*np.nonzero(answered), strict=True):
        who, what = everyone[row].party, asks[column].demand
        answer, when = int(answers[row, column]), int(times[row, column])
        if changed[row, column]:
            events.append(VoteEvent(who, what, int(first[row, column]), when))
            when = int(later[row, column])
        events.append(VoteEvent(who, what, answer, when))
    return events
