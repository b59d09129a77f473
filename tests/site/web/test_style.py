"""The style sheet: what it weighs, its contrasts, and directions that mirror."""

from __future__ import annotations

import gzip
import itertools
import re
from pathlib import Path

import pytest

from mufakat.site import web

SHEET = Path(web.__file__).parent / "static" / "web" / "style.css"
STYLE = SHEET.read_text("utf-8")
REPORT = SHEET.parents[4] / "opinion" / "report"
NAMED = re.compile(r"(--[\w-]+): (#[0-9a-f]{6});")
INKS = ("--ink", "--soft", "--accent", "--warn", "--over", "--under", "--open")


def colours() -> dict[str, dict[str, str]]:
    """The named colours in light, in dark and on paper from a printer."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
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


def test_the_sheet_is_light() -> None:
    assert len(gzip.compress(SHEET.read_bytes(), 9)) <= 7_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), [*itertools.product(INKS, ("--paper", "--wash"))])
def test_every_ink_is_legible_on_every_paper(scheme: str, ink: str, paper: str) -> None:
    named = colours()[scheme]
    assert contrast(named[ink], named[paper]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("--warn", "--warn-paper"),
        ("--ink", "--mark"),
        ("--accent", "--mark"),
        ("--paper", "--accent"),  # the words on a button
        ("--paper", "--ink"),  # the page that a reader is on
    ],
)
def test_every_ink_is_legible_on_its_own_ground(scheme: str, ink: str, ground: str) -> None:
    named = colours()[scheme]
    assert contrast(named[ink], named[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("shape", "ground"),
    [("--over", "--track"), ("--under", "--track"), ("--soft", "--paper"), ("--accent", "--wash")],
)
def test_bars_and_frames_stand_out_from_their_ground(scheme: str, shape: str, ground: str) -> None:
    named = colours()[scheme]
    assert contrast(named[shape], named[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_opinion_report_finds_its_colours_here_under_their_names(scheme: str) -> None:
    parts = "".join(path.read_text("utf-8") for path in REPORT.rglob("parts.css"))
    used = set(re.findall(r"var\((--[\w-]+)\)", parts))
    own = set(re.findall(r"(--[\w-]+):", parts))
    assert used - own <= {*colours()[scheme], "--sans", "--serif"}


def test_directions_are_logical_so_that_arabic_mirrors() -> None:
    sheet = re.sub(r"\((min|max)-width:[^)]*\)", "", STYLE)
    physical = (
        r"(?<![-\w])((margin|padding|border|inset)-(left|right|top|bottom)|left|right|top|bottom)[\w-]*\s*:"
    )
    assert not re.findall(physical, sheet)
    assert not re.findall(r"(?<![-\w])(min-|max-)?(width|height)\s*:", sheet)
    assert not re.search(r"(text-align|float|clear):\s*(left|right)", sheet)


def test_nothing_moves_for_those_who_ask_for_rest() -> None:
    still = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{.*?\} \}", "", STYLE)
    assert not re.search(r"animation|transition|scroll-behavior", still)


def test_nothing_is_fetched_from_anywhere() -> None:
    assert not re.search(r"url\(|@import|@font-face|https?:", STYLE)
