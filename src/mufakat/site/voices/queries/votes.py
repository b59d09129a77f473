"""Reading what a party said of demands: what it says now, what it said before, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mufakat.site.authority.actor import Actor, Voice
from mufakat.site.authority.acts import may, why_not
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.reading import Words, read, source
from mufakat.site.voices import rules
from mufakat.site.voices.models.demands import Demand, Descent
from mufakat.site.voices.models.votes import VALUES, EarlierVote, Vote
from mufakat.site.voices.study.history import history


@dataclass(frozen=True, slots=True)
class Ballot:
    """A demand as it stands before a voter.

    Attributes:
        words: in the reader's language; None where moderators took it out of sight.
        original: the author's own words, where ``words`` is a translation of them.
        chosen: what the party says now; None where it has not voted. important: whether it matters most.
        open_to_votes: whether a vote can be cast or changed. became: in words, where it is not live.
        heirs: numbers of the demands that it went into. reason: why it is shown now, in words.
    """

    number: int
    words: Words | None
    original: Words | None
    chosen: int | None = None
    important: bool = False
    cast_at: datetime | None = None
    open_to_votes: bool = True
    became: str = ""
    heirs: tuple[int, ...] = ()
    reason: str = ""
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a party said before it changed its mind."""

    value: str
    important: bool
    cast_at: datetime


@dataclass(frozen=True, slots=True)
class Here:
    """What it takes to vote on one demand where one reads it.

    Attributes:
        party: name of the party one votes for. code: its code. ballot: the demand.
        refusal: why no vote can be cast now; empty where it can.
        counted_from: its vote on a demand that was merged or reworded into this one, where that counts here.
    """

    party: str
    code: str
    ballot: Ballot
    refusal: str
    counted_from: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A vote on another demand: its number, and the vote in words."""

    number: int
    value: str


def cast_by(voice: Voice) -> QuerySet[Vote]:
    """The votes of a party, in the order of the demands' numbers."""
    return (
        Vote.objects.filter(party=voice.party)
        .select_related("demand__wording")
        .prefetch_related("demand__wording__renderings")
        .order_by("demand__number")
    )


def ballots_of(votes: Sequence[Vote], language: str) -> list[Ballot]:
    """Votes with their history and with what became of the demands, in two queries."""
    demands = [vote.demand_id for vote in votes]
    before: defaultdict[int, list[Earlier]] = defaultdict(list)
    parties = {vote.party_id for vote in votes}
    for earlier in EarlierVote.objects.filter(party__in=parties, demand__in=demands).order_by(
        "cast_at", "pk"
    ):
        before[earlier.demand_id].append(
            Earlier(str(earlier.get_value_display()), earlier.important, earlier.cast_at)
        )
    heirs = heirs_of(demands)
    return [
        _ballot(
            vote.demand,
            language,
            vote=vote,
            heirs=heirs.get(vote.demand_id, ()),
            earlier=tuple(before[vote.demand_id]),
        )
        for vote in votes
    ]


def ballots_for(
    consultation: Consultation, numbers: Sequence[int], language: str, reasons: dict[int, str]
) -> dict[int, Ballot]:
    """Demands to be voted on, by primary key, in the given order."""
    found = {
        demand.number: demand
        for demand in Demand.objects.filter(consultation=consultation, number__in=numbers)
        .select_related("wording")
        .prefetch_related("wording__renderings")
    }
    return {
        found[number].pk: _ballot(found[number], language, reason=reasons.get(number, ""))
        for number in numbers
        if number in found
    }


def here(demand: Demand, actor: Actor, language: str) -> Here | None:
    """What it takes to vote on a demand where one reads it; None for who speaks for no party."""
    voice = actor.voice
    if voice is None or not may(rules.SEE_VOTE, actor, demand):
        return None
    vote = Vote.objects.filter(party=voice.party, demand=demand).first()
    return Here(
        party=voice.name,
        code=voice.code,
        ballot=_ballot(demand, language, vote=vote),
        refusal=str(why_not(rules.VOTE, actor, demand) or ""),
        counted_from=_counted_from(demand, voice.party) if vote is None else None,
    )


def _counted_from(demand: Demand, party: int) -> Elsewhere | None:
    """The party's vote on another demand that counts for this one."""
    cast = history(demand.consultation_id, [party])
    counting = next((each for each in cast if each.counts and each.demand == demand.number), None)
    return Elsewhere(counting.cast_on, str(dict(VALUES)[counting.value])) if counting is not None else None


def heirs_of(demands: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Numbers of the demands that each of these went into, by primary key, where it went into any."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    links = Descent.objects.filter(ancestor__in=list(demands), undone_at__isnull=True)
    for ancestor, number in links.order_by("pk").values_list("ancestor", "descendant__number"):
        found[ancestor].append(number)
    return {ancestor: tuple(sorted(numbers)) for ancestor, numbers in found.items()}


def became_of(consultation: Consultation, numbers: Iterable[int]) -> list[Ballot]:
    """What became of demands that could not be voted on, in the order of their numbers."""
    demands = list(
        Demand.objects.filter(consultation=consultation, number__in=list(numbers))
        .select_related("wording")
        .prefetch_related("wording__renderings")
        .order_by("number")
    )
    heirs = heirs_of(demand.pk for demand in demands)
    return [_ballot(demand, "en", heirs=heirs.get(demand.pk, ())) for demand in demands]


def _ballot(
    demand: Demand,
    language: str,
    *,
    vote: Vote | None = None,
    heirs: tuple[int, ...] = (),
    reason: str = "",
    earlier: tuple[Earlier, ...] = (),
) -> Ballot:
    words = None if demand.hidden else read(demand.wording, language)
    translated = words is not None and bool(words.translated_from)
    return Ballot(
        number=demand.number,
        words=words,
        original=source(demand.wording) if translated else None,
        chosen=vote.value if vote is not None else None,
        important=vote.important if vote is not None else False,
        cast_at=vote.cast_at if vote is not None else None,
        open_to_votes=demand.open_to_votes,
        became=str(demand.get_state_display()) if heirs else "",
        heirs=heirs,
        reason=reason,
        earlier=earlier,
    )
