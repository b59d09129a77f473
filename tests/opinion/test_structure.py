"""Groups are found where they were planted and nowhere else: a small part of `bench/groups.py`, seeded."""

from __future__ import annotations

import numpy as np
import pytest
from bench.groups import NO_GROUPS, World, draw, outcome, sized, uneven_shares


@pytest.mark.parametrize("name", sorted(NO_GROUPS))
def test_votes_without_groups_are_one_group(name: str) -> None:
    found = []
    for i in range(4):
        world = sized(NO_GROUPS[name], np.random.default_rng((7, i)))
        small = World(**{**vars(world), "parties": min(world.parties, 150), "demands": world.demands // 2})
        found.append(outcome((small, (8, i))).k)
    assert found == [1] * 4


@pytest.mark.parametrize("groups", [2, 3, 4])
@pytest.mark.parametrize("uneven", [False, True])
def test_planted_groups_are_found_and_filled_with_the_right_parties(groups: int, uneven: bool) -> None:
    world = World(300, 60, groups, uneven_shares(groups) if uneven else None, separation=2.0)
    found = outcome((world, (9, groups, uneven)))
    assert found.k == groups
    assert found.ari >= 0.95
    assert found.claimed == pytest.approx(found.right, abs=0.02)


@pytest.mark.parametrize("groups", [5, 6])
def test_many_planted_groups_are_found(groups: int) -> None:
    found = outcome((World(300, 100, groups, separation=2.0, votes=80), (10, groups)))
    assert found.k == groups
    assert found.ari >= 0.95


@pytest.mark.parametrize("parties", [26, 193])
def test_two_groups_are_found_at_the_sizes_at_which_other_rules_break(parties: int) -> None:
    found = [outcome((World(parties, 100, 2, separation=2.5), (11, parties, i))) for i in range(3)]
    assert [o.k for o in found] == [2, 2, 2]
    assert min(o.ari for o in found) >= 0.9


def test_too_few_votes_are_one_group_and_not_a_wrong_number_of_them() -> None:
    assert [outcome((World(200, 60, 3, votes=6), (12, i))).k for i in range(4)] == [1] * 4


def test_a_drawn_consultation_is_what_its_world_says() -> None:
    votes, planted = draw(World(400, 50, 4, (0.4, 0.3, 0.2, 0.1), votes=20), np.random.default_rng(1))
    assert votes.cast.tolist() == [20] * 400
    assert np.bincount(planted) / 400 == pytest.approx([0.4, 0.3, 0.2, 0.1], abs=0.06)
    assert (votes.value == 0).mean() == pytest.approx(0.15, abs=0.02)
    uneven, _ = draw(World(400, 200, votes=30, uneven=True), np.random.default_rng(2))
    assert uneven.cast.mean() == pytest.approx(30, rel=0.1)
    assert uneven.cast.std() > 15
