"""Which group each party belongs to, and how surely.

Around the centre of its group a party's place varies normally, and its votes show that place with noise: a
normal mixture with a known error for each party (Bovy, Hogg & Roweis 2011). Membership is the posterior
probability under that mixture: near 1 for a party that voted much and clearly, near the group's share for one
that said little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mufakat.opinion.clustering import Evidence
from mufakat.opinion.systems import solve_each
from mufakat.opinion.votes import Floats

REFINEMENTS = 20


@dataclass(frozen=True, eq=False)
class Mixture:
    """k groups of parties on r axes.

    Attributes:
        shares: shape (k,); of all parties, sum 1. centres: shape (k, r); places of the groups.
        within: shape (r,); variance of places inside a group. noise: variance of a single vote.
    """

    shares: Floats
    centres: Floats
    within: Floats
    noise: float

    def membership(self, evidence: Evidence) -> Floats:
        """Posterior probability of each group given each party's votes; shape (n, k), rows sum to 1."""
        tight = 1 / self.within
        drawn = (evidence.pull / self.noise)[:, :, None] + (tight * self.centres).T
        settled = solve_each(evidence.information / self.noise + np.diag(tight), drawn)
        likely = (drawn * settled).sum(axis=1) - (tight * self.centres**2).sum(axis=1)
        likely = likely / 2 + np.log(self.shares)
        likely -= likely.max(axis=1, keepdims=True)
        weight = np.exp(likely)
        membership: Floats = weight / weight.sum(axis=1, keepdims=True)
        return membership


def fit_mixture(evidence: Evidence, centres: Floats, noise: float) -> Mixture:
    """The mixture around given centres (k, r): spread from the parties nearest to each, then shares."""
    nearest = evidence.misfit(centres).argmin(axis=0)
    left = evidence.pull - np.einsum("pab,pb->pa", evidence.information, centres[nearest])
    precise = np.einsum("paa->pa", evidence.information)
    surplus = (left**2 - noise * precise).sum(axis=0) / np.maximum((precise**2).sum(axis=0), 1e-12)
    within = np.maximum(surplus, 1e-3 * np.maximum(centres.var(axis=0), 1e-9))
    shares = (np.bincount(nearest, minlength=len(centres)) + 1.0) / (len(nearest) + len(centres))
    for _ in range(REFINEMENTS):
        shares = np.maximum(Mixture(shares, centres, within, noise).membership(evidence).mean(axis=0), 1e-6)
    return Mixture(shares, centres, within, noise)
