"""The tables of the opinion map: who is in each group, and what each group stands out for."""

from __future__ import annotations

import numpy as np

from mufakat.opinion.report.findings import Findings
from mufakat.opinion.report.map import SURE
from mufakat.opinion.report.marks import mark
from mufakat.opinion.report.markup import Html, element, fill, people_text, shortened
from mufakat.opinion.report.tables import more, table
from mufakat.opinion.report.words import (
    _,
    demand_reference,
    ngettext,
    number,
    of_hundred,
    why_withheld,
)
from mufakat.opinion.result import Representative, Study

# Above this many parties their names are in parties.csv alone.
MOST_NAMES = 600
STANDS_FOR = 3


def groups_table(findings: Findings) -> Html:
    """The table of the map: each group, how many parties are in it, and what it stands for."""
    study = findings.study
    if study.groups.k < 2:
        return Html("")
    total = max(len(study.parties.id), 1)
    nothing = _("nothing beyond chance")
    rows = []
    for index, (letter, size) in enumerate(zip(study.groups.names, study.groups.sizes, strict=True)):
        members = study.parties.group == index
        sure = int((study.parties.membership[members] >= SURE).sum())
        own = [row for row in study.representative if row.group == letter]
        stands = [_stands_for(findings, row) for row in own[:STANDS_FOR]]
        share = _("{share} of 100; {sure} of them surely").format(
            share=of_hundred((size or 0) / total), sure=number(sure)
        )
        told = [element("b", number(size)), " ", element("span", share, class_="note")]
        rows.append(
            (
                mark(index, letter),
                told if size is not None else element("span", why_withheld(study.least), class_="note"),
                element("ul", stands, class_="plain") if stands else nothing if size is not None else None,
            )
        )
    return table(
        _("The opinion groups"),
        (_("Group"), _("Parties"), _("Stands out for")),
        rows,
        label=_("The opinion groups"),
        class_="groups",
    )


def _stands_for(findings: Findings, row: Representative) -> Html:
    return element("li", _side(row), " ", _short(findings, row.demand))


def _side(row: Representative) -> Html:
    verb = (
        _("agrees more ({share} of 100, others {rest}):")
        if row.side > 0
        else _("disagrees more ({share} of 100, others {rest}):")
    )
    return element("span", verb.format(share=of_hundred(row.share), rest=of_hundred(row.rest)), class_="note")


def _short(findings: Findings, identifier: str) -> Html:
    demand = findings.demand(identifier)
    if demand is None:
        return people_text("bdi", identifier)
    text = people_text("span", shortened(demand.text, 90), language=demand.language, class_="ask")
    return fill(
        "{text} ({reference})",
        text=text,
        reference=demand_reference(demand, findings.href(identifier)),
    )


def representative_table(findings: Findings, *, opened: bool = False) -> Html:
    """Every demand on which a group stands out, to open or open already; nothing where there is none."""
    study = findings.study
    if not study.representative:
        return Html("")
    names = study.groups.names
    rows = [
        (
            mark(names.index(row.group), row.group) if row.group in names else row.group,
            _short(findings, row.demand),
            _("agrees more") if row.side > 0 else _("disagrees more"),
            of_hundred(row.share),
            of_hundred(row.rest),
            _chance(row.q),
        )
        for row in study.representative
    ]
    count = len(rows)
    title = ngettext(
        "The one demand on which a group stands out",
        "All {count} places where a group stands out",
        count,
    ).format(count=number(count))
    columns = (_("Group"), _("Demand"), _("Side"), _("Its share"), _("Others"), _("Chance"))
    drawn = table(title, columns, rows, label=title, numbers=(3, 4, 5))
    return drawn if opened else more(title, drawn)


def _chance(q: float) -> str:
    return _("below 0.001") if q < 0.001 else f"{q:.3f}"


def members(study: Study) -> Html:
    """The parties of each group by name, the surest first; nothing where they are too many, or withheld."""
    placed = study.parties
    if len(placed.id) > MOST_NAMES or not any(placed.id):
        return Html("")
    parts = []
    for index, letter in enumerate(study.groups.names):
        own = np.flatnonzero(placed.group == index)
        own = own[np.argsort(-placed.membership[own], kind="stable")]
        named = [
            element(
                "li",
                people_text("span", placed.name[i] or placed.id[i]),
                [" ", element("span", of_hundred(float(placed.membership[i])), class_="note")]
                if study.groups.k > 1
                else None,
            )
            for i in own.tolist()
        ]
        title = element("h3", mark(index, letter)) if study.groups.k > 1 else None
        parts.append([title, element("ul", named, class_="names")])
    summary = _("Who stands where, and how surely (of 100)") if study.groups.k > 1 else _("Who is on the map")
    return more(summary, parts)
