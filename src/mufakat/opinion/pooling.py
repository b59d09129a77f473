"""Agreement in every constituency of a family, pooled no further than the family itself agrees.

On one demand, the shares that agree in the constituencies of a family are taken as draws from a Beta with
mean mu and strength kappa, so that the counts are beta-binomial (Skellam 1948):

    A_c ~ BetaBinomial(n_c; mu kappa, (1 - mu) kappa)

kappa is how many votes' worth of opinion a constituency borrows from its family. Both are integrated over a
grid and never fixed at a best guess. How alike the constituencies of this family are, and how far from one
half its demands tend to lie, is learned from all its demands together (empirical Bayes, Efron & Morris 1973):
where constituencies differ, little is borrowed. On which side of one half a demand lies is never learned from
others, so that many popular demands carry no unpopular one. kappa ends at a cap, so that no constituency is
swallowed by its family however alike the rest are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, gammaln

from mufakat.opinion.errors import StudyError
from mufakat.opinion.votes import Floats

MEANS = 32
STRENGTHS = 9
WEAKEST, STRONGEST = 1.0, 40.0
# Steps of expectation-maximisation, and demands' worth of the flat start that stays in: a few demands, or
# demands that say little, must not settle how alike a family is.
STEPS = 30
FLAT_DEMANDS = 10.0
# Numbers in one working array; small enough to stay in a processor's cache.
CHUNK = 2**17

# Equal steps of the angle give nodes that all weigh the same under Jeffreys' prior on mu, and lie closer near
# 0 and 1.
_MU: Floats = np.sin((np.arange(MEANS) + 0.5) * np.pi / (2 * MEANS)) ** 2
_KAPPA: Floats = np.geomspace(WEAKEST, STRONGEST, STRENGTHS)
# The two parameters of the Beta at every node, strength first; shape (K, M).
_ALPHA: Floats = _KAPPA[:, None] * _MU
_BETA: Floats = _KAPPA[:, None] * (1 - _MU)


@dataclass(frozen=True, eq=False)
class Pooled:
    """Agreement in the C constituencies of one family on S demands.

    Attributes:
        agree: shape (C, S); posterior mean share, 0 to 1.
        low, high: shape (C, S); equal-tailed interval of the share.
        alpha, beta: shape (C, S); the Beta that has the posterior's mean and variance; the interval is its
        own.
        prior: shape (K, M); how likely each kappa and mu of the grid is in this family, sums to 1.
    """

    agree: Floats
    low: Floats
    high: Floats
    alpha: Floats
    beta: Floats
    prior: Floats


def pool(agree: Floats, cast: Floats, *, level: float = 0.90, prior: Floats | None = None) -> Pooled:
    """The posterior of every constituency's share on every demand.

    A constituency without votes gets what its family lets one expect of it.

    Args:
        agree, cast: shape (C, S); votes that agree and votes cast, whole or effective numbers, 0 <= agree <=
        cast.
        level: how much of the posterior the interval holds, in (0, 1).
        prior: shape (K, M); the family's prior over the nodes where it is known, else it is learned here.

    Raises:
        StudyError: counts of different shapes or out of range, or a level outside (0, 1).
    """
    check_counts(agree, cast)
    if not 0 < level < 1:
        raise StudyError(f"level={level} must lie between 0 and 1")
    evidence = family_evidence(agree, cast)
    if prior is None:
        prior = learn_prior(evidence)
    alpha, beta = matched(agree, cast, node_weights(evidence, prior))
    tail = (1 - level) / 2
    low: Floats = np.asarray(betaincinv(alpha, beta, tail), dtype=np.float64)
    high: Floats = np.asarray(betaincinv(alpha, beta, 1 - tail), dtype=np.float64)
    return Pooled(
        agree=alpha / (alpha + beta),
        low=low,
        high=high,
        alpha=alpha,
        beta=beta,
        prior=prior,
    )


def check_counts(agree: Floats, cast: Floats) -> None:
    """Refuse counts that no votes can have."""
    if agree.ndim != 2 or agree.shape != cast.shape:
        raise StudyError(
            f"agree has shape {agree.shape} and cast {cast.shape}: both must be constituencies by demands"
        )
    wrong = ~((agree >= 0) & (agree <= cast) & np.isfinite(cast))
    if wrong.any():
        c, s = (int(i) for i in np.argwhere(wrong)[0])
        raise StudyError(
            f"agree={agree[c, s]} of cast={cast[c, s]} in constituency {c}, demand {s}: "
            "0 <= agree <= cast must hold"
        )


def evidence_of(agree: Floats, cast: Floats) -> Floats:
    """Log-probability of one order of the votes at every node of the grid; shape (*agree.shape, K, M)."""
    a, n = agree[..., None, None], cast[..., None, None]
    evidence: Floats = gammaln(a + _ALPHA)
    evidence += gammaln((n - a) + _BETA)
    evidence += gammaln(_KAPPA)[:, None] - gammaln(n + _KAPPA[:, None])
    evidence -= gammaln(_ALPHA) + gammaln(_BETA)
    return evidence


def family_evidence(agree: Floats, cast: Floats) -> Floats:
    """What all constituencies together say of each node; shape (S, K, M)."""
    evidence = np.zeros((agree.shape[1], STRENGTHS, MEANS))
    step = max(1, CHUNK // (STRENGTHS * MEANS))
    for first in range(0, agree.shape[1], step):
        part = slice(first, first + step)
        for counted, total in zip(agree[:, part], cast[:, part], strict=True):
            voted = np.flatnonzero(total > 0)
            evidence[first + voted] += evidence_of(counted[voted], total[voted])
    return evidence


def learn_prior(evidence: Floats) -> Floats:
    """What all demands together say of the nodes, by expectation-maximisation; shape (K, M).

    kappa and the distance of mu from one half are learned apart from each other. A demand learns from the
    others how alike the constituencies are and how far from one half demands tend to lie, never on which
    side.
    """
    likelihood = np.exp(evidence - evidence.max(axis=(1, 2), keepdims=True, initial=-np.inf))
    likelihood += likelihood[:, :, ::-1]
    flat_strength, flat_mean = np.full(STRENGTHS, 1 / STRENGTHS), np.full(MEANS, 1 / MEANS)
    strength, mean = flat_strength, flat_mean
    for _ in range(STEPS):
        with_mean = likelihood @ mean  # (S, K)
        share = 1 / np.maximum(with_mean @ strength, np.finfo(np.float64).tiny)
        by_strength = strength * (share @ with_mean)
        by_mean = mean * np.einsum("sk,skm->m", share[:, None] * strength, likelihood)
        strength = by_strength + FLAT_DEMANDS * flat_strength
        mean = by_mean + FLAT_DEMANDS * flat_mean
        strength, mean = strength / strength.sum(), mean / mean.sum()
    return np.outer(strength, mean)


def node_weights(evidence: Floats, prior: Floats) -> Floats:
    """Posterior probability of every node; shape of `evidence`, sums to 1 over its last two axes."""
    weight = evidence + np.log(prior)
    weight -= weight.max(axis=(-2, -1), keepdims=True)
    np.exp(weight, out=weight)
    weight /= weight.sum(axis=(-2, -1), keepdims=True)
    return weight


def matched(agree: Floats, cast: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """The Beta with the mean and variance of each posterior, which is a mixture over the nodes.

    Args:
        agree, cast: shape (C, S). weight: shape (S, K, M).

    Returns:
        alpha and beta, each of shape (C, S).
    """
    share = weight.sum(axis=2)  # (S, K)
    first = weight @ _MU
    second = weight @ _MU**2
    mean, square = np.zeros_like(agree), np.zeros_like(agree)
    # With x = a + mu kappa and N = n + kappa a node's Beta has E p = x / N and E p^2 = x (x + 1) / (N (N +
    # 1)).
    for k, kappa in enumerate(_KAPPA):
        total = cast + kappa
        x = agree * share[:, k] + kappa * first[:, k]
        mean += x / total
        squared = agree**2 * share[:, k] + 2 * kappa * agree * first[:, k] + kappa**2 * second[:, k]
        square += (squared + x) / (total * (total + 1))
    variance = square - mean**2
    size = mean * (1 - mean) / variance - 1
    return mean * size, (1 - mean) * size
