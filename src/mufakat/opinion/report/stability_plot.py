"""How the number of groups was chosen: the stability of each number beside one cloud without groups."""

from __future__ import annotations

from mufakat.opinion.report.markup import Html, element
from mufakat.opinion.report.tables import table
from mufakat.opinion.report.words import _, ngettext, number, of_hundred
from mufakat.opinion.result import GroupsResult, StabilityPoint

WIDTH, HEIGHT = 480.0, 250.0
INSET, BOTTOM, TOP, END = 46.0, 206.0, 16.0, 450.0


def told(groups: GroupsResult) -> Html:
    """The choice in a few sentences."""
    if groups.forced:
        first = _("{count} groups were asked for; the number was not chosen from the votes.").format(
            count=groups.k
        )
    elif not groups.stability:
        first = _("There are too few parties or demands to look for groups, so all stand as one.")
    elif groups.k < 2:
        first = _(
            "No groups stand out. Divided in two halves and sorted twice, the parties do not fall alike, "
            "or no more alike than one cloud without groups would. That is a finding and not a fault: "
            "opinions differ here by degrees."
        )
    else:
        first = _(
            "{count} groups stand out. Divided in two halves and sorted twice, the parties fall "
            "more alike than one cloud without groups would, and with {count} groups most of all."
        ).format(count=groups.k)
    return element("p", first)


def curve(groups: GroupsResult) -> Html:
    """The curve with its table; nothing where no number of groups was tried."""
    if not groups.stability:
        return Html("")
    return Html(_picture(groups) + _table(groups))


def _picture(groups: GroupsResult) -> Html:
    points = groups.stability
    across = _across(points)
    ticks = []
    for share in (0.0, 0.5, 1.0):
        y = _down(share)
        ticks.append(element("line", class_="axis", x1=INSET, x2=END, y1=y, y2=y))
        ticks.append(element("text", f"{share:g}", x=INSET - 10, y=y + 5, text_anchor="end"))
    for point, x in zip(points, across, strict=True):
        ticks.append(element("text", str(point.k), x=x, y=BOTTOM + 22, text_anchor="middle"))
    ticks.append(
        element("text", _("number of groups"), x=(INSET + END) / 2, y=HEIGHT - 4, text_anchor="middle")
    )
    lines = []
    for name in ("reference", "value"):
        down = [_down(getattr(point, name)) for point in points]
        path = " ".join(f"{x:.4g},{y:.4g}" for x, y in zip(across, down, strict=True))
        lines.append(element("polyline", class_=f"line {name}", points=path))
        for x, y, point in zip(across, down, points, strict=True):
            if name == "reference":
                lines.append(element("rect", class_="dot reference", x=x - 4.5, y=y - 4.5, width=9, height=9))
            else:
                radius = 9 if point.k == groups.k else 5.5
                lines.append(element("circle", class_="dot value", cx=x, cy=y, r=radius))
    told_as = "; ".join(
        _("{k} groups: {value}, one cloud {reference}").format(
            k=point.k, value=of_hundred(point.value), reference=of_hundred(point.reference)
        )
        for point in points
    )
    key = element(
        "figcaption",
        element("span", "●", class_="key value", aria_hidden="true"),
        _(" these votes (the large one is the number chosen)  "),
        element("span", "■", class_="key reference", aria_hidden="true"),
        _(" one cloud without groups"),
    )
    drawn = element(
        "svg",
        ticks,
        lines,
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        class_="plot",
        role="img",
        aria_label=_("Stability, of 100. {points}.").format(points=told_as),
    )
    return element("figure", drawn, key)


def _across(points: tuple[StabilityPoint, ...]) -> list[float]:
    low, high = points[0].k, points[-1].k
    inner = END - INSET - 60
    return [INSET + 30 + inner * ((point.k - low) / (high - low) if high > low else 0.5) for point in points]


def _down(value: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * min(max(value, 0.0), 1.0), 1)


def _table(groups: GroupsResult) -> Html:
    rows = [
        (
            str(point.k),
            f"{point.value:.2f}",
            f"{point.reference:.2f}",
            f"{point.margin:.1f}",
            _("chosen") if point.k == groups.k else "",
        )
        for point in groups.stability
    ]
    caption = _(
        "Stability: 1 is sorted the same twice, 0 is chance. Margin: how far above one cloud, "
        "in standard deviations of it."
    )
    columns = (_("Groups"), _("These votes"), _("One cloud"), _("Margin"), _("Chosen"))
    return table(caption, columns, rows, label=_("Stability of the groups"), numbers=(1, 2, 3))


def axes_told(groups: GroupsResult, explained: tuple[float, ...]) -> str:
    """How many axes are real, and how much the map shows."""
    shared = (
        ngettext(
            "Two random halves of the parties show the same {count} direction of difference.",
            "Two random halves of the parties show the same {count} directions of difference.",
            groups.axes,
        ).format(count=number(groups.axes))
        if groups.axes
        else _("Two random halves of the parties show no direction of difference in common.")
    )
    drawn = _("The map shows {share} of 100 of the spread.").format(share=of_hundred(sum(explained[:2])))
    return f"{shared} {drawn}"
