"""Which demand to put before a party next.

Three things speak for a demand: constituencies of the party whose voice on it is still missing, how much the
party's answer would tell about where it stands, and that the demand is new. Demands are drawn with chances in
proportion to their sum; a part of the chance, the floor, is the same for every demand. So no demand is ever
out of reach, each chance is known and can be logged, and what uneven showing does can be weighed for later
(`mufakat.opinion.exposure`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.errors import StudyError
from mufakat.opinion.result import Standing, State
from mufakat.opinion.votes import Floats, Ints

VOICES, TELLING, NEW, FLOOR = (
    "needs voices from your constituency",
    "would tell where you stand",
    "is new",
    "uniform floor",
)
# How much each term may add to a demand's chance, relative to the others.
WEIGHTS = {VOICES: 2.0, TELLING: 1.0, NEW: 0.5}
# After this many showings a demand is half as new.
HALF_NEW = 10.0


@dataclass(frozen=True)
class Candidate:
    """A demand that may be shown.

    Attributes:
        demand: id. probability: of being drawn first; at least floor / number of candidates.
        terms: what makes up the probability, largest first: words, and the part that is due to them.
        constituency: (family, name) of the constituency that most needs this party's voice on it, or None.
    """

    demand: str
    probability: float
    terms: tuple[tuple[str, float], ...]
    constituency: tuple[str, str] | None


@dataclass(frozen=True)
class Next:
    """What to show next.

    Attributes:
        drawn: ids in the order to show them, each once; empty where all was voted on.
        propensities: of each drawn demand, its probability among those that were left; log it with the
            showing.
        candidates: every demand that could have been drawn, in the order of the demands.
    """

    drawn: tuple[str, ...]
    propensities: tuple[float, ...]
    candidates: tuple[Candidate, ...]


def next_demands(
    demands: Sequence[str],
    *,
    party: str,
    voted: Ints,
    loadings: Floats | None = None,
    standings: Sequence[Sequence[Standing]] | None = None,
    states: Sequence[State] | None = None,
    showings: Ints | None = None,
    hidden: NDArray[np.bool_] | None = None,
    spread: Floats | None = None,
    noise: float = 0.5,
    floor: float = 0.2,
    count: int = 1,
    seed: int = 0,
) -> Next:
    """Draw the next demands for a party; what is not known about the demands is left out of their chances.

    Args:
        demands: S ids.
        party: id; with `seed` and the number of its votes it fixes what is drawn.
        voted: indices of the demands it voted on.
        loadings: shape (S, r); how the vote on each demand follows from a place on the map.
        standings: for each demand, the standing of each constituency that the party belongs to.
        states: for each demand, its state; only a demand that is not heard enough, or of which a
            constituency of the party is still undecided, needs voices.
        showings: shape (S,); how often each demand was shown to anybody, 0 or more; votes where not logged.
        hidden: shape (S,); demands that are not shown.
        spread: shape (r,); variance of parties along each axis, 1 each by default.
        noise: variance of a vote about what the party's place predicts, above 0.
        floor: share of the chance that is the same for all, above 0 and at most 1.
        count: how many to draw, at least 0; fewer come back where fewer are left.
        seed: of the draw.

    Raises:
        StudyError: shapes that do not fit, an index out of range, or an option out of range.
    """
    size = len(demands)
    _check(size, voted, loadings, standings, states, showings, hidden, noise=noise, floor=floor, count=count)
    open_to = np.ones(size, dtype=bool) if hidden is None else ~hidden
    open_to[np.asarray(voted, dtype=np.int64)] = False
    left = np.flatnonzero(open_to)
    if not len(left):
        return Next((), (), ())
    needs, whose = _voices(left, standings, states)
    scores = {
        VOICES: needs,
        TELLING: _telling(left, voted, loadings, spread, noise),
        NEW: np.zeros(len(left)) if showings is None else 2.0 ** (-showings[left] / HALF_NEW),
    }
    # Each term is measured against the demand that it speaks for most, so that no unit rules the sum.
    parts = {words: WEIGHTS[words] * _scaled(score) for words, score in scores.items()}
    total = float(sum(part.sum() for part in parts.values()))
    even = np.full(len(left), 1 / len(left))
    if total > 0:
        shares = {words: (1 - floor) * part / total for words, part in parts.items()}
        shares[FLOOR] = floor * even
    else:
        shares = {FLOOR: even}
    probability = np.sum(list(shares.values()), axis=0)
    candidates = tuple(
        Candidate(
            demand=demands[s],
            probability=float(probability[i]),
            terms=tuple(
                sorted(
                    ((words, float(share[i])) for words, share in shares.items() if share[i] > 0),
                    key=lambda term: -term[1],
                )
            ),
            constituency=whose[i],
        )
        for i, s in enumerate(left.tolist())
    )
    drawn, propensities = _draw(probability, min(count, len(left)), _random(seed, party, len(voted)))
    return Next(tuple(demands[left[i]] for i in drawn), tuple(propensities), candidates)


def _voices(
    left: NDArray[np.int64],
    standings: Sequence[Sequence[Standing]] | None,
    states: Sequence[State] | None,
) -> tuple[Floats, list[tuple[str, str] | None]]:
    """How wide the party's least decided constituency is on each demand, and which that is.

    A constituency whose interval lies on one side of one half has spoken; one more voice will not change it.
    Where a demand is not heard enough elsewhere only, its own constituencies count half.
    """
    needs = np.zeros(len(left))
    whose: list[tuple[str, str] | None] = [None] * len(left)
    for i, s in enumerate(left.tolist()):
        unheard = states is not None and states[s] is State.UNHEARD
        for standing in standings[s] if standings is not None else ():
            undecided = standing.low <= 0.5 <= standing.high
            need = (standing.high - standing.low) * (1.0 if undecided else 0.5 if unheard else 0.0)
            if need > needs[i]:
                needs[i], whose[i] = need, (standing.family, standing.name)
        if unheard and whose[i] is None:
            needs[i] = 0.5
    return needs, whose


def _telling(
    left: NDArray[np.int64], voted: Ints, loadings: Floats | None, spread: Floats | None, noise: float
) -> Floats:
    """How many nats each vote would tell about the party's place: log(1 + u'Cu / noise) / 2.

    C is the covariance of the place given the demands that it voted on (the D-optimal choice of the next
    observation in a linear model, Fedorov 1972); it does not depend on how it voted.
    """
    if loadings is None or not loadings.shape[1]:
        return np.zeros(len(left))
    prior = np.ones(loadings.shape[1]) if spread is None else np.maximum(spread, 1e-12)
    known = loadings[np.asarray(voted, dtype=np.int64)]
    covariance = np.linalg.inv(np.diag(1 / prior) + known.T @ known / noise)
    told = np.einsum("sa,ab,sb->s", loadings[left], covariance, loadings[left])
    return np.asarray(np.log1p(np.maximum(told, 0) / noise) / 2, dtype=np.float64)


def _scaled(score: Floats) -> Floats:
    most = float(score.max(initial=0.0))
    return score / most if most > 0 else score


def _draw(probability: Floats, count: int, random: np.random.Generator) -> tuple[list[int], list[float]]:
    """One after the other without putting back; each with its probability among those left."""
    drawn: list[int] = []
    propensities: list[float] = []
    chance = probability.copy()
    for _ in range(count):
        chance = chance / chance.sum()
        i = int(np.searchsorted(np.cumsum(chance), random.random(), side="right"))
        # Rounding may end the sum a hair below 1.
        i = min(i, int(np.flatnonzero(chance)[-1]))
        drawn.append(i)
        propensities.append(float(chance[i]))
        chance[i] = 0.0
    return drawn, propensities


def _random(seed: int, party: str, votes: int) -> np.random.Generator:
    """The same in every process, and another one for every party and every vote."""
    key = blake2b(f"{seed}\n{votes}\n{party}".encode(), digest_size=16).digest()
    return np.random.default_rng(int.from_bytes(key, "big"))


def _check(
    size: int,
    voted: Ints,
    loadings: Floats | None,
    standings: Sequence[Sequence[Standing]] | None,
    states: Sequence[State] | None,
    showings: Ints | None,
    hidden: NDArray[np.bool_] | None,
    *,
    noise: float,
    floor: float,
    count: int,
) -> None:
    for name, given in (
        ("loadings", loadings),
        ("standings", standings),
        ("states", states),
        ("showings", showings),
        ("hidden", hidden),
    ):
        if given is not None and len(given) != size:
            raise StudyError(f"{name} is of {len(given)} demands, but there are {size}")
    at = np.asarray(voted, dtype=np.int64)
    if len(at) and (at.min() < 0 or at.max() >= size):
        wrong = int(at[(at < 0) | (at >= size)][0])
        raise StudyError(f"voted names demand {wrong}, but demands are 0 to {size - 1}")
    if showings is not None and (np.asarray(showings) < 0).any():
        raise StudyError(f"showings of {int(np.min(showings))} must be 0 or more")
    if not 0 < floor <= 1:
        raise StudyError(f"floor={floor} must be above 0 and at most 1, so that every demand can be shown")
    if noise <= 0:
        raise StudyError(f"noise={noise} must be above 0")
    if count < 0:
        raise StudyError(f"count={count} must be 0 or more")
