"""Who has not been heard: how much of each constituency cast a vote."""

from __future__ import annotations

from itertools import groupby

from mufakat.opinion.report.markup import Html, element, fill, people_text
from mufakat.opinion.report.tables import table
from mufakat.opinion.report.words import ALL, _, constituency, family_name, number, of_hundred, why_withheld
from mufakat.opinion.result import EVERYONE_FAMILY, OPINION_GROUPS, Coverage, Study

# Where less than this share was heard, the row is marked.
LITTLE = 0.5


def coverage(study: Study) -> Html:
    """A table for each family, the least heard first."""
    declared = [row for row in study.coverage if row.family not in (OPINION_GROUPS, EVERYONE_FAMILY)]
    if not declared and study.least:
        return element("p", _("How many of each constituency were heard is not told."))
    if not declared and all_told(study):
        return element("p", _("The parties are of one kind and one region, so there is nothing to compare."))
    if not declared:
        return element(
            "p",
            _(
                "No table of parties was given, so it is not known who could have voted and did not. "
                "With one, this part shows how many parties of each kind, region and group were heard."
            ),
        )
    families = list(dict.fromkeys(row.family for row in declared))
    tables = []
    groups = [row for row in declared if row.family.startswith("group: ")]
    if groups:
        members = [row for row in groups if not row.name.startswith("not ")]
        tables.append(_table(_("By group"), members or groups))
    others = [row for row in declared if not row.family.startswith("group: ")]
    for family, rows in groupby(
        sorted(others, key=lambda r: families.index(r.family)), key=lambda r: r.family
    ):
        tables.insert(-1 if groups else len(tables), _table(family_name(family), list(rows)))
    drawn = element("div", tables, class_="side-by-side")
    if not study.least:
        return drawn
    missing = _("A constituency that is not here is {why}.").format(why=why_withheld(study.least))
    return Html(drawn + element("p", missing, class_="note"))


def all_told(study: Study) -> str:
    """How many of all declared parties were heard, in a sentence; empty where it is not known."""
    found = next((row for row in study.coverage if (row.family, row.name) == ALL), None)
    if found is None or (len(study.coverage) < 2 and found.heard == found.declared):
        return ""
    return _("{heard} of {declared} parties were heard.").format(
        heard=number(found.heard), declared=number(found.declared)
    )


def least_told(row: Coverage) -> Html:
    """The constituency of which least was heard, in a sentence."""
    return fill(
        _("Least heard: {name}, {heard} of {declared} parties."),
        name=constituency(row.family, row.name, place=True),
        heard=number(row.heard),
        declared=number(row.declared),
    )


def _table(title: str, rows: list[Coverage]) -> Html:
    rows = sorted(rows, key=lambda row: (row.heard / max(row.declared, 1), -row.declared, row.name))
    cells = [
        (
            constituency(row.family, row.name),
            fill(
                "{bar} {told}",
                bar=_bar(row),
                told=_("{heard} of {declared}").format(
                    heard=number(row.heard), declared=number(row.declared)
                ),
            ),
            number(row.votes),
        )
        for row in rows
    ]
    columns = (_("Constituency"), _("Parties heard"), _("Votes"))
    return table(people_text("span", title), columns, cells, label=title, numbers=(2,), class_="coverage")


def _bar(row: Coverage) -> Html:
    share = row.heard / max(row.declared, 1)
    return element(
        "svg",
        element("rect", class_="track", y=2, width=100, height=8),
        element("rect", class_="heard", y=2, width=round(100 * min(share, 1.0), 1), height=8),
        class_=f"bar {'little' if share < LITTLE else 'enough'}",
        viewBox="0 0 100 12",
        preserveAspectRatio="none",
        role="img",
        aria_label=_("{share} of 100 heard").format(share=of_hundred(share)),
    )
