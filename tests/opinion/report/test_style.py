"""The style sheet: contrast, directions and size, as the project's look asks for."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from mufakat.opinion.report.marks import SHAPES

STYLE = files("mufakat.opinion.report").joinpath("style.css").read_text(encoding="utf-8")
NAMED = re.compile(r"(--[\w-]+): (#[0-9a-f]{3,6});")


def colours() -> dict[str, dict[str, str]]:
    """The named colours in light and in dark."""
    light, dark, *_rest = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    named = dict(NAMED.findall(light))
    return {"light": named, "dark": named | dict(NAMED.findall(dark))}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["--ink", "--soft", "--accent"])
@pytest.mark.parametrize("paper", ["--paper", "--wash"])
def test_every_text_stands_out_from_its_paper(scheme: str, ink: str, paper: str) -> None:
    named = colours()[scheme]
    assert contrast(named[ink], named[paper]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_warning_stands_out_from_its_own_paper(scheme: str) -> None:
    named = colours()[scheme]
    assert contrast(named["--warn"], named["--warn-paper"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("bar", ["--over", "--under", "--open"])
def test_every_bar_stands_out_from_paper_and_track(scheme: str, bar: str) -> None:
    named = colours()[scheme]
    assert contrast(named[bar], named["--paper"]) >= 3
    assert contrast(named[bar], named["--track"]) >= 3


def test_ink_on_every_colour_of_the_heat_map_is_legible() -> None:
    cells = re.findall(r"background: (#\w{6}); color: (#\w{6})", STYLE)
    assert len(cells) >= 9
    assert all(contrast(ground, ink) >= 4.5 for ground, ink in cells)


def test_every_group_has_a_colour_in_both_schemes() -> None:
    for named in colours().values():
        own = [named[f"--g{i}"] for i in range(len(SHAPES))]
        assert len(set(own)) == len(SHAPES)


def test_directions_are_logical_so_that_the_page_mirrors() -> None:
    physical = (
        r"(?<![-\w])((margin|padding|border)-(left|right|top|bottom)|left|right|top|bottom|width|height)\s*:"
    )
    assert not re.findall(physical, re.sub(r"\((min|max)-width:[^)]*\)", "", STYLE))
    assert not re.search(r"(text-align|float):\s*(left|right)", STYLE)


def test_nothing_moves_for_those_who_ask_for_rest() -> None:
    still = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{.*?\} \}", "", STYLE)
    assert not re.search(r"animation|transition|scroll-behavior", still)
