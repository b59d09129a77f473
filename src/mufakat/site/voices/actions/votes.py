"""Casting votes: one vote a party and demand, changes of mind kept, each counted or told why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.db.models import FilteredRelation, Q

from mufakat.site.authority.actor import Actor, Voice
from mufakat.site.consultations.models import Consultation
from mufakat.site.ledger.acting import acting
from mufakat.site.ledger.recording import Record
from mufakat.site.prepared import Prepared, insert
from mufakat.site.voices import rules
from mufakat.site.voices.actions.errors import VoiceError
from mufakat.site.voices.models.demands import LIVE, Demand
from mufakat.site.voices.models.votes import EarlierVote, Vote


@dataclass(frozen=True, slots=True)
class Choice:
    """What a party says of a demand: 1 agree, 0 pass, -1 disagree; and whether it matters most to it."""

    value: int
    important: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a ballot.

    Attributes:
        counted: numbers of the demands whose vote is stored now, changed or not.
        closed: numbers of demands that are not open to votes any more; their votes were not stored.
        event: number of the ledger's event; None where nothing changed.
    """

    counted: tuple[int, ...]
    closed: tuple[int, ...]
    event: int | None


def cast(*, actor: Actor, consultation: Consultation, choices: Mapping[int, Choice]) -> Receipt:
    """Cast a ballot for the party that the actor speaks for: one vote or several, in one transaction.

    The same vote again changes nothing. A vote on a demand that was merged, split, reworded or moderated away
    in the meantime is told and not stored; the others of the ballot count.

    Args:
        choices: by number of the demand.

    Raises:
        Refused: the actor speaks for no party, only observes, or voting is closed.
        VoiceError: a vote that is none of three, or on a demand that does not exist here.
    """
    for number, choice in choices.items():
        if choice.value not in (-1, 0, 1):
            raise VoiceError(
                f"vote {choice.value} on demand {number} is not one of 1 agree, 0 pass, -1 disagree"
            )
    if not choices:
        return Receipt((), (), None)
    with acting(rules.VOTE, actor, consultation, durable=False) as record:
        voice = actor.voice
        if voice is None:
            raise VoiceError("a vote is cast for a party")
        asked = {f"number{i}": number for i, number in enumerate(choices)}
        rows = _standing(len(choices)).rows(consultation=consultation.pk, party=voice.party, **asked)
        unknown = sorted(choices.keys() - {row[0] for row in rows})
        if unknown:
            raise VoiceError(f"there is no demand {unknown[0]} in this consultation")
        counted, closed, told = [], [], []
        for number, key, state, hidden, value, important in sorted(rows):
            if state != LIVE or hidden:
                closed.append(number)
                continue
            counted.append(number)
            choice = choices[number]
            if value is None:
                _store(record, actor, voice, key, choice)
            elif (value, bool(important)) != (choice.value, choice.important):
                _replace(record, actor, voice, key, choice)
            else:
                continue
            told.append([number, choice.value, int(choice.important)])
        if not told:
            record.unchanged()
            return Receipt(tuple(counted), tuple(closed), None)
        record.event(act=rules.VOTE, actor=actor, subject=f"party:{voice.code}", detail={"votes": told})
    return Receipt(tuple(counted), tuple(closed), record.number)


@cache
def _standing(size: int) -> Prepared:
    """Demands by their numbers, with the vote of a party on each where it cast one."""
    return Prepared(
        lambda at: (
            Demand.objects.annotate(
                mine=FilteredRelation("votes", condition=Q(votes__party=at.number("party")))
            )
            .filter(
                consultation=at.number("consultation"),
                number__in=[at.number(f"number{i}") for i in range(size)],
            )
            .order_by()
            .values_list("number", "pk", "state", "hidden", "mine__value", "mine__important")
        )
    )


def _store(record: Record, actor: Actor, voice: Voice, demand: int, choice: Choice) -> None:
    insert(
        Vote,
        {
            "party_id": voice.party,
            "demand_id": demand,
            "value": choice.value,
            "important": choice.important,
            "person_id": actor.person,
            "cast_at": record.at,
            "event": record.number,
        },
    )


def _replace(record: Record, actor: Actor, voice: Voice, demand: int, choice: Choice) -> None:
    """Keep what the party said of a demand before, and put what it says now in its place."""
    vote = Vote.objects.get(party=voice.party, demand=demand)
    EarlierVote.objects.create(
        party_id=vote.party_id,
        demand_id=vote.demand_id,
        value=vote.value,
        important=vote.important,
        person_id=vote.person_id,
        cast_at=vote.cast_at,
        event=vote.event,
        replaced_by=record.number,
    )
    vote.value, vote.important, vote.person_id = choice.value, choice.important, actor.person
    vote.cast_at, vote.event = record.at, record.number
    vote.save(update_fields=["value", "important", "person", "cast_at", "event"])
