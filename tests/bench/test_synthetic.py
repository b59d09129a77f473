"""The invented votes are the ones that the figures of other programs were measured on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from bench.synthetic import Events, Recipe, invent, planted_groups, write_votes

from mufakat.opinion.reading import read_votes

TINY = Recipe(300, 40)
SMALL = Recipe(10_000, 500)


def standing(events: Events) -> set[tuple[int, int, int]]:
    """The last vote of each party on each demand."""
    rows = zip(events.party.tolist(), events.demand.tolist(), events.vote.tolist(), strict=True)
    last = {(party, demand): vote for party, demand, vote in rows}
    return {(party, demand, vote) for (party, demand), vote in last.items()}


@pytest.fixture(scope="module")
def small() -> Events:
    return invent(SMALL)


def test_ten_thousand_parties_cast_the_number_of_votes_that_was_first_counted(small: Events) -> None:
    assert len(small) == 361_245
    pairs = small.party.astype(np.int64) * SMALL.demands + small.demand
    assert len(np.unique(pairs)) == len(small)


def test_the_votes_have_the_shares_that_are_told(small: Events) -> None:
    shares = np.bincount(small.vote + 1, minlength=3) / len(small)
    assert shares == pytest.approx([0.36, 0.15, 0.49], abs=0.01)
    each = np.bincount(small.party)
    assert np.percentile(each, (10, 50)) == pytest.approx([10, 28], abs=1)
    assert each.max() == 278


def test_groups_have_the_planted_shares() -> None:
    shares = np.bincount(planted_groups(SMALL)) / SMALL.parties
    assert shares == pytest.approx([0.4, 0.3, 0.2, 0.1], abs=0.02)


def test_the_first_twentieth_of_the_demands_is_agreed_in_every_group(small: Events) -> None:
    group = planted_groups(SMALL)[small.party]
    cast = small.vote != 0
    agreed = np.array(
        [[small.vote[cast & (group == g) & (small.demand == s)].mean() for s in range(25)] for g in range(4)]
    )
    assert (agreed > 0).mean() == 1.0
    assert agreed.mean() == pytest.approx(2 / (1 + np.exp(-2)) - 1, abs=0.03)


def test_the_same_recipe_gives_the_same_votes_and_another_seed_others() -> None:
    one, again, other = invent(TINY), invent(TINY), invent(replace(TINY, seed=8))
    assert np.array_equal(one.vote, again.vote)
    assert np.array_equal(one.party, again.party)
    assert np.array_equal(one.demand, again.demand)
    assert standing(one) != standing(other)


def test_votes_cast_anew_supersede_the_share_asked_for_and_change_nothing_that_stands() -> None:
    plain, revoted = invent(TINY), invent(replace(TINY, revotes=0.03))
    assert 1 - len(plain) / len(revoted) == pytest.approx(0.03, abs=0.001)
    assert standing(revoted) == standing(plain)
    first: dict[tuple[int, int], int] = {}
    for party, demand, vote in zip(revoted.party, revoted.demand, revoted.vote, strict=True):
        first.setdefault((int(party), int(demand)), int(vote))
    changed = {(party, demand, vote) for (party, demand), vote in first.items()} - standing(plain)
    assert len(changed) > (len(revoted) - len(plain)) / 3


def test_opinion_sways_what_is_voted_on_where_asked() -> None:
    def agreement(exposure: float) -> float:
        return float(invent(replace(SMALL, parties=2_000, exposure=exposure)).vote.mean())

    assert agreement(1.0) > agreement(0.0) + 0.05


def test_what_is_written_is_read_back_as_it_was_invented(tmp_path: Path) -> None:
    recipe = replace(TINY, revotes=0.03)
    rows = write_votes(recipe, tmp_path / "votes.csv")
    reading = read_votes(tmp_path / "votes.csv")
    assert reading.rows.read == rows
    assert reading.rows.kept == len(invent(TINY))
    assert reading.rows.rejected == 0


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"parties": 0}, "parties: 0"),
        ({"demands": 70_000}, "demands: 70000"),
        ({"revotes": 0.5}, "revotes: 0.5"),
    ],
)
def test_a_recipe_that_cannot_be_followed_is_refused(wrong: dict[str, int], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        replace(TINY, **wrong)
