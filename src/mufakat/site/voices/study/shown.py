"""A stored study as a page shows it: with the names of kinds and regions that people know, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mufakat.site.consultations.kinds import PARTY_KINDS
from mufakat.site.parties.kinds import REGIONS
from mufakat.site.voices.models.demands import Demand
from mufakat.site.voices.study.stored import Found, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from mufakat.opinion.report.findings import Heading
    from mufakat.opinion.report.parts import Parts
    from mufakat.opinion.result import Study

Key = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Shown:
    """A study in the reader's language.

    Attributes:
        found: the study as it is stored. hidden: demands that are not shown of it.
        parts: its pieces. states: how each demand stands, by number.
    """

    found: Found
    hidden: frozenset[str]
    parts: Parts
    states: dict[int, str]

    def piece(self, key: Hashable, make: Callable[[], str]) -> str:
        """A piece of the page, made once as long as the study and the language are the same."""
        return self.found.once(("piece", get_language(), self.hidden, key), make)


def shown(consultation: int, slug: str, audience: str) -> Shown | None:
    """The study of a consultation for an audience, ready to be shown; None where there is none yet.

    What moderators took out of sight since it was made is not in it.
    """
    found = stored(consultation, audience)
    if found is None:
        return None
    hidden = hidden_now(consultation)
    made = found.once(("shown", slug, get_language(), hidden), lambda: _shown(found, slug, hidden))
    # What it speaks of may be a later moment than when it was made.
    return replace(made, found=found)


def hidden_now(consultation: int) -> frozenset[str]:
    """Numbers of the demands that are moderated away at this moment."""
    numbers = Demand.objects.filter(consultation=consultation, hidden=True).values_list("number", flat=True)
    return frozenset(map(str, numbers))


def _shown(found: Found, slug: str, hidden: frozenset[str]) -> Shown:
    from mufakat.opinion.report.findings import heading_of
    from mufakat.opinion.report.parts import Parts

    demand_page = reverse("demand", args=[slug, 0])
    before, _zero, after = demand_page.rpartition("0")

    def link(demand: str) -> str:
        return f"{before}{demand}{after}"

    def lists(heading: Heading) -> str:
        return reverse("opinion-list", args=[slug, heading.value])

    study = translated(renamed(without(found.study, hidden)), found.consultation)
    return Shown(
        found=found,
        hidden=hidden,
        parts=Parts(study, link=link, lists=lists),
        states={int(demand.id): heading_of(demand).value for demand in study.demands},
    )


def without(study: Study, hidden: frozenset[str]) -> Study:
    """The study without these demands."""
    if not any(demand.id in hidden for demand in study.demands):
        return study
    return replace(
        study,
        demands=tuple(demand for demand in study.demands if demand.id not in hidden),
        representative=tuple(row for row in study.representative if row.demand not in hidden),
    )


def translated(study: Study, consultation: int) -> Study:
    """The study with demands in the reader's language, where they were translated into it."""
    language = get_language() or "en"
    words = dict(
        Demand.objects.filter(consultation=consultation, wording__renderings__language=language).values_list(
            "number", "wording__renderings__body"
        )
    )
    return replace(
        study,
        demands=tuple(
            replace(demand, text=words[int(demand.id)], language=language)
            if int(demand.id) in words
            else demand
            for demand in study.demands
        ),
    )


def names() -> dict[Key, Key]:
    """What families and constituencies are called, in the reader's language, by what they are in a study."""
    kinds, regions = _("kind"), _("region")
    return {
        **{("kind", kind): (kinds, str(name)) for kind, name in PARTY_KINDS},
        **{("region", region): (regions, str(name)) for region, name in REGIONS},
    }


def renamed(study: Study) -> Study:
    """The study with the names of kinds and regions that people know."""
    known = names()

    @cache
    def called(family: str, name: str) -> Key:
        return known.get((family, name), (family, name))

    def standing(each: Any) -> Any:
        family, name = called(each.family, each.name)
        return each if family is each.family else replace(each, family=family, name=name)

    return replace(
        study,
        demands=tuple(
            replace(
                demand,
                binding=called(*demand.binding) if demand.binding is not None else None,
                constituencies=tuple(map(standing, demand.constituencies)),
            )
            for demand in study.demands
        ),
        coverage=tuple(map(standing, study.coverage)),
    )
