"""Consensus that holds in every constituency, with what is not known kept apart from what is disputed.

A demand is judged in every constituency of every family, and among all parties together. A constituency is
*heard* on a demand when at least three of its parties voted on it; one that has fewer than three parties is
heard when all of them voted. One that is declared and of which nobody ever voted needs at least one vote.
Then

* `holds everywhere`: every constituency is heard, and the doubt is at most 5 %. The doubt is the chance that
  at least one constituency does not carry the demand: the sum, over all constituencies, of the probability
  that its share is one half or less (Bonferroni's bound). So every lower bound lies above one half, and with
  many constituencies more than that is asked, as each of them may be the one that is wrong. Nobody who was
  not heard is taken to agree.
* `contested`: some constituency that is heard does not carry the demand: its upper bound lies below one half,
  or its interval contains one half and is narrower than 0.2, so that it is known to be split.
* `not heard enough`: neither. More votes will tell.

Agreement is the share of +1 among votes cast, so a pass is heard and does not count as agreement. The score
is the lowest lower bound over all constituencies, and the constituency that has it binds: nothing raises the
score before that constituency moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from mufakat.opinion.constituencies import Family
from mufakat.opinion.errors import StudyError
from mufakat.opinion.pooling import Pooled, pool
from mufakat.opinion.result import EVERYONE, EVERYONE_FAMILY, HEARD_PARTIES, Standing, State
from mufakat.opinion.tally import Tally, tally
from mufakat.opinion.votes import Floats, Ints, Votes

SPLIT_WIDTH = 0.2


@dataclass(frozen=True, eq=False)
class FamilyCounts:
    """What was counted in the C constituencies of one family, on S demands.

    Attributes:
        family: its name. constituencies: their names.
        votes: the counts, each of shape (C, S); see `mufakat.opinion.tally`.
        declared: shape (C,); parties that each constituency has, voting or not.
    """

    family: str
    constituencies: tuple[str, ...]
    votes: Tally
    declared: Ints


@dataclass(frozen=True, eq=False)
class FamilyConsensus:
    """How the constituencies of one family stand to every demand.

    Attributes:
        counts: what was counted. pooled: agreement and its interval, each of shape (C, S).
        heard: shape (C, S), bool; whether enough parties of the constituency voted on the demand.
    """

    counts: FamilyCounts
    pooled: Pooled
    heard: NDArray[np.bool_]

    @property
    def n(self) -> Floats:
        """Votes cast, passes included (an effective number where votes are weighted); shape (C, S)."""
        return self.counts.votes.cast


@dataclass(frozen=True, eq=False)
class Consensus:
    """How S demands stand in every constituency.

    Attributes:
        families: the family of all parties first, then the others in the order given.
        state: one a demand.
        doubt: shape (S,); upper bound of the chance that some constituency does not pass the threshold, 0 to
        1.
        score: shape (S,); lowest lower bound over all constituencies, 0 to 1.
        binding: the constituency that has it, as (family, name), one a demand; of equals the first by name.
        threshold: the share that has to be passed. level: what the intervals hold.
    """

    families: tuple[FamilyConsensus, ...]
    state: tuple[State, ...]
    doubt: Floats
    score: Floats
    binding: tuple[tuple[str, str], ...]
    threshold: float
    level: float

    def standings(self, demand: int) -> tuple[Standing, ...]:
        """Every constituency's standing on one demand (its index), all families."""
        return tuple(
            Standing(
                family=family.counts.family,
                name=name,
                n=float(family.n[c, demand]),
                agree=float(family.pooled.agree[c, demand]),
                low=float(family.pooled.low[c, demand]),
                high=float(family.pooled.high[c, demand]),
            )
            for family in self.families
            for c, name in enumerate(family.counts.constituencies)
        )


