"""Finds parties whose votes overlap largely without comparing every pair: MinHash (Broder 1997) with banding.

A token is a demand with the answer given. Under one random order of all tokens, the first token of two
parties is the same with a probability equal to their Jaccard similarity J, the share of their tokens that
both have. A signature has 24 such first tokens, in 6 bands of 4; a pair is a candidate where a whole band
is the same, which happens with probability 1 - (1 - J^4)^6: 0.9 at J = 0.75, 0.998 at 0.9, and below 0.001
at 0.1. The orders are fixed; nothing is drawn at random.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.margins import ANSWERS
from mufakat.opinion.votes import Ints, Votes

BANDS, ROWS = 6, 4
HASHES = BANDS * ROWS
# Whoever shares a band is compared with this many followers in the bucket, so that a bucket of n parties
# costs 16 n and never n^2. Buckets are sorted by the next band too, so that copies stand beside each other.
WINDOW = 16
BLOCK_PARTIES = 2048

Signatures = NDArray[np.uint16]
Bands = NDArray[np.uint64]


def votes_of(votes: Votes, chosen: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the votes of the chosen parties lie, party after party: positions, and starts (n + 1,)."""
    length = votes.start[chosen + 1] - votes.start[chosen]
    start = np.concatenate([[0], np.cumsum(length)])
    return np.repeat(votes.start[chosen] - start[:-1], length) + np.arange(start[-1]), start


def signatures(votes: Votes, chosen: Ints, *, threads: int = 2) -> Signatures:
    """The signatures of the chosen parties, who all voted; shape (n, 24)."""
    orders = _orders(len(votes.demands) * ANSWERS)
    result = np.empty((len(chosen), HASHES), dtype=np.uint16)

    def sign(first: int) -> None:
        at, start = votes_of(votes, chosen[first : first + BLOCK_PARTIES])
        tokens = votes.demand[at].astype(np.int64) * ANSWERS + (votes.value[at] + 1)
        ranked = np.take(orders, tokens, axis=0, mode="clip")
        result[first : first + BLOCK_PARTIES] = np.minimum.reduceat(ranked, start[:-1], axis=0)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(sign, range(0, len(chosen), BLOCK_PARTIES)))
    return result


def bands(signed: Signatures) -> Bands:
    """Each band of four as one number; shape (n, 6)."""
    return np.ascontiguousarray(signed).view(np.uint64)


def crowd(banded: Bands) -> NDArray[np.int64]:
    """How many parties share a band with each party, itself included, in its fullest band; shape (n,)."""
    most = np.ones(len(banded), dtype=np.int64)
    for band in banded.T:
        _, inverse, counts = np.unique(band, return_inverse=True, return_counts=True)
        np.maximum(most, counts[inverse], out=most)
    return most


def candidate_pairs(signed: Signatures, banded: Bands, *, alike: int) -> NDArray[np.int64]:
    """Pairs that share a band and at least `alike` of the 24 first tokens.

    Returns:
        Shape (m, 2); positions in `signed`, the smaller first, each pair once, sorted.
    """
    size = len(signed)
    found = [np.empty(0, dtype=np.int64)]
    for band in range(BANDS):
        order = np.lexsort((banded[:, (band + 1) % BANDS], banded[:, band]))
        key = banded[order, band]
        for step in range(1, min(WINDOW, size - 1) + 1):
            at = np.flatnonzero(key[step:] == key[:-step])
            if not len(at):
                break
            first, second = order[at], order[at + step]
            close = _shared(signed, first, second) >= alike
            low, high = np.minimum(first, second)[close], np.maximum(first, second)[close]
            found.append(low * size + high)
    pairs = np.unique(np.concatenate(found))
    return np.stack([pairs // max(size, 1), pairs % max(size, 1)], axis=1)


def _shared(signed: Signatures, first: Ints, second: Ints) -> NDArray[np.int64]:
    shared = np.empty(len(first), dtype=np.int64)
    for at in range(0, len(first), 2**16):
        part = slice(at, at + 2**16)
        shared[part] = (signed[first[part]] == signed[second[part]]).sum(axis=1)
    return shared


def _orders(tokens: int) -> Signatures:
    """Where each token stands in each of 24 fixed orders, in 16 bits; shape (tokens, 24).

    The finalizer of splitmix64 (Steele, Lea & Flood 2014) over token and order; its upper bits are used.
    """
    x = np.arange(1, tokens * HASHES + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x ^= x >> np.uint64(31)
    return (x >> np.uint64(48)).astype(np.uint16).reshape(tokens, HASHES)
