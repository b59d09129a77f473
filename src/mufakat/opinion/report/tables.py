"""Tables with a caption and scoped headers, inside a frame that scrolls where a phone is too narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mufakat.opinion.report.markup import Child, Html, element


def table(
    caption: Child,
    columns: Sequence[Child],
    rows: Iterable[Sequence[Child]],
    *,
    label: str,
    numbers: Iterable[int] = (),
    class_: str | None = None,
) -> Html:
    """A table; the first cell of each row is its header.

    Args:
        caption: what stands over the table.
        label: the same in plain text, for those who move from region to region.
        numbers: indices of the columns that hold numbers, which are set at the end of their cell.
    """
    aligned = dict.fromkeys(numbers, "number")
    head = [element("th", column, scope="col", class_=aligned.get(i)) for i, column in enumerate(columns)]
    body = [
        element(
            "tr",
            element("th", row[0], scope="row"),
            [element("td", cell, class_=aligned.get(i)) for i, cell in enumerate(row[1:], start=1)],
        )
        for row in rows
    ]
    return framed(
        element(
            "table",
            element("caption", caption),
            element("thead", element("tr", head)),
            element("tbody", body),
            class_=class_,
        ),
        label=label,
    )


def framed(wide: Html, *, label: str) -> Html:
    """A frame that scrolls by itself, by finger and by key, so that the page never does sideways."""
    return element("div", wide, class_="frame", role="region", aria_label=label, tabindex=0)


def more(summary: Child, *inside: Child) -> Html:
    """What is there to open."""
    return element("details", element("summary", summary), inside)
