"""The four lists of demands: what holds everywhere, divides, is contested, is not heard enough."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mufakat.opinion.report.bars import bars
from mufakat.opinion.report.findings import (
    Findings,
    Heading,
    heading_of,
    lowest_of_each_family,
    opinion_standings,
    standing_of,
)
from mufakat.opinion.report.marks import mark
from mufakat.opinion.report.markup import Html, element, fill, people_text
from mufakat.opinion.report.tables import more, table
from mufakat.opinion.report.words import (
    ALL,
    _,
    constituency,
    demands,
    interval,
    listed,
    ngettext,
    number,
    of_hundred,
    votes,
    why_withheld,
)
from mufakat.opinion.result import HEARD_PARTIES, OPINION_GROUPS, DemandResult, Standing

# How many demands of each list are set in full; the others follow in a table to open.
IN_FULL = {Heading.EVERYWHERE: 24, Heading.DIVIDES: 18, Heading.CONTESTED: 8, Heading.UNHEARD: 12}
BARS = 6
WAITING = 3
# Of each pair of opinion groups at least so many of the demands that divide them.
LEAST = 3


def everywhere(findings: Findings) -> Html:
    """What holds in every constituency, with the one that binds and how easily that would end."""
    return _list(findings, Heading.EVERYWHERE)


def dividing(findings: Findings) -> Html:
    """What divides the opinion groups, pair after pair."""
    chosen = findings.lists[Heading.DIVIDES]
    parts = []
    pairs = len({demand.divides for demand in chosen})
    all_in_full = _full(chosen, Heading.DIVIDES) == len(chosen)
    full = len(chosen) if all_in_full else max(LEAST, IN_FULL[Heading.DIVIDES] // pairs)
    for pair, found in groupby(chosen, key=_pair):
        together = tuple(found)
        parts.append(_sides(findings, pair, len(together)))
        parts.append(_items(findings, together[:full]))
        of = _("{first} agrees, {second} does not").format(first=pair[0], second=pair[1])
        parts.append(_rest(findings, together[full:], of=of))
    return Html("".join(parts))


def contested(findings: Findings) -> Html:
    """What is contested without setting one opinion group against another."""
    return _list(findings, Heading.CONTESTED)


def unheard(findings: Findings) -> Html:
    """What cannot be told yet, and whose votes it waits for."""
    return _list(findings, Heading.UNHEARD)


def page(findings: Findings, heading: Heading, first: int, count: int) -> Html:
    """Some of a list, each in full; what divides is sorted by whom it divides."""
    listed_here = findings.lists[heading]
    chosen = listed_here[first : first + count]
    if heading is not Heading.DIVIDES:
        return _items(findings, chosen)
    parts = []
    for pair, found in groupby(chosen, key=_pair):
        whole = sum(_pair(demand) == pair for demand in listed_here)
        parts += [_sides(findings, pair, whole), _items(findings, tuple(found))]
    return Html("".join(parts))


def told(findings: Findings, demand: DemandResult) -> Html:
    """What there is to tell of a demand in its list."""
    return {
        Heading.EVERYWHERE: _told_holding,
        Heading.DIVIDES: _told_dividing,
        Heading.CONTESTED: _lowest,
        Heading.UNHEARD: _told_waiting,
    }[heading_of(demand)](findings, demand)


def _shown(findings: Findings, demand: DemandResult) -> list[Standing]:
    """The constituencies whose bars stand beside a demand in its list."""
    heading = heading_of(demand)
    if heading is Heading.DIVIDES:
        return list(opinion_standings(demand))
    if heading is Heading.UNHEARD:
        return findings.waiting(demand)[:BARS]
    return lowest_of_each_family(demand)[:BARS]


def _told_holding(findings: Findings, demand: DemandResult) -> Html:
    pieces = [_lowest(findings, demand)]
    if demand.flip is not None:
        pieces.append(
            fill(
                ngettext(
                    "{count} added vote against it would end that.",
                    "{count} added votes against it would end that.",
                    demand.flip,
                ),
                count=number(demand.flip),
            )
        )
    return _sentences(pieces)


def _told_dividing(findings: Findings, demand: DemandResult) -> Html:
    pieces = []
    for letter, verb in zip(
        demand.divides or (),
        (_("{group} agrees: {interval}."), _("{group} does not: {interval}.")),
        strict=False,
    ):
        standing = standing_of(demand, OPINION_GROUPS, letter)
        if standing is not None:
            pieces.append(fill(verb, group=_marked(findings, letter), interval=interval(standing)))
    return _sentences(pieces)


def _told_waiting(findings: Findings, demand: DemandResult) -> Html:
    waiting = findings.waiting(demand)
    if not waiting:
        return _lowest(findings, demand)
    named = [
        constituency(standing.family, standing.name, place=True, told=_so_far(findings, standing))
        for standing in waiting[:WAITING]
    ]
    left = len(waiting) - len(named)
    pieces = [fill(_("Waits for voices from {names}."), names=listed(named))]
    if left:
        pieces.append(
            fill(
                ngettext(
                    "In {count} more constituency it is open too.",
                    "In {count} more constituencies it is open too.",
                    left,
                ),
                count=number(left),
            )
        )
    return _sentences(pieces)


def _pair(demand: DemandResult) -> tuple[str, str]:
    return demand.divides or ("", "")


def _marked(findings: Findings, letter: str) -> Html:
    names = findings.study.groups.names
    return mark(names.index(letter), letter) if letter in names else Html(element("b", letter))


def _sides(findings: Findings, pair: tuple[str, str], count: int) -> Html:
    title = fill(
        _("{first} agrees, {second} does not: {count}"),
        first=_marked(findings, pair[0]),
        second=_marked(findings, pair[1]),
        count=demands(count),
    )
    return element("h3", title)


def _so_far(findings: Findings, standing: Standing) -> str:
    if findings.hardly_heard(standing):
        return _("{votes} so far, at least {least} needed").format(
            votes=votes(standing.n), least=number(HEARD_PARTIES)
        )
    return _("{votes} so far").format(votes=votes(standing.n))


def _full(chosen: Sequence[DemandResult], heading: Heading) -> int:
    """How many of a list are set in full; a short rest is not worth opening."""
    return len(chosen) if len(chosen) <= 1.5 * IN_FULL[heading] else IN_FULL[heading]


def _list(findings: Findings, heading: Heading) -> Html:
    chosen = findings.lists[heading]
    full = _full(chosen, heading)
    return Html(_items(findings, chosen[:full]) + _rest(findings, chosen[full:], of=_title(heading)))


def _items(findings: Findings, chosen: Sequence[DemandResult]) -> Html:
    if not chosen:
        return Html("")
    return element("ol", [_item(findings, demand) for demand in chosen], class_="asks")


def _title(heading: Heading) -> str:
    return {
        Heading.EVERYWHERE: _("Holds everywhere"),
        Heading.DIVIDES: _("Divides"),
        Heading.CONTESTED: _("Contested"),
        Heading.UNHEARD: _("Not heard enough"),
    }[heading]


def _item(findings: Findings, demand: DemandResult) -> Html:
    words: str = demand.text or demand.id
    if findings.link is not None:
        words = element("a", words, href=findings.href(demand.id))
    return element(
        "li",
        element(
            "div",
            people_text("p", words, language=demand.language, class_="ask"),
            element("p", told(findings, demand), class_="told"),
            element("p", _cast(findings, demand), class_="note"),
        ),
        bars(_shown(findings, demand), findings.study.groups.names),
        id=findings.anchors[demand.id] if findings.link is None else None,
        class_="ask-row",
    )


def _cast(findings: Findings, demand: DemandResult) -> Html:
    identifier = people_text("bdi", demand.id)
    if demand.agree is None:
        return fill(_("Demand {id}: votes {why}."), id=identifier, why=why_withheld(findings.study.least))
    return fill(
        _("Demand {id}: {agree} agree, {disagree} disagree, {passes} pass."),
        id=identifier,
        agree=number(demand.agree),
        disagree=number(demand.disagree),
        passes=number(demand.passes),
    )


def _rest(findings: Findings, left: Sequence[DemandResult], *, of: str) -> Html:
    if not left:
        return Html("")
    title = ngettext("The other {count}", "The other {count}", len(left)).format(count=number(len(left)))
    rows = [
        (
            element(
                "span",
                people_text("span", demand.text or demand.id, language=demand.language, class_="ask"),
                id=findings.anchors[demand.id],
            ),
            people_text("bdi", demand.id),
            number(demand.agree),
            number(demand.disagree),
            number(demand.passes),
            _bound(findings, demand),
        )
        for demand in left
    ]
    columns = (_("Demand"), _("Id"), _("Agree"), _("Disagree"), _("Pass"), _("Lowest, of 100"))
    label = _("{list}: {rest}").format(list=of, rest=title)
    return more(title, table(title, columns, rows, label=label, numbers=(2, 3, 4), class_="asks-table"))


def _bound(findings: Findings, demand: DemandResult) -> Html:
    standing = standing_of(demand, *demand.binding) if demand.binding else None
    if standing is None:
        return Html(_("withheld") if findings.study.least else of_hundred(demand.score))
    return fill(
        _("{low}–{high}, {name}"),
        low=of_hundred(standing.low),
        high=of_hundred(standing.high),
        name=constituency(standing.family, standing.name),
    )


def _lowest(findings: Findings, demand: DemandResult) -> Html:
    standing = standing_of(demand, *demand.binding) if demand.binding else None
    if standing is None and findings.study.least:
        return fill(_("Where it is lowest is {why}."), why=why_withheld(findings.study.least))
    if standing is None:
        return fill(_("No constituency to ask it of."))
    if (standing.family, standing.name) == ALL:
        return fill(_("Of all parties, {interval} agree."), interval=interval(standing))
    return fill(
        _("Lowest: {name}, {interval}."),
        name=constituency(standing.family, standing.name, place=True),
        interval=interval(standing),
    )


def _sentences(pieces: Sequence[Html]) -> Html:
    return Html(" ".join(pieces))
