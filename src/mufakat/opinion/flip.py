"""The fewest added votes that would end a consensus: how much mischief, or how few new voices, it bears.

Only disagreement is added, all of it by new parties within one constituency, wherever the fewest are enough.
A demand's whole family is judged anew with the added votes, as pooling lets them weigh on their neighbours
too; what all its demands taught of the family stays as it is. A new party also counts among all
parties, which are a constituency of their own and so among the candidates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from mufakat.opinion.consensus import Consensus, FamilyConsensus, doubts, most_doubt
from mufakat.opinion.pooling import evidence_of, family_evidence, matched, node_weights
from mufakat.opinion.result import State
from mufakat.opinion.votes import Ints

# Trials that are judged at once.
BATCH = 512


@dataclass(frozen=True)
class Flip:
    """The fewest added votes that end `holds everywhere`.

    Attributes:
        added: how many votes of disagreement. family, name: the constituency in which so few are enough.
    """

    added: int
    family: str
    name: str


def fewest_added(consensus: Consensus) -> tuple[Flip | None, ...]:
    """For every demand that holds everywhere, the fewest votes that would end that; None for the others.

    With `added` votes in the constituency named the doubt passes what is allowed, with one fewer it does not,
    and no other constituency does with fewer than `added`. Where several need equally few, the one with the
    least sure agreement is named, of equals the first by name.
    """
    found: list[Flip | None] = [None] * len(consensus.state)
    held = np.flatnonzero([state is State.EVERYWHERE for state in consensus.state])
    if not len(held):
        return tuple(found)
    trial = _Trial(consensus, held)
    names = [(f.counts.family, name) for f in consensus.families for name in f.counts.constituencies]
    by_name = np.array(sorted(range(len(names)), key=names.__getitem__))
    guess = np.vstack([_guess(family, held, consensus) for family in consensus.families])
    demand = np.arange(len(held))
    binding = by_name[guess[by_name].argmin(axis=0)]
    added = trial.fewest(binding, demand, guess[binding, demand])

    # Every other constituency has one chance to do it with fewer; only those that can are searched.
    rival, of = np.nonzero((np.arange(len(names))[:, None] != binding) & (added > 1))
    fewer = trial.ends(rival, of, added[of] - 1)
    rival, of = rival[fewer], of[fewer]
    if len(rival):
        votes = trial.fewest(rival, of, np.minimum(guess[rival, of], added[of] - 1))
        place = np.empty(len(names), dtype=np.int64)
        place[by_name] = np.arange(len(names))
        for i in np.lexsort((place[rival], guess[rival, of], votes)):
            if votes[i] < added[of[i]]:
                added[of[i]], binding[of[i]] = votes[i], rival[i]
    for s, votes_added, c in zip(held.tolist(), added.tolist(), binding.tolist(), strict=True):
        found[s] = Flip(votes_added, *names[c])
    return tuple(found)


def _guess(family: FamilyConsensus, held: Ints, consensus: Consensus) -> Ints:
    """About how many votes of disagreement bring a constituency's lower bound down; shape (C, held).

    A normal bound about one half, with the pooled opinion left as it is.
    """
    alpha, beta = family.pooled.alpha[:, held], family.pooled.beta[:, held]
    half = -float(ndtri(most_doubt(consensus.level))) * np.sqrt(1 / consensus.threshold - 1) / 2
    size = (np.sqrt(half**2 + alpha / consensus.threshold) - half) ** 2
    # Rounded first, so that equal counts give equal guesses whatever the order they were summed in.
    votes: Ints = np.maximum(np.ceil(np.round(size - alpha - beta, 6)), 1).astype(np.int64)
    return votes


class _Trial:
    """Judges demands anew with votes added; constituencies of all families are numbered through."""

    def __init__(self, consensus: Consensus, held: Ints) -> None:
        self._consensus = consensus
        self._families = consensus.families
        sizes = [len(family.counts.constituencies) for family in self._families]
        self._family_of = np.repeat(np.arange(len(sizes)), sizes)
        self._within = np.concatenate([np.arange(size) for size in sizes])
        self._agree = [family.counts.votes.agree[:, held] for family in self._families]
        self._cast = [family.counts.votes.cast[:, held] for family in self._families]
        self._evidence = [
            family_evidence(agree, cast) for agree, cast in zip(self._agree, self._cast, strict=True)
        ]
        self._doubt = np.array(
            [
                doubts(f.pooled.alpha[:, held], f.pooled.beta[:, held], consensus.threshold).sum(axis=0)
                for f in self._families
            ]
        )

    def ends(self, constituency: Ints, demand: Ints, added: Ints) -> NDArray[np.bool_]:
        """Whether so many added votes in that constituency end what holds, one answer a trial."""
        ended = np.zeros(len(demand), dtype=bool)
        for number in range(len(self._families)):
            inside = np.flatnonzero(self._family_of[constituency] == number)
            for part in _batches(inside):
                ended[part] = self._judge(number, self._within[constituency[part]], demand[part], added[part])
        return ended

    def fewest(self, constituency: Ints, demand: Ints, guess: Ints) -> Ints:
        """The number that ends it while one fewer does not, one a trial, by doubling steps and bisection."""
        none, enough = np.zeros(len(demand), dtype=np.int64), np.full(len(demand), -1, dtype=np.int64)
        attempt, step = guess.copy(), 1
        while (left := np.flatnonzero((enough < 0) | (enough - none > 1))).size:
            ended = self.ends(constituency[left], demand[left], attempt[left])
            enough[left[ended]] = attempt[left[ended]]
            none[left[~ended]] = attempt[left[~ended]]
            step *= 2
            attempt = np.where(enough < 0, none + step, (none + enough) // 2)
        return enough

    def _judge(self, number: int, within: Ints, demand: Ints, added: Ints) -> NDArray[np.bool_]:
        family, threshold = self._families[number], self._consensus.threshold
        trials = np.arange(len(demand))
        agree, cast = self._agree[number][:, demand], self._cast[number][:, demand].copy()
        agreed, before = agree[within, trials], cast[within, trials]
        cast[within, trials] += added
        # Only one constituency's part of the evidence changes.
        evidence = self._evidence[number][demand]
        evidence = evidence - evidence_of(agreed, before) + evidence_of(agreed, before + added)
        alpha, beta = matched(agree, cast, node_weights(evidence, family.pooled.prior))
        doubt = doubts(alpha, beta, threshold).sum(axis=0)
        others = self._doubt[:, demand].sum(axis=0) - self._doubt[number, demand]
        ended: NDArray[np.bool_] = doubt + others > most_doubt(self._consensus.level)
        return ended


def _batches(trials: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    for first in range(0, len(trials), BATCH):
        yield trials[first : first + BATCH]
