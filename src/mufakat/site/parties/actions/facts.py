"""What is known of states from their country: their region, and the groups they belong to since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Final

from mufakat import places
from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.writing import new_text
from mufakat.site.ledger.acting import acting
from mufakat.site.parties import rules
from mufakat.site.parties.actions.errors import PartyError
from mufakat.site.parties.models import Group, Membership, Party

KINDS: Final = frozenset({"category", "political group", "organisation"})
"""The kinds of group that are worth telling of a state; that it is a member state says its own kind."""
REGION_OF: Final = {
    "AG": "africa",
    "APG": "asia_pacific",
    "EEG": "eastern_europe",
    "GRULAC": "latin_america",
    "WEOG": "western_europe",
}
"""The regions of this app, by the regional groups of the United Nations."""


def memberships_from_facts(*, actor: Actor, consultation: Consultation, parties: Sequence[Party]) -> int:
    """Fill in the region and the dated memberships of parties that speak for a country, in one event.

    A region that was said stays; a group that is missing is made, with its name in six languages; a party
    that belongs to a group already stays as it is.

    Returns:
        How many memberships were added, and regions filled in.

    Raises:
        Refused: the actor is not on the team.
        PartyError: a party that is of another consultation, or has no country that is known.
    """
    for party in parties:
        if party.consultation_id != consultation.pk:
            raise PartyError(f"party {party.code!r} is of another consultation")
    with acting(rules.GROUP, actor, consultation) as record:
        # A party that left a group, or was struck out of it by hand, is not put back into it.
        held = set(Membership.objects.filter(party__in=parties).values_list("party_id", "group__code"))
        groups = {group.code: group for group in Group.objects.filter(consultation=consultation)}
        added: list[Membership] = []
        placed: list[Party] = []
        for party in parties:
            for known in _memberships(party):
                code = known.group.code
                if code not in groups:
                    groups[code] = _made(consultation, known.group, actor.person)
                if (party.pk, code) not in held:
                    added.append(Membership(group=groups[code], party=party, begins=_begins(known)))
            region = places.regional_group(party.country)
            if not party.region and region is not None:
                party.region = REGION_OF[region.code]
                placed.append(party)
        if not added and not placed:
            record.unchanged()
            return 0
        Membership.objects.bulk_create(added)
        Party.objects.bulk_update(placed, ["region"])
        record.event(
            act=rules.GROUP,
            actor=actor,
            subject=f"party:{parties[0].code}" if len(parties) == 1 else "parties",
            detail={
                "memberships": [[each.party.code, each.group.code] for each in added],
                "regions": [[party.code, party.region] for party in placed],
            },
        )
    return len(added) + len(placed)


def _memberships(party: Party) -> list[places.Membership]:
    try:
        return [each for each in places.memberships(party.country) if each.group.kind in KINDS]
    except places.PlacesError as error:
        raise PartyError(f"party {party.code!r}: {error}") from error


def _made(consultation: Consultation, group: places.Group, by: int | None) -> Group:
    names = {language: group.name(language) for language in places.LANGUAGES}
    name = new_text(group.name("en"), language="en", by=by, consultation=consultation.pk, translations=names)
    return Group.objects.create(consultation=consultation, code=group.code, name=name)


def _begins(membership: places.Membership) -> datetime:
    day = membership.since.first_day if membership.since is not None else membership.group.told_from
    return datetime.combine(day, time(), UTC)
