"""Numbers, intervals and names in words. Every sentence of the report goes through `_` or `ngettext`."""

from __future__ import annotations

import gettext
import math
from collections.abc import Sequence

from mufakat.opinion.report.markup import Html, element, fill, people_text
from mufakat.opinion.result import EVERYONE, EVERYONE_FAMILY, OPINION_GROUPS, DemandResult, Standing

DOMAIN = "mufakat"
ALL = (EVERYONE_FAMILY, EVERYONE)


def _(message: str) -> str:
    return gettext.dgettext(DOMAIN, message)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a sentence that fits the count."""
    return gettext.dngettext(DOMAIN, one, many, count)


def number(value: float | None) -> str:
    """A count with its thousands set apart, rounded to a whole; `not known` where there is none.

    A count that is withheld is None.
    """
    if value is None:
        return _("withheld")
    return f"{round(value):,}" if math.isfinite(value) else _("not known")


def of_hundred(share: float) -> str:
    """A share as a number of 100, without the words; one decimal where rounding would put it on 50."""
    if not math.isfinite(share):
        return _("not known")
    rounded = round(100 * share)
    if rounded == 50 and not math.isclose(share, 0.5, abs_tol=5e-4):
        return f"{100 * share:.1f}"
    return str(rounded)


def parties(count: int) -> str:
    """`181 parties`."""
    return ngettext("{count} party", "{count} parties", count).format(count=number(count))


def votes(count: float) -> str:
    """`41 votes`; `no votes` where there are none."""
    if round(count) == 0:
        return _("no votes")
    return ngettext("{count} vote", "{count} votes", round(count)).format(count=number(count))


def demands(count: int) -> str:
    """`60 demands`."""
    return ngettext("{count} demand", "{count} demands", count).format(count=number(count))


def between(low: float, high: float) -> str:
    """`between 52 and 70 of 100`."""
    return _("between {low} and {high} of 100").format(low=of_hundred(low), high=of_hundred(high))


def interval(standing: Standing) -> str:
    """`between 52 and 70 of 100, from 41 votes`."""
    return _("{between}, from {votes}").format(
        between=between(standing.low, standing.high), votes=votes(standing.n)
    )


def group_name(letter: str) -> str:
    """`opinion group A`."""
    return _("opinion group {letter}").format(letter=letter)


def family_name(family: str) -> str:
    """What a family divides by, as a heading: `kind`, `group: LDC`, `opinion groups`, `all`."""
    if family == EVERYONE_FAMILY:
        return _("all")
    return _("opinion groups") if family == OPINION_GROUPS else family


def plain_constituency(family: str, name: str) -> str:
    """A constituency in plain text, for labels: `Africa`, `outside LDC`, `opinion group A`."""
    if (family, name) == ALL:
        return _("all parties")
    if family == OPINION_GROUPS:
        return group_name(name)
    kind, colon, group = family.partition(": ")
    if colon and kind == "group" and name == f"not {group}":
        return _("outside {group}").format(group=group)
    return name


def constituency(family: str, name: str, *, place: bool = False, told: str = "") -> Html:
    """A constituency in the words of those who named it, and in brackets what else there is to tell of it.

    Args:
        place: whether to name its family, where the name alone may not tell what it is.
        told: what more to say.
    """
    shown = people_text("span", plain_constituency(family, name))
    known = not place or family in (OPINION_GROUPS, EVERYONE_FAMILY) or family.startswith("group: ")
    if known and not told:
        return shown
    if known:
        return fill(_("{name} ({told})"), name=shown, told=told)
    if not told:
        return fill(_("{name} ({family})"), name=shown, family=people_text("span", family))
    return fill(_("{name} ({family}, {told})"), name=shown, family=people_text("span", family), told=told)


def listed(pieces: Sequence[Html | str]) -> Html:
    """`A, B and C`."""
    if len(pieces) < 2:
        return fill("{piece}", piece=pieces[0] if pieces else "")
    first, last = list(pieces[:-1]), pieces[-1]
    joined: list[Html | str] = [first[0]]
    for piece in first[1:]:
        joined += [_(", "), piece]
    return fill(_("{first} and {last}"), first=joined, last=last)


def demand_reference(demand: DemandResult, href: str) -> Html:
    """`demand 40`, leading to where the demand stands."""
    name = people_text("bdi", demand.id)
    return element("a", fill(_("demand {id}"), id=name), href=href)


def why_withheld(least: int) -> str:
    """Why something is withheld, to follow upon what it is."""
    return _("withheld, as it would tell of fewer than {least} parties").format(least=number(least))
