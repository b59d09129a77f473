"""The first screen: where the consultation stands, what holds, what divides whom, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from mufakat.opinion.report.findings import Findings, Heading, least_heard, most_awaited, voices
from mufakat.opinion.report.marks import mark
from mufakat.opinion.report.markup import Html, element, fill, people_text, shortened
from mufakat.opinion.report.words import (
    ALL,
    _,
    constituency,
    demand_reference,
    demands,
    ngettext,
    number,
    parties,
    votes,
)

SHOWN = 3
LONGEST = 150


def lead(findings: Findings) -> Html:
    """How many parties cast how many votes on how many demands."""
    study = findings.study
    heard, cast = voices(study)
    sentence = _("{parties} cast {votes} on {demands}.").format(
        parties=parties(heard),
        votes=votes(cast),
        demands=demands(len(study.demands)),
    )
    return element("p", sentence, class_="lead")


def tally(findings: Findings, lists: Callable[[Heading], str] = lambda heading: f"#{heading.value}") -> Html:
    """How many demands stand in each list, as one bar and four sentences that lead there.

    Args:
        lists: where each list is to be found.
    """
    counts = {heading: len(found) for heading, found in findings.lists.items()}
    alone = {s.family for demand in findings.study.demands for s in demand.constituencies} <= {ALL[0]}
    said = {
        Heading.EVERYWHERE: ngettext(
            "holds among all parties", "hold among all parties", counts[Heading.EVERYWHERE]
        )
        if alone
        else ngettext(
            "holds in every constituency", "hold in every constituency", counts[Heading.EVERYWHERE]
        ),
        Heading.DIVIDES: ngettext(
            "divides the opinion groups", "divide the opinion groups", counts[Heading.DIVIDES]
        ),
        Heading.CONTESTED: ngettext(
            "is contested in other ways", "are contested in other ways", counts[Heading.CONTESTED]
        ),
        Heading.UNHEARD: ngettext(
            "has not been heard enough", "have not been heard enough", counts[Heading.UNHEARD]
        ),
    }
    total = max(len(findings.study.demands), 1)
    rects, start = [], 0.0
    for heading, count in counts.items():
        width = 100 * count / total
        rects.append(
            element("rect", class_=heading.value, x=round(start, 2), width=round(width, 2), height=12)
        )
        start += width
    label = "; ".join(f"{number(counts[heading])} {said[heading]}" for heading in Heading)
    bar = element(
        "svg",
        rects,
        class_="tally-bar",
        viewBox="0 0 100 12",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )
    items = [
        element(
            "li",
            element("a", element("b", number(counts[h])), " ", said[h], href=lists(h)),
            class_=h.value,
        )
        for h in Heading
    ]
    return Html(bar + element("ul", items, class_="tally"))


def first_demands(findings: Findings) -> Html:
    """The surest agreement and the clearest division, in people's own words."""
    names = findings.study.groups.names
    holding = [
        element("li", _words(findings, demand.id)) for demand in findings.lists[Heading.EVERYWHERE][:SHOWN]
    ]
    dividing = []
    for demand in findings.lists[Heading.DIVIDES][:SHOWN]:
        first, second = demand.divides or ("", "")
        sides = fill(
            _("{first} agrees, {second} does not"),
            first=mark(names.index(first), first) if first in names else first,
            second=mark(names.index(second), second) if second in names else second,
        )
        dividing.append(
            element("li", _words(findings, demand.id), " ", element("span", sides, class_="note sides"))
        )
    nothing = element("p", _("Nothing yet."), class_="note")
    undivided = _("No groups stand out.") if findings.study.groups.k < 2 else _("Nothing yet.")
    return element(
        "div",
        element(
            "div",
            element("h2", _("Holds everywhere")),
            element("ul", holding, class_="plain") if holding else nothing,
        ),
        element(
            "div",
            element("h2", _("Divides")),
            element("ul", dividing, class_="plain") if dividing else element("p", undivided, class_="note"),
        ),
        class_="side-by-side",
    )


def _words(findings: Findings, identifier: str) -> Html:
    demand = findings.demand(identifier)
    if demand is None:
        return people_text("bdi", identifier)
    text = people_text("span", shortened(demand.text or demand.id, LONGEST), language=demand.language)
    return element("a", text, href=findings.href(identifier), class_="ask")


def next_steps(findings: Findings) -> Html:
    """What could be done next, at most three steps."""
    steps: list[Html] = []
    awaited, behind = most_awaited(findings), least_heard(findings.study)
    if awaited is not None:
        (family, name), count = awaited
        steps.append(
            fill(
                ngettext(
                    "Collect more votes: {link} waits for them.",
                    "Collect more votes: {link} wait for them.",
                    count,
                )
                if (family, name) == ALL
                else ngettext(
                    "Ask {name} first: {link} waits for their votes.",
                    "Ask {name} first: {link} wait for their votes.",
                    count,
                ),
                name=constituency(family, name),
                link=element("a", demands(count), href="#unheard"),
            )
        )
    elif behind is not None:
        steps.append(
            fill(
                _("Invite or remind {name}: {heard} of {declared} parties were {link}."),
                name=constituency(behind.family, behind.name),
                heard=number(behind.heard),
                declared=number(behind.declared),
                link=element("a", _("heard"), href="#coverage"),
            )
        )
    dividing = findings.lists[Heading.DIVIDES]
    if dividing:
        first = dividing[0]
        steps.append(
            fill(
                _("Bring both sides together on {demand}."),
                demand=demand_reference(first, findings.href(first.id)),
            )
        )
    holding = len(findings.lists[Heading.EVERYWHERE])
    if holding:
        steps.append(
            fill(
                ngettext(
                    "Take {link} into the draft: it holds everywhere.",
                    "Take {link} into the draft: they hold everywhere.",
                    holding,
                ),
                link=element("a", demands(holding), href="#everywhere"),
            )
        )
    if not steps:
        return Html("")
    items = [element("li", step) for step in steps]
    return element("div", element("h2", _("Next")), element("ul", items, class_="plain"), class_="next")
