"""The opinion map: places, marks and what is said of them."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from mufakat.opinion.report.map import MOST_MARKS, Frame, described, picture
from mufakat.opinion.report.marks import SHAPES
from tests.opinion import studies
from tests.opinion.report.reading import text_of, tree, with_class

NUMBER = r"-?[\d.]+"


def marks(markup: str) -> list[tuple[float, float, float]]:
    """Across, down and size of every mark."""
    found = re.findall(rf'transform="translate\(({NUMBER}) ({NUMBER})\) scale\(({NUMBER})\)"', markup)
    return [(float(x), float(y), float(size)) for x, y, size in found]


def test_every_party_has_its_mark_inside_the_picture() -> None:
    made = studies.study()
    drawn = picture(made)
    height = float(tree(drawn).get("viewbox", "").split()[3])
    places = marks(drawn)
    assert len(places) == 40
    assert all(0 < x < 640 and 0 < y < height for x, y, _size in places)


def test_distances_are_true_in_every_direction_and_up_is_up() -> None:
    x, y = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
    across, down = Frame.of(x, y).points(x, y)
    assert across[1] - across[0] == pytest.approx(down[0] - down[2], abs=0.2)
    assert down[2] < down[0]


def test_shapes_tell_groups_apart_without_colour() -> None:
    made = studies.study(groups=3)
    used = {use.get("href") for use in tree(picture(made)).iter("use")}
    assert used == {"#shape0", "#shape1", "#shape2"}
    assert len(set(SHAPES)) == len(SHAPES) == 8


def test_each_group_is_lettered_and_one_cloud_is_not() -> None:
    letters = [text_of(e) for e in with_class(tree(picture(studies.study())), "letter")]
    assert letters == ["A", "B", "C"]
    assert not with_class(tree(picture(studies.one_group())), "letter")


def test_a_party_between_groups_is_drawn_hollow() -> None:
    made = studies.study()
    hollow = with_class(tree(picture(made)), "hollow")
    assert len(hollow) == int((made.parties.membership < 0.8).sum()) > 0


def test_many_parties_are_drawn_as_one_mark_a_place_and_none_is_left_out() -> None:
    made = studies.large()
    drawn = tree(picture(made))
    assert len(made.parties.id) > MOST_MARKS
    counts = [int(text_of(use).split()[0].replace(",", "")) for use in drawn.iter("use")]
    assert len(counts) < 2000
    assert sum(counts) == 5000
    sizes = [size for _x, _y, size in marks(picture(made))]
    assert sizes == sorted(sizes, reverse=True)


def test_all_parties_in_one_place_still_make_a_map() -> None:
    made = studies.study()
    nowhere = replace(made.parties, x=np.zeros(40), y=np.full(40, np.nan))
    assert len(marks(picture(replace(made, parties=nowhere)))) == 40
    assert marks(picture(studies.study(parties=0, demands=0, groups=1))) == []


def test_more_groups_than_shapes_begin_again_with_other_letters() -> None:
    made = studies.study(parties=400, groups=10)
    drawn = picture(made)
    assert "#shape8" not in drawn
    assert text_of(with_class(tree(drawn), "letter")[-1]) == "J"


def test_the_picture_is_told_in_a_sentence() -> None:
    made = studies.study()
    a, b, c = made.groups.sizes
    assert described(made) == f"Map of 40 parties in 3 groups: A with {a}, B with {b}, C with {c}."
    assert described(studies.one_group()) == "Map of 40 parties in one cloud; no groups stand out."
