"""The style sheet: contrast, directions and size, as the project's look asks for."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from mufakat.opinion.report.marks import SHAPES
from mufakat.opinion.report.page import style_sheet

STYLE = style_sheet()
PARTS = files("mufakat.opinion.report").joinpath("sheets", "parts.css").read_text(encoding="utf-8")
NAMED = re.compile(r"(--[\w-]+): (#[0-9a-f]{3,6});")


def colours() -> dict[str, dict[str, str]]:
    """The named colours in light and in dark."""
    screens = re.sub(r"@media print \{.*?\n\}", "", STYLE, flags=re.DOTALL)
    in_the_dark = r"@media screen and \(prefers-color-scheme: dark\) \{(.*?\})\s*\}"
    light = dict(NAMED.findall(re.sub(in_the_dark, "", screens, flags=re.DOTALL)))
    dark = dict(NAMED.findall("".join(re.findall(in_the_dark, screens, re.DOTALL))))
    return {"light": light, "dark": light | dark}


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
    for named in colours().values():
        cells = [colour for name, colour in named.items() if re.fullmatch(r"--heat-\d", name)]
        assert len(cells) == 9
        assert all(contrast(ground, named["--heat-ink"]) >= 4.5 for ground in cells)


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


def test_the_parts_name_no_colour_outside_of_their_own_and_those_of_the_page_around_them() -> None:
    used = set(re.findall(r"var\((--[\w-]+)\)", PARTS))
    own = set(re.findall(r"(--[\w-]+):", PARTS))
    assert used - own == {
        *("--paper", "--wash", "--ink", "--soft", "--rule", "--accent", "--track", "--over", "--under"),
        *("--open", "--sans", "--serif"),
    }
    outside = re.sub(r"--[\w-]+: #\w+;", "", PARTS)
    assert not re.findall(r"#[0-9a-f]{3,6}\b", outside)


def test_the_parts_style_no_bare_element_of_the_page_around_them() -> None:
    rules = re.sub(r"/\*.*?\*/|@media[^{]*\{", "", PARTS, flags=re.DOTALL)
    selectors = [one.strip() for found in re.findall(r"([^{};]+)\{", rules) for one in found.split(", ")]
    assert len(selectors) > 100
    assert [one for one in selectors if not re.match(r"[.:\[]", one)] == ["td)", "th.number", "td.number"]
