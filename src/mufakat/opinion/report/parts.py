"""The report in parts, to be set into the pages of a site.

Each part is finished markup without style and script; `sheets/parts.css` is how it looks, in colours that the
page around it names.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from mufakat.opinion.errors import StudyError
from mufakat.opinion.report import asks, groups, heard, heat, honesty, summary
from mufakat.opinion.report import map as opinion_map
from mufakat.opinion.report.bars import told_bars
from mufakat.opinion.report.findings import Findings, Heading, heading_of, least_heard
from mufakat.opinion.report.map import Ring
from mufakat.opinion.report.markup import Html, element, fill, people_text
from mufakat.opinion.report.words import _, family_name, why_withheld
from mufakat.opinion.result import EVERYONE_FAMILY, OPINION_GROUPS, DemandResult, Study


class Parts:
    """What a study found, part by part.

    The study is sorted once; keep the object as long as the study is shown. A part that has nothing to show
    is empty, so that the page can leave out its heading.

    Attributes:
        study: as it was given.
    """

    def __init__(
        self,
        study: Study,
        *,
        link: Callable[[str], str],
        lists: Callable[[Heading], str] = lambda heading: f"#{heading.value}",
    ) -> None:
        """Sort the study.

        Args:
            study: whole, or with what may not be told withheld (`mufakat.opinion.suppression`).
            link: the address of a demand's own page, by its id.
            lists: the address of each of the four lists.
        """
        self.study = study
        self._findings = Findings.of(study, link)
        self._lists = lists

    def lead(self) -> Html:
        """How many parties cast how many votes on how many demands."""
        return summary.lead(self._findings)

    def tally(self) -> Html:
        """How many demands stand in each list, as one bar and four sentences that lead there."""
        return summary.tally(self._findings, self._lists)

    def map_figure(
        self, highlight: str | None = None, *, at: tuple[float, float] | None = None, name: str = ""
    ) -> Html:
        """The opinion map with its caption.

        Args:
            highlight: id of the party around which to draw a ring; without a ring where it is not on the map.
            at: a place around which to draw the ring, for a map on which parties have no ids.
            name: of whom that place is.
        """
        ring = None
        if at is not None:
            ring = Ring(*at, name)
        elif highlight is not None:
            ring = Ring.around(self.study, highlight)
        return element(
            "figure",
            opinion_map.picture(self.study, ring),
            element("figcaption", opinion_map.caption(self.study, ring)),
            class_="map-figure",
        )

    def groups(self) -> Html:
        """The opinion groups, how many parties each has, and what it stands out for; empty for one group."""
        return groups.groups_table(self._findings)

    def representative(self) -> Html:
        """Every demand on which a group stands out."""
        return groups.representative_table(self._findings, opened=True)

    def count(self, heading: Heading | str) -> int:
        """How many demands stand in a list."""
        return len(self._findings.lists[Heading(heading)])

    def listed(self, heading: Heading | str, first: int = 0, count: int = 10) -> Html:
        """A page of one of the four lists, each demand in full.

        Args:
            heading: which list, such as `everywhere`.
            first: how many to pass over, 0 or more. count: how many to show at most, 0 or more.
        """
        _check(first, count)
        return asks.page(self._findings, Heading(heading), first, count)

    def heat(self, first: int = 0, count: int = 30) -> Html:
        """A page of the heat-map: demands in the order of the lists, in every constituency.

        Args:
            first: how many demands to pass over, 0 or more. count: how many to show at most, 0 or more.
        """
        _check(first, count)
        return heat.page(self._findings, first, count)

    def heat_legend(self) -> Html:
        """What the colours and signs of the heat-map mean."""
        return heat.legend(self.study.least)

    def coverage(self) -> Html:
        """Who was heard and who was not."""
        behind = least_heard(self.study)
        least = heard.least_told(behind) if behind is not None else None
        told = heard.all_told(self.study)
        sentences = element("p", told, " ", least) if told or least else ""
        return Html(sentences + heard.coverage(self.study))

    def exposure(self) -> Html:
        """How evenly demands were shown, and what weighting for it changes."""
        return honesty.exposure(self.study)

    def integrity(self) -> Html:
        """Votes to look at."""
        return honesty.integrity(self.study)

    def counting(self) -> Html:
        """What became of every row, and what the words mean."""
        return honesty.counting(self.study)

    def standing_bars(self, demand: str) -> Html:
        """Every constituency of one demand, family by family, with its interval and its votes in words.

        Raises:
            StudyError: no demand has that id.
        """
        standings = sorted(
            self._demand(demand).constituencies,
            key=lambda standing: (standing.family != EVERYONE_FAMILY, standing.family != OPINION_GROUPS),
        )
        if not standings:
            return Html("")
        letters = self.study.groups.names
        families = [
            [
                element("dt", people_text("span", family_name(family))),
                element("dd", told_bars(found, letters)),
            ]
            for family, found in groupby(standings, key=lambda standing: standing.family)
        ]
        drawn = element("dl", families, class_="standings")
        if not self.study.least:
            return drawn
        missing = _("A constituency that is not here is {why}.").format(why=why_withheld(self.study.least))
        return Html(drawn + element("p", missing, class_="note"))

    def told(self, demand: str) -> Html:
        """How a demand stands, in a sentence or two: its state, and where it is lowest or whom it divides.

        Raises:
            StudyError: no demand has that id.
        """
        found = self._demand(demand)
        state = {
            Heading.EVERYWHERE: _("Holds in every constituency."),
            Heading.DIVIDES: _("Divides the opinion groups."),
            Heading.CONTESTED: _("Contested, without setting one opinion group against another."),
            Heading.UNHEARD: _("Not heard enough to tell."),
        }[heading_of(found)]
        sentences = fill("{state} {more}", state=state, more=asks.told(self._findings, found))
        return element("p", sentences, class_="told")

    def _demand(self, identifier: str) -> DemandResult:
        found = self._findings.demand(identifier)
        if found is None:
            raise StudyError(f"no demand of this study has the id {identifier!r}")
        return found


def _check(first: int, count: int) -> None:
    if first < 0 or count < 0:
        raise StudyError(f"first={first} and count={count} must both be 0 or more")
