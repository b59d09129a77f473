"""Bars of agreement with their intervals: how far a demand is shared, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mufakat.opinion.report.marks import mark
from mufakat.opinion.report.markup import Html, element
from mufakat.opinion.report.words import constituency, interval, of_hundred, plain_constituency
from mufakat.opinion.result import OPINION_GROUPS, Standing


def interval_bar(standing: Standing) -> Html:
    """A track from 0 to 100 with one half marked, the interval as a band and the share as a stroke."""
    low, high, agree = (100 * min(max(v, 0.0), 1.0) for v in (standing.low, standing.high, standing.agree))
    side = "over" if standing.low > 0.5 else "under" if standing.high < 0.5 else "open"
    return element(
        "svg",
        element("rect", class_="track", y=3, width=100, height=6),
        element("rect", class_="band", x=round(low, 1), y=1, width=round(max(high - low, 0.5), 1), height=10),
        element("rect", class_="half", x=49.75, width=0.5, height=12),
        element("rect", class_="share", x=round(agree - 0.9, 1), width=1.8, height=12),
        class_=f"bar {side}",
        viewBox="0 0 100 12",
        preserveAspectRatio="none",
        role="img",
        aria_label=interval(standing),
    )


def bars(standings: Iterable[Standing], letters: Sequence[str]) -> Html:
    """A list of bars, each with its constituency and its share.

    Args:
        letters: names of the opinion groups, for their marks.
    """
    rows = [
        element(
            "li",
            element("span", _who(standing, letters), class_="who"),
            " ",
            interval_bar(standing),
            " ",
            element("span", of_hundred(standing.agree), class_="number"),
        )
        for standing in standings
    ]
    return element("ul", rows, class_="bars")


def told_bars(standings: Iterable[Standing], letters: Sequence[str]) -> Html:
    """The same, with every interval and its votes in words.

    Args:
        letters: names of the opinion groups, for their marks.
    """
    rows = [
        element(
            "li",
            element("span", _who(standing, letters, place=False), class_="who"),
            " ",
            element("span", interval_bar(standing), aria_hidden="true"),
            " ",
            element("span", of_hundred(standing.agree), class_="number"),
            " ",
            element("span", interval(standing), class_="note"),
        )
        for standing in standings
    ]
    return element("ul", rows, class_="bars in-words")


def _who(standing: Standing, letters: Sequence[str], *, place: bool = True) -> Html:
    if standing.family == OPINION_GROUPS and standing.name in letters:
        shape = mark(letters.index(standing.name), standing.name)
        hidden = element("span", plain_constituency(standing.family, standing.name), class_="hidden")
        return element("span", element("span", shape, aria_hidden="true"), " ", hidden)
    return constituency(standing.family, standing.name, place=place)
