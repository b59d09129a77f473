"""Casting votes: one vote a party and demand, changes of mind kept, each counted or told why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.ledger.acting import acting
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
    with acting(rules.VOTE, actor, consultation, durable=False) as record:
        voice = actor.voice
        if voice is None:
            raise VoiceError("a vote is cast for a party")
        demands = {number: (key, open_) for number, key, open_ in _places(consultation.pk, list(choices))}
        unknown = sorted(choices.keys() - demands.keys())
        if unknown:
            raise VoiceError(f"there is no demand {unknown[0]} in this consultation")
        closed = tuple(sorted(number for number, (_key, open_) in demands.items() if not open_))
        wanted = {key: (number, choices[number]) for number, (key, open_) in demands.items() if open_}
        standing = {
            vote.demand_id: vote for vote in Vote.objects.filter(party=voice.party, demand__in=list(wanted))
        }
        fresh, changed = [], []
        for key, (number, choice) in wanted.items():
            vote = standing.get(key)
            if vote is None:
                fresh.append(
                    Vote(
                        party_id=voice.party,
                        demand_id=key,
                        value=choice.value,
                        important=choice.important,
                        person_id=actor.person,
                        cast_at=record.at,
                        event=record.number,
                    )
                )
            elif (vote.value, vote.important) != (choice.value, choice.important):
                changed.append((vote, number, choice))
        counted = tuple(sorted(number for number, _choice in wanted.values()))
        if not fresh and not changed:
            record.unchanged()
            return Receipt(counted, closed, None)
        _store(fresh)
        for vote, _number, choice in changed:
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
        told = [wanted[vote.demand_id] for vote in fresh]
        told += [(number, choice) for _vote, number, choice in changed]
        record.event(
            act=rules.VOTE,
            actor=actor,
            subject=f"party:{voice.code}",
            detail={
                "votes": [
                    [number, choice.value, int(choice.important)]
                    for number, choice in sorted(told, key=lambda pair: pair[0])
                ]
            },
        )
    return Receipt(counted, closed, record.number)


def _places(consultation: int, numbers: list[int]) -> list[tuple[int, int, bool]]:
    """Number, primary key and whether it is open to votes, of each demand."""
    rows = Demand.objects.filter(consultation=consultation, number__in=numbers).values_list(
        "number", "pk", "state", "hidden"
    )
    return [(number, key, state == LIVE and not hidden) for number, key, state, hidden in rows]


def _store(votes: list[Vote]) -> None:
    if len(votes) == 1:
        votes[0].save(force_insert=True)
    elif votes:
        Vote.objects.bulk_create(votes)
