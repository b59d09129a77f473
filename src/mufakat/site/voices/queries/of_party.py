"""What a party has said and asked, and what became of that, as far as a reader may know of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from mufakat.site.authority.actor import Actor
from mufakat.site.languages.reading import Words, read
from mufakat.site.parties.models import Party
from mufakat.site.voices.models.demands import LIVE, Demand
from mufakat.site.voices.models.submissions import PUBLIC, Submission
from mufakat.site.voices.queries.attribution import own_parties, sees_all
from mufakat.site.voices.queries.lineage import links_of, reached
from mufakat.site.voices.queries.submissions import Line, lines


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand of a party.

    Attributes:
        heirs: numbers of the live demands that it lives on in; none where it is live itself.
    """

    number: int
    words: Words
    state: str
    state_name: str
    hidden: bool
    heirs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OfParty:
    """What a party has said, the newest first, and asked, by number."""

    submissions: tuple[Line, ...]
    demands: tuple[Asked, ...]


def of_party(party: Party, *, actor: Actor, language: str) -> OfParty:
    """What the party has said and asked: to the team and its own people all, to others what is public."""
    inside = sees_all(actor, party.consultation_id) or party.pk in own_parties(actor)
    known = Q() if inside else Q(attribution=PUBLIC, hidden=False)
    said = Submission.objects.filter(known, party=party)
    asked = (
        Demand.objects.filter(
            Q() if inside else Q(hidden=False),
            passages__submission__in=said,
            consultation=party.consultation_id,
        )
        .distinct()
        .select_related("wording")
        .prefetch_related("wording__renderings")
        .order_by("number")
    )
    demands = list(asked)
    heirs = _heirs(demands, party.consultation_id)
    return OfParty(
        submissions=tuple(
            lines(
                said.order_by("-received_at", "-number"),
                actor=actor,
                consultation=party.consultation,
                language=language,
            )
        ),
        demands=tuple(
            Asked(
                number=demand.number,
                words=read(demand.wording, language),
                state=demand.state,
                state_name=str(demand.get_state_display()),
                hidden=demand.hidden,
                heirs=heirs.get(demand.pk, ()),
            )
            for demand in demands
        ),
    )


def _heirs(demands: list[Demand], consultation: int) -> dict[int, tuple[int, ...]]:
    """Numbers of the live demands that those that are not live any more live on in."""
    retired = [demand for demand in demands if demand.state != LIVE]
    if not retired:
        return {}
    pairs = links_of(consultation)
    after = {demand.pk: reached(demand.pk, pairs) for demand in retired}
    numbers = dict(
        Demand.objects.filter(pk__in=set().union(*after.values()), state=LIVE).values_list("pk", "number")
    )
    return {
        key: tuple(sorted(numbers[each] for each in found if each in numbers)) for key, found in after.items()
    }
