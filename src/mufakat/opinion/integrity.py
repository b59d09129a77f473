"""Votes that look unread or copied: a list for people to look at, never a verdict; all votes still count."""

from __future__ import annotations

import numpy as np

from mufakat.opinion.alike import alike_pairs
from mufakat.opinion.errors import StudyError
from mufakat.opinion.result import Integrity
from mufakat.opinion.straight import straight_liners
from mufakat.opinion.votes import Ints, Votes


def integrity(
    votes: Votes,
    group: Ints | None = None,
    *,
    groups: int = 1,
    rate: float = 0.01,
    least: float = 0.95,
    overlap: float = 0.90,
    threads: int = 2,
) -> Integrity:
    """Parties that vote alike on everything, and near-duplicate voters; see `docs/integrity.md`.

    Nothing is drawn at random, and time is linear in the votes.

    Args:
        votes: P parties on S demands.
        group: shape (P,); opinion group of each party, 0 to groups - 1, so that members of a group are not
            suspected for agreeing; all in one group where it is left out.
        groups: how many groups there are.
        rate: false discovery rate of each of the two lists, above 0 and below 1.
        least: share of the common demands voted alike from which a pair is looked at, above 0.
        overlap: share of the demands of the one that voted on more that must be common, above 0.
        threads: how many work at once.

    Raises:
        StudyError: `group` does not fit the votes, or an option is out of range.
    """
    for name, value in (("rate", rate), ("least", least), ("overlap", overlap)):
        if not 0 < value <= 1 or (name == "rate" and value == 1):
            raise StudyError(f"{name}={value} must be a share above 0 and at most 1, and a rate below 1")
    if group is not None:
        if np.shape(group) != (len(votes.parties),):
            raise StudyError(f"group has shape {np.shape(group)}, but there are {len(votes.parties)} parties")
        if len(group) and (group.min() < 0 or group.max() >= groups):
            raise StudyError(f"groups must be 0 to {groups - 1}, not {group.min()} to {group.max()}")
    if not len(votes):
        return Integrity(straight=(), alike=())
    straight = straight_liners(votes, rate=rate)
    pairs = alike_pairs(
        votes,
        group,
        groups=groups,
        least=least,
        overlap=overlap,
        rate=rate,
        without=straight.party,
        threads=threads,
    )
    names, cast = votes.parties, votes.cast
    return Integrity(
        straight=tuple(
            (names[party], int(answer), int(cast[party]))
            for party, answer in zip(straight.party, straight.answer, strict=True)
        ),
        alike=tuple(
            (names[first], names[second], int(common), float(share))
            for (first, second), common, share in zip(pairs.pair, pairs.common, pairs.share, strict=True)
        ),
    )
