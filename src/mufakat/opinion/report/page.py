"""The page: one file, no script, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from mufakat.opinion.report import asks, groups, heard, heat, honesty, stability_plot, summary
from mufakat.opinion.report import map as opinion_map
from mufakat.opinion.report.findings import Findings, Heading, least_heard
from mufakat.opinion.report.markup import Child, Html, clean, element, people_text
from mufakat.opinion.report.words import _, number, parties
from mufakat.opinion.result import Study

LANGUAGE = "en"
SHEETS = ("page.css", "parts.css")


def report_text(study: Study) -> str:
    """The whole report as text of one HTML file."""
    findings = Findings.of(study)
    style = style_sheet()
    title = clean(study.title) or _("An opinion study")
    sections = _sections(findings)
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", _("{title}: what was found").format(title=title)),
        # Without this a browser asks the server for an icon that is not there.
        element("link", rel="icon", href="data:,"),
        element("style", Html(style)),
    )
    body = element(
        "body",
        element("a", _("To the findings"), href="#main", class_="skip"),
        element("header", _banner(study), _top(findings, title)),
        element("main", _opening(findings, sections), [part for _anchor, _name, part in sections], id="main"),
        element("footer", _footer(study)),
    )
    return f"<!doctype html>\n{element('html', head, body, lang=LANGUAGE, dir='ltr')}\n"


def style_sheet() -> str:
    """All of the report's style: the page, then the parts, which a site sets into pages of its own."""
    sheets = files("mufakat.opinion.report").joinpath("sheets")
    return "".join(sheets.joinpath(name).read_text(encoding="utf-8") for name in SHEETS)


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _banner(study: Study) -> Html | None:
    if not study.invented:
        return None
    told = _("Everything on this page is invented. None of these states, bodies or people exists.")
    return element("p", told, class_="banner")


def _top(findings: Findings, title: str) -> Html:
    return element(
        "div",
        element("p", _("What was found"), class_="kicker"),
        people_text("h1", title),
        summary.lead(findings),
        class_="top",
    )


def _opening(findings: Findings, sections: list[tuple[str, str, Html]]) -> Html:
    links = [element("li", element("a", name, href=f"#{anchor}")) for anchor, name, _part in sections]
    contents = element(
        "nav",
        element("h2", _("On this page"), id="contents"),
        element("ol", links),
        aria_labelledby="contents",
    )
    return element(
        "div",
        element(
            "div",
            summary.tally(findings),
            summary.first_demands(findings),
            summary.next_steps(findings),
            class_="body",
        ),
        element("div", contents, class_="margin"),
        class_="opening",
    )


def _section(
    anchor: str, title: str, question: str, *body: Child, margin: Child = None, wide: Child = None
) -> Html:
    """A section: what it answers, its passage, its margin, and below them what needs the full width."""
    return element(
        "section",
        element(
            "div",
            element("h2", title, id=f"{anchor}-title"),
            element("p", question, class_="question"),
            body,
            class_="body",
        ),
        element("div", margin, class_="margin") if margin else None,
        element("div", wide, class_="wide") if wide else None,
        id=anchor,
        aria_labelledby=f"{anchor}-title",
    )


