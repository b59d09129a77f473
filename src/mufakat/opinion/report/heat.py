"""The heat-map of every demand in every constituency: a table whose cells carry colour, number and sign."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mufakat.opinion.report.findings import Findings
from mufakat.opinion.report.marks import mark
from mufakat.opinion.report.markup import Html, element, people_text, shortened
from mufakat.opinion.report.tables import framed, more
from mufakat.opinion.report.words import _, family_name, ngettext, number, plain_constituency
from mufakat.opinion.result import OPINION_GROUPS, DemandResult, Standing

# So many demands are shown at once, and so many cells in all; the rest is in constituencies.csv.
SHOWN = 60
MOST_CELLS = 16_000
OVER, UNDER, OPEN = "+", "−", "·"


def heat_map(findings: Findings) -> Html:
    """The table, the first demands in view and the others to open."""
    demands = findings.in_order
    columns = findings.constituencies
    if not columns:
        return _nothing()
    most = max(MOST_CELLS // len(columns), SHOWN)
    first, rest, left = demands[:SHOWN], demands[SHOWN:most], len(demands[most:])
    parts = [_table(findings, first, _("Agreement of 100, in each constituency"))]
    if rest:
        title = ngettext(
            "The next {count} demand in every constituency",
            "The next {count} demands in every constituency",
            len(rest),
        ).format(count=number(len(rest)))
        parts.append(more(title, _table(findings, rest, title)))
    if left:
        parts.append(
            element(
                "p",
                ngettext(
                    "{count} more demand is in constituencies.csv.",
                    "{count} more demands are in constituencies.csv.",
                    left,
                ).format(count=number(left)),
            )
        )
    return Html("".join(parts))


def page(findings: Findings, first: int, count: int) -> Html:
    """The rows of some of the demands, in the order of the lists."""
    if not findings.constituencies:
        return _nothing()
    chosen = findings.in_order[first : first + count]
    return _table(findings, chosen, _("Agreement of 100, in each constituency"))


def _nothing() -> Html:
    return element("p", _("There are no constituencies here, so there is nothing to compare."))


def legend(least: int = 0) -> Html:
    """What colours and signs mean.

    Args:
        least: what would tell of fewer parties is withheld; 0 where nothing is.
    """
    scale = [element("span", str(10 * step), class_=f"cell h{step}") for step in range(0, 11, 2)]
    signs = [
        (OVER, _("most agree, beyond doubt")),
        (UNDER, _("most do not agree, beyond doubt")),
        (OPEN, _("open: the interval lies on both sides of 50")),
        (_("withheld"), _("it would tell of fewer than {least} parties").format(least=number(least)))
        if least
        else (_("none"), _("no votes from there")),
    ]
    return element(
        "ul",
        element("li", scale, " ", _("of 100 agree")),
        [element("li", element("b", sign), " ", meaning) for sign, meaning in signs],
        class_="plain legend",
    )


def _table(findings: Findings, demands: Sequence[DemandResult], title: str) -> Html:
    names, columns = findings.study.groups.names, findings.constituencies
    missing = _("withheld") if findings.study.least else _("none")
    families, heads, groups = [], [], []
    for family, found in groupby(columns, key=lambda key: key[0]):
        own = [name for _family, name in found]
        families.append(
            element(
                "th",
                people_text("span", family_name(family)),
                scope="colgroup",
                colspan=len(own),
            )
        )
        groups.append(element("colgroup", span=len(own)))
        heads += [_head(family, name, names) for name in own]
    rows = []
    for demand in demands:
        standings = {(s.family, s.name): s for s in demand.constituencies}
        link = element(
            "a",
            people_text("bdi", demand.id),
            " ",
            people_text("span", shortened(demand.text, 64), language=demand.language, class_="ask"),
            href=findings.href(demand.id),
        )
        cells = [_cell(standings.get(key), missing) for key in columns]
        rows.append(element("tr", element("th", link, scope="row"), cells))
    return framed(
        element(
            "table",
            element("caption", title),
            element("colgroup"),
            groups,
            element(
                "thead",
                element("tr", element("th", _("Demand"), scope="col", rowspan=2), families),
                element("tr", heads),
            ),
            element("tbody", rows),
            class_="heat",
        ),
        label=title,
    )


def _head(family: str, name: str, letters: Sequence[str]) -> Html:
    shown = (
        mark(letters.index(name), name)
        if family == OPINION_GROUPS and name in letters
        else element("span", people_text("span", plain_constituency(family, name)), class_="upright")
    )
    return element("th", shown, scope="col")


def _cell(standing: Standing | None, missing: str) -> Html:
    if standing is None or round(standing.n) == 0:
        return element("td", missing, class_="note")
    sign = OVER if standing.low > 0.5 else UNDER if standing.high < 0.5 else OPEN
    step = min(max(round(10 * standing.agree), 0), 10)
    return element(
        "td",
        f"{100 * standing.agree:.0f} {sign}",
        class_=f"h{step}",
    )
