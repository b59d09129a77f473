"""Opinion groups told apart three ways: by colour, by shape and by letter."""

from __future__ import annotations

from math import cos, pi, sin

from mufakat.opinion.report.markup import Html, element
from mufakat.opinion.report.words import group_name


def _points(*places: tuple[float, float]) -> str:
    return " ".join(f"{x:.3g},{y:.3g}" for x, y in places)


def _regular(corners: int, radius: float, turn: float = -pi / 2) -> str:
    angles = [turn + 2 * pi * i / corners for i in range(corners)]
    return _points(*((radius * cos(angle), radius * sin(angle)) for angle in angles))


def _cross(arm: float, width: float) -> str:
    signs = [(-width, -arm), (width, -arm), (width, -width), (arm, -width), (arm, width), (width, width)]
    return _points(*signs, *((-x, -y) for x, y in signs))


# About the same area each, in a square of 2 by 2 around the origin; the colours stand in sheets/parts.css.
SHAPES = (
    element("circle", r=0.85),
    element("polygon", points=_regular(3, 1.15)),
    element("polygon", points=_points((-0.78, -0.78), (0.78, -0.78), (0.78, 0.78), (-0.78, 0.78))),
    element("polygon", points=_regular(4, 1.1)),
    element("polygon", points=_regular(3, 1.15, pi / 2)),
    element("polygon", points=_cross(1, 0.4)),
    element("polygon", points=_regular(6, 0.95)),
    element("polygon", points=_regular(5, 1.0, pi / 2)),
)


def group_class(index: int) -> str:
    """The class that gives a group its colour; groups past the eighth begin again, their letters do not."""
    return f"g{index % len(SHAPES)}"


def definitions(count: int) -> Html:
    """The shapes of the first `count` groups, for `use` inside the same picture."""
    shapes = [
        element("g", shape, id=f"shape{i}") for i, shape in enumerate(SHAPES[: min(count, len(SHAPES))])
    ]
    return element("defs", shapes)


def mark(index: int, letter: str) -> Html:
    """The mark of a group within text: its shape in its colour, and its letter."""
    shape = element(
        "svg",
        SHAPES[index % len(SHAPES)],
        class_=f"mark {group_class(index)}",
        viewBox="-1.25 -1.25 2.5 2.5",
        aria_hidden="true",
        focusable="false",
    )
    return element("span", shape, element("b", letter), class_="group", title=group_name(letter))
