"""Who was heard: parties and votes of every declared constituency."""

from __future__ import annotations

import numpy as np

from mufakat.opinion.constituencies import Constituencies, family_of, group_family
from mufakat.opinion.coverage import coverage, declared_sizes
from mufakat.opinion.votes import Votes, votes_from_events


def four_votes() -> Votes:
    """Parties a (2 votes), b (1), c (1); d is declared and silent, e voted and is not declared."""
    votes, _ = votes_from_events(
        parties=["a", "b", "e"],
        demands=["1", "2"],
        party=np.array([0, 0, 1, 2], dtype=np.int32),
        demand=np.array([0, 1, 0, 0], dtype=np.int32),
        value=np.array([1, 0, -1, 1], dtype=np.int8),
    )
    return votes


DECLARED = Constituencies(
    parties=("a", "b", "d"),
    families=(family_of("kind", ["state", "", "state"]), group_family("LDC", [True, False, True])),
)


def test_a_silent_party_is_declared_and_not_heard() -> None:
    found = {
        (row.family, row.name): (row.declared, row.heard, row.votes)
        for row in coverage(DECLARED, four_votes())
    }
    assert found == {
        ("all parties", "everyone"): (4, 3, 4),
        ("kind", "state"): (2, 1, 2),
        ("group: LDC", "LDC"): (2, 1, 2),
        ("group: LDC", "not LDC"): (1, 1, 1),
    }


def test_without_a_table_everyone_who_voted_is_everyone() -> None:
    found = coverage(Constituencies(), four_votes())
    assert [(row.name, row.declared, row.heard, row.votes) for row in found] == [("everyone", 3, 3, 4)]


def test_sizes_count_parties_that_never_voted() -> None:
    sizes = declared_sizes(DECLARED, four_votes())
    assert {name: size.tolist() for name, size in sizes.items()} == {
        "kind": [2],
        "group: LDC": [2, 1],
        "all parties": [4],
    }
