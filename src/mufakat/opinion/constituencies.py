"""Constituencies: the sets of parties that consensus is asked of.

A family divides the parties: by kind, by region, by whether they belong to a group. A party that the
table does not place in a family belongs to none of its constituencies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

UNPLACED = -1


@dataclass(frozen=True, eq=False)
class Family:
    """One way to divide the parties.

    Attributes:
        name: what it divides by, such as `kind`, `region` or `group: LDC`.
        constituencies: names of the C constituencies.
        member: shape (parties,), int32; which constituency each party belongs to, or -1.
    """

    name: str
    constituencies: tuple[str, ...]
    member: NDArray[np.int32]

    @property
    def sizes(self) -> NDArray[np.intp]:
        """How many parties each constituency has, voting or not; shape (C,)."""
        return np.bincount(self.member[self.member >= 0], minlength=len(self.constituencies))


@dataclass(frozen=True, eq=False)
class Constituencies:
    """The parties of a consultation as a table declares them, whether they voted or not.

    Attributes:
        parties: ids, in the order of the table.
        families: every way the table divides them; each family's `member` is in the order of `parties`.
        names: what a person would call a party, by id; parties without a name of their own are left out.
    """

    parties: Sequence[str] = ()
    families: tuple[Family, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def aligned(self, parties: Sequence[str]) -> tuple[Family, ...]:
        """The families with `member` in the order of the given parties; unknown parties are unplaced."""
        if not self.families:
            return ()
        place = {party: i for i, party in enumerate(self.parties)}
        index = np.array([place.get(party, -1) for party in parties], dtype=np.int64)
        found = index >= 0
        aligned = []
        for family in self.families:
            member = np.full(len(parties), UNPLACED, dtype=np.int32)
            member[found] = family.member[index[found]]
            aligned.append(Family(family.name, family.constituencies, member))
        return tuple(aligned)


def family_of(name: str, values: Sequence[str]) -> Family:
    """A family from one label a party; an empty label leaves the party unplaced.

    Constituencies come in alphabetical order, so that the order of the table does not matter.
    """
    labels = tuple(sorted({value for value in values if value}))
    code = {label: i for i, label in enumerate(labels)}
    return Family(name, labels, np.array([code.get(value, UNPLACED) for value in values], dtype=np.int32))


def group_family(group: str, belongs: Sequence[bool]) -> Family:
    """A family of two: the members of a group, and everyone else."""
    member = np.where(np.asarray(belongs, dtype=bool), 0, 1).astype(np.int32)
    return Family(f"group: {group}", (group, f"not {group}"), member)
