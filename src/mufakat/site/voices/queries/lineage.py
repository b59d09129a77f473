"""What a demand came out of, and what became of it, over all generations.

The links of a consultation are read in one query and followed here, so that a long descent costs no more
queries than a short one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mufakat.site.languages.reading import Words, read
from mufakat.site.voices.models.demands import LIVE, Demand, Descent


@dataclass(frozen=True, slots=True)
class Kin:
    """A demand in a line of descent; without its words where the reader may not see them."""

    key: int
    number: int
    words: Words | None
    state: str
    state_name: str


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a line of descent.

    Attributes:
        link: its primary key. how: ``merged``, ``split`` or ``reworded``; how_name: in words.
        same_ask: whether votes on the ancestor count for the descendant.
        undone_at: when it was taken back.
    """

    link: int
    ancestor: Kin
    descendant: Kin
    how: str
    how_name: str
    same_ask: bool
    reason: Words | None
    at: datetime
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """The whole family of one demand.

    Attributes:
        before: the links that lead to it, the oldest first. after: those that lead on from it.
        undone: mergers of this demand that were taken back.
        heirs: the live demands that it lives on in; itself alone where nothing became of it.
    """

    before: tuple[Step, ...]
    after: tuple[Step, ...]
    undone: tuple[Step, ...]
    heirs: tuple[Kin, ...]


Pairs = Iterable[tuple[int, int]]


def reached(start: int, pairs: Pairs) -> set[int]:
    """Everything that can be reached from *start* along the pairs, without itself.

    >>> sorted(reached(1, [(1, 2), (2, 3), (4, 2)]))
    [2, 3]
    """
    ways: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        ways[one].append(other)
    found: set[int] = set()
    waiting = [start]
    while waiting:
        for other in ways[waiting.pop()]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found - {start}


def links_of(consultation: int) -> list[tuple[int, int]]:
    """Ancestor and descendant of every link of a consultation that holds, by primary key."""
    return list(
        Descent.objects.filter(ancestor__consultation=consultation, undone_at__isnull=True)
        .order_by()
        .values_list("ancestor", "descendant")
    )


def ancestors_of(demand: Demand) -> set[int]:
    """Primary keys of all demands that a demand came out of."""
    return reached(demand.pk, [(to, from_) for from_, to in links_of(demand.consultation_id)])


def lineage(demand: Demand, *, language: str, shows: Callable[[Demand], bool]) -> Lineage:
    """The family of a demand.

    Args:
        shows: whether the reader may see the words of a demand.
    """
    pairs = links_of(demand.consultation_id)
    before = reached(demand.pk, [(to, from_) for from_, to in pairs])
    after = reached(demand.pk, pairs)
    links = _links(demand, before, after)
    kin = _kin({key for link in links for key in (link.ancestor_id, link.descendant_id)}, language, shows)
    steps = [_step(link, kin, language) for link in links]
    holding = [step for step in steps if step.undone_at is None]
    return Lineage(
        before=tuple(step for step in holding if step.descendant.key in before | {demand.pk}),
        after=tuple(step for step in holding if step.ancestor.key in after | {demand.pk}),
        undone=tuple(step for step in steps if step.undone_at is not None),
        heirs=tuple(
            sorted((kin[key] for key in after if kin[key].state == LIVE), key=lambda each: each.number)
        ),
    )


def _links(demand: Demand, before: set[int], after: set[int]) -> Sequence[Descent]:
    family = before | after | {demand.pk}
    holding = Q(undone_at__isnull=True, ancestor__in=family, descendant__in=family)
    undone = Q(undone_at__isnull=False) & (Q(ancestor=demand) | Q(descendant=demand))
    return list(
        Descent.objects.filter(holding | undone)
        .select_related("reason")
        .prefetch_related("reason__renderings")
        .order_by("at", "pk")
    )


def _kin(keys: set[int], language: str, shows: Callable[[Demand], bool]) -> dict[int, Kin]:
    demands = (
        Demand.objects.filter(pk__in=keys).select_related("wording").prefetch_related("wording__renderings")
    )
    return {
        demand.pk: Kin(
            key=demand.pk,
            number=demand.number,
            words=read(demand.wording, language) if shows(demand) else None,
            state=demand.state,
            state_name=str(demand.get_state_display()),
        )
        for demand in demands
    }


def _step(link: Descent, kin: Mapping[int, Kin], language: str) -> Step:
    return Step(
        link=link.pk,
        ancestor=kin[link.ancestor_id],
        descendant=kin[link.descendant_id],
        how=link.how,
        how_name=str(link.get_how_display()),
        same_ask=link.carries,
        reason=read(link.reason, language) if link.reason is not None else None,
        at=link.at,
        undone_at=link.undone_at,
    )
