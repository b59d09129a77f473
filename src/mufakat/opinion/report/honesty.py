"""What to know before trusting the rest: uneven showing, votes to look at, and how it was counted."""

from __future__ import annotations

from mufakat.opinion.report.findings import voices
from mufakat.opinion.report.markup import Html, element, fill, people_text
from mufakat.opinion.report.tables import more, table
from mufakat.opinion.report.words import _, demands, ngettext, number, of_hundred, votes
from mufakat.opinion.result import Study

SHOWN = 20
MOST = 200


def exposure(study: Study) -> Html:
    """How evenly demands were shown, and what weighting for it changes."""
    found = study.exposure
    source = {
        "showings": _("Showings were logged, so it is known who was asked what."),
        "votes": _("Showings were not logged; who was asked what is read from who voted on it."),
        "weights": _("The votes carry weights of their own."),
    }.get(found.source, found.source)
    uneven = _("Of 100 demands, {share} reached the opinion groups unevenly, beyond chance.").format(
        share=of_hundred(found.uneven)
    )
    if not (found.uneven or found.largest or found.states or found.moved):
        return element("p", source, " ", _("They reached all alike, so weighting for that changes nothing."))
    points = [
        _(
            "Agreement with a demand moves by {mean} points of 100 on average, and by {largest} at most."
        ).format(mean=_points(found.mean), largest=_points(found.largest)),
        _("Demands that change their place among the four lists: {count}.").format(
            count=number(found.states)
        ),
        _("Parties that change their opinion group: {share} of 100.").format(share=of_hundred(found.moved)),
        _("The main direction of the map before and after is the same to {cosine} (1 is the same).").format(
            cosine=f"{found.axis:.3f}" if found.axis == found.axis else _("not known")
        ),
    ]
    return Html(
        element("p", source, " ", uneven, " ", _("Weighting for that changes this:"))
        + element("ul", [element("li", point) for point in points])
    )


def _points(share: float) -> str:
    return f"{100 * share:.1f}" if share == share else _("not known")


def integrity(study: Study) -> Html:
    """Parties whose votes look unread or copied: a list to look at, never a verdict."""
    found = study.integrity
    if study.least:
        told = _("Votes that look unread or copied are not told here, because they would name parties.")
        return element("p", told)
    if not found.straight and not found.alike:
        return element(
            "p", _("No party votes alike on everything, and no two vote nearly the same, beyond chance.")
        )
    said = {1: _("agrees with all"), 0: _("passes on all"), -1: _("disagrees with all")}
    parts = [
        element(
            "p",
            _(
                "These are patterns, not accusations. Somebody may agree with everything, and two "
                "offices of one body may vote as one. Look, ask, and only then decide."
            ),
        )
    ]
    if found.straight:
        parts.append(
            _long_table(
                _("The same vote on everything"),
                (_("Party"), _("What it says"), _("Votes")),
                [(people_text("bdi", p), said.get(v, str(v)), number(n)) for p, v, n in found.straight],
                numbers=(2,),
            )
        )
    if found.alike:
        parts.append(
            _long_table(
                _("Nearly the same votes"),
                (_("Party"), _("Party"), _("Demands in common"), _("Alike, of 100")),
                [
                    (people_text("bdi", a), people_text("bdi", b), number(n), of_hundred(share))
                    for a, b, n, share in found.alike
                ],
                numbers=(2, 3),
            )
        )
    return Html("".join(parts))


def _long_table(
    title: str,
    columns: tuple[str, ...],
    rows: list[tuple[Html | str, ...]],
    numbers: tuple[int, ...],
) -> Html:
    first = table(title, columns, rows[:SHOWN], label=title, numbers=numbers)
    rest = rows[SHOWN:MOST]
    if not rest:
        return first
    more_title = ngettext("The next {count}: {title}", "The next {count}: {title}", len(rest)).format(
        count=number(len(rest)), title=title
    )
    left = len(rows) - len(rows[:MOST])
    note = element("p", _("{count} more are in study.json.").format(count=number(left))) if left > 0 else None
    hidden = table(more_title, columns, rest, label=more_title, numbers=numbers)
    return Html(first + more(more_title, hidden, note))


def counting(study: Study) -> Html:
    """What became of every row, and what the words mean."""
    rows = study.rows
    title = _("Rows read, and what became of them")
    cells = [
        (_("read"), number(rows.read), _("every row of the votes that were handed in")),
        (_("kept"), number(rows.kept), _("counted")),
        (
            _("superseded"),
            number(rows.superseded),
            _("replaced by a later vote of the same party on the same demand"),
        ),
        (_("rejected"), number(rows.rejected), _("not understood; each is written out with its reason")),
    ]
    _heard, total = voices(study)
    terms = [
        (
            _("between … and … of 100"),
            _(
                "With a chance of 90 in 100 the share that agrees lies there. Passes count as not agreeing. "
                "Constituencies with few votes lean on the others of their family."
            ),
        ),
        (
            _("holds everywhere"),
            _(
                "In every constituency most agree beyond doubt: each was heard, each lower end lies above "
                "50, and the chance that this is wrong anywhere is at most 5 in 100."
            ),
        ),
        (_("divides"), _("Most of one opinion group agree and most of another do not, both beyond doubt.")),
        (
            _("not heard enough"),
            _("Somewhere too few have voted to tell. That is no sign of disagreement."),
        ),
        (
            _("stands out"),
            _("A group differs from all others beyond chance, even among so many comparisons."),
        ),
        (
            _("alike on every run"),
            _("Drawn with seed {seed}: the same votes give this same page.").format(seed=study.seed),
        ),
    ]
    notes = [element("li", people_text("span", note)) for note in study.notes.values() if note]
    return Html(
        "".join(
            [
                table(title, (_("Rows"), _("Count"), _("Meaning")), cells, label=title, numbers=(1,)),
                element(
                    "p",
                    fill(
                        _("{votes} on {demands} are counted here."),
                        votes=votes(total),
                        demands=demands(len(study.demands)),
                    ),
                ),
                element("dl", [[element("dt", term), element("dd", meaning)] for term, meaning in terms]),
                element("ul", notes) if notes else "",
            ]
        )
    )