def consensus(
    votes: Votes,
    families: Sequence[Family],
    *,
    declared: Mapping[str, Ints] | None = None,
    threshold: float = 0.5,
    level: float = 0.90,
    split_width: float = SPLIT_WIDTH,
    threads: int = 2,
) -> Consensus:
    """Judge every demand in every constituency of the families, and among all parties.

    Weighted votes are judged by their effective numbers; whether a constituency is heard is always a matter
    of how many of its parties voted.

    Args:
        votes: of P parties on S demands.
        families: each with `member` in the order of `votes.parties`; the discovered groups may be one of
        them.
        declared: by name of a family, shape (C,): parties that each constituency has, voting or not. A family
            that is not there has as many as `member` says.
        threshold: the share of agreement that must be passed, in (0, 1).
        level: how much of the posterior an interval holds, in (0, 1).
        split_width: an interval narrower than this that contains the threshold says that opinion is split.
        threads: for counting.

    Raises:
        StudyError: families that do not fit the votes or share a name, or an option out of range.
    """
    if all(family.name != EVERYONE_FAMILY for family in families):
        everyone = Family(EVERYONE_FAMILY, (EVERYONE,), np.zeros(len(votes.parties), dtype=np.int32))
        families = [everyone, *families]
    declared = {} if declared is None else declared
    counted = [
        FamilyCounts(
            family=family.name,
            constituencies=family.constituencies,
            votes=votes_of_family,
            declared=np.asarray(declared.get(family.name, family.sizes)),
        )
        for family, votes_of_family in zip(families, tally(votes, families, threads=threads), strict=True)
    ]
    return consensus_of_counts(counted, threshold=threshold, level=level, split_width=split_width)


def consensus_of_counts(
    counts: Sequence[FamilyCounts],
    *,
    threshold: float = 0.5,
    level: float = 0.90,
    split_width: float = SPLIT_WIDTH,
) -> Consensus:
    """The same from counts, for those who adjust them first; `consensus` says what the options mean.

    Every family named is judged, and no other: `all parties` is not added here.

    Raises:
        StudyError: no constituency at all, families of one name or over different demands, or an option or a
            count out of range.
    """
    if not 0 < threshold < 1:
        raise StudyError(f"threshold={threshold} must lie between 0 and 1")
    if not 0 <= split_width <= 1:
        raise StudyError(f"split_width={split_width} must lie from 0 to 1")
    counts = [family for family in counts if family.constituencies]
    _check(counts)
    families = tuple(
        FamilyConsensus(
            counts=family,
            pooled=pool(family.votes.agree, family.votes.cast, level=level),
            heard=family.votes.voters >= np.clip(family.declared, 1, HEARD_PARTIES)[:, None],
        )
        for family in counts
    )
    low = np.vstack([family.pooled.low for family in families])
    high = np.vstack([family.pooled.high for family in families])
    heard = np.vstack([family.heard for family in families])
    doubt = sum(doubts(family.pooled.alpha, family.pooled.beta, threshold).sum(axis=0) for family in families)
    doubt = np.minimum(doubt, 1.0)
    holds = np.all(heard, axis=0) & (doubt <= most_doubt(level))
    split = (low <= threshold) & (high - low < split_width)
    against = np.any(heard & ((high < threshold) | split), axis=0)
    state = tuple(
        State.EVERYWHERE if everywhere else State.CONTESTED if some else State.UNHEARD
        for everywhere, some in zip(holds.tolist(), against.tolist(), strict=True)
    )
    names = [(family.family, name) for family in counts for name in family.constituencies]
    score = low.min(axis=0)
    return Consensus(families, state, doubt, score, _binding(names, low, score), threshold, level)


def doubts(alpha: Floats, beta: Floats, threshold: float) -> Floats:
    """The probability that each share is at most the threshold, from its matched Beta; shape of `alpha`."""
    return np.asarray(betainc(alpha, beta, threshold), dtype=np.float64)


def most_doubt(level: float) -> float:
    """The doubt with which a demand may hold: what an interval of this level leaves below it."""
    return (1 - level) / 2


def _binding(names: list[tuple[str, str]], low: Floats, score: Floats) -> tuple[tuple[str, str], ...]:
    by_name = sorted(range(len(names)), key=names.__getitem__)
    # Equal counts may differ in the last digit; the name decides among them, whatever their order.
    lowest = (low[by_name] <= score + 1e-9).argmax(axis=0)
    return tuple(names[by_name[c]] for c in lowest.tolist())


def _check(counts: Sequence[FamilyCounts]) -> None:
    if not counts:
        raise StudyError("consensus is asked of no constituency: give at least one family that has one")
    demands = counts[0].votes.cast.shape[-1]
    seen: set[str] = set()
    for family in counts:
        if family.family in seen:
            raise StudyError(f"two families are named {family.family!r}: each needs a name of its own")
        seen.add(family.family)
        constituencies = len(family.constituencies)
        if family.declared.shape != (constituencies,):
            raise StudyError(
                f"family {family.family!r} has {constituencies} constituencies, but the number of declared "
                f"parties is given for {family.declared.shape}"
            )
        for part in (family.votes.agree, family.votes.cast, family.votes.voters):
            if part.shape != (constituencies, demands):
                raise StudyError(
                    f"family {family.family!r} has counts of shape {part.shape}: "
                    f"{(constituencies, demands)} is needed"
                )