def _sections(findings: Findings) -> list[tuple[str, str, Html]]:
    study, lists = findings.study, findings.lists
    counts = {heading: number(len(found)) for heading, found in lists.items()}
    parts: list[tuple[str, str, Html]] = []

    def add(
        anchor: str, title: str, question: str, *body: Child, margin: Child = None, wide: Child = None
    ) -> None:
        parts.append((anchor, title, _section(anchor, title, question, *body, margin=margin, wide=wide)))

    add(
        "map",
        _("The opinion map"),
        _("Who votes like whom?"),
        element("figure", opinion_map.picture(study), element("figcaption", opinion_map.caption(study))),
        margin=_map_margin(study),
        wide=[
            groups.groups_table(findings),
            groups.representative_table(findings),
            groups.members(study),
        ],
    )
    add(
        Heading.EVERYWHERE.value,
        _("What holds everywhere ({count})").format(count=counts[Heading.EVERYWHERE]),
        _("On what do most agree in every constituency, beyond doubt?"),
        _or_empty(
            lists[Heading.EVERYWHERE],
            _(
                "No demand holds in every constituency so far. "
                "It may take more votes, or other words for what is asked."
            ),
        ),
        margin=element(
            "p",
            _(
                "Each bar is one constituency: the stroke is the share that agrees, the band where it may "
                "lie, the line in the middle 50 of 100. "
                "For each way to divide the parties, the lowest is shown."
            ),
        ),
        wide=asks.everywhere(findings),
    )
    add(
        Heading.DIVIDES.value,
        _("What divides, and whom ({count})").format(count=counts[Heading.DIVIDES]),
        _("Where does one opinion group agree and another does not?"),
        _or_empty(lists[Heading.DIVIDES], _no_division(study)),
        wide=asks.dividing(findings),
    )
    add(
        Heading.CONTESTED.value,
        _("Contested in other ways ({count})").format(count=counts[Heading.CONTESTED]),
        _("What is disputed without setting one opinion group against another?"),
        _or_empty(lists[Heading.CONTESTED], _("Nothing else is contested.")),
        wide=asks.contested(findings),
    )
    add(
        Heading.UNHEARD.value,
        _("Not heard enough ({count})").format(count=counts[Heading.UNHEARD]),
        _("What cannot be told yet, and whose votes would tell?"),
        _or_empty(lists[Heading.UNHEARD], _("Every demand has been heard enough to tell.")),
        wide=asks.unheard(findings),
    )
    behind = least_heard(study)
    add(
        "coverage",
        _("Who has not been heard"),
        _("Whom to invite or remind?"),
        element("p", heard.all_told(study), " ", heard.least_told(behind) if behind is not None else None),
        wide=heard.coverage(study),
    )
    add(
        "constituencies",
        _("Every demand in every constituency"),
        _("How far is each demand shared, and where?"),
        heat.legend(study.least),
        margin=element(
            "p",
            _(
                "The number is the share that agrees, of 100. "
                "The intervals and counts are in constituencies.csv."
            ),
        ),
        wide=heat.heat_map(findings),
    )
    add(
        "groups",
        _("How the groups were found"),
        _("Are there groups at all, and how many?"),
        stability_plot.told(study.groups),
        stability_plot.curve(study.groups),
        margin=element("p", stability_plot.axes_told(study.groups, study.explained)),
    )
    add(
        "exposure",
        _("How evenly demands were shown"),
        _("Would the picture differ had everyone been asked the same?"),
        honesty.exposure(study),
    )
    add(
        "integrity",
        _("Votes to look at"),
        _("Whose votes look unread or copied?"),
        honesty.integrity(study),
    )
    add(
        "counting",
        _("How it was counted"),
        _("What went in, and what do the words mean?"),
        honesty.counting(study),
    )
    return parts


def _or_empty(found: tuple[object, ...], told: str) -> Html | None:
    return None if found else element("p", told)


def _no_division(study: Study) -> str:
    if study.groups.k < 2:
        return _("No groups stand out, so nothing divides them.")
    return _("No demand sets one opinion group against another beyond doubt.")


def _map_margin(study: Study) -> list[Html]:
    told = [
        element("p", opinion_map.described(study)),
        element("p", stability_plot.axes_told(study.groups, study.explained)),
    ]
    if len(study.parties.id) > groups.MOST_NAMES:
        told.append(
            element(
                "p",
                _("The places of all {parties} are in parties.csv.").format(
                    parties=parties(len(study.parties.id))
                ),
            )
        )
    return told


def _footer(study: Study) -> Html:
    told = _(
        "Made with Mufakat from {rows} rows of votes. "
        "The same figures: study.json; "
        "tables: parties.csv, demands.csv, constituencies.csv, representative.csv, coverage.csv."
    )
    return element("p", told.format(rows=number(study.rows.read)))
