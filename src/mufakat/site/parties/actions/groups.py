"""Groups: their members from one day to another, and who speaks for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.writing import new_text
from mufakat.site.ledger.acting import acting
from mufakat.site.ledger.hashing import text_hash
from mufakat.site.parties import rules
from mufakat.site.parties.actions.errors import PartyError
from mufakat.site.parties.actions.parties import checked_code
from mufakat.site.parties.models import (
    Accreditation,
    Group,
    GroupSpeaker,
    Membership,
    Party,
    in_force,
)
from mufakat.site.people.models import Person
from mufakat.site.people.names import clean_name

LONGEST_CODE = 40


def add_group(
    *,
    actor: Actor,
    consultation: Consultation,
    code: str,
    name: str,
    language: str = "en",
    names: Mapping[str, str] | None = None,
) -> Group:
    """Add a group without members.

    Raises:
        Refused: the actor is not on the team. PartyError: the code is taken, or cannot be one.
    """
    code = checked_code(code, longest=LONGEST_CODE)
    with acting(rules.GROUP, actor, consultation) as record:
        if Group.objects.filter(consultation=consultation, code=code).exists():
            raise PartyError(f"the code {code!r} is taken by another group; choose another")
        group = Group.objects.create(
            consultation=consultation,
            code=code,
            name=new_text(
                clean_name(name),
                language=language,
                by=actor.person,
                consultation=consultation.pk,
                translations=names,
            ),
        )
        record.event(act=rules.GROUP, actor=actor, subject=f"group:{code}", detail={"name": text_hash(name)})
    return group


def join_group(*, actor: Actor, group: Group, party: Party, begins: datetime | None = None) -> Membership:
    """Let a party belong to a group from a moment on; one that belongs to it stays.

    Raises:
        Refused: the actor is not on the team. PartyError: the party is of another consultation.
    """
    if party.consultation_id != group.consultation_id:
        raise PartyError(f"party {party.code!r} is of another consultation than group {group.code!r}")
    with acting(rules.GROUP, actor, group) as record:
        held = Membership.objects.filter(
            group=group, party=party, ends__isnull=True, revoked_at__isnull=True
        ).first()
        if held is not None:
            record.unchanged()
            return held
        membership = Membership.objects.create(group=group, party=party, begins=begins or record.at)
        record.event(
            act=rules.GROUP,
            actor=actor,
            subject=f"group:{group.code}",
            detail={"party": party.code, "begins": membership.begins.isoformat()},
        )
    return membership


def leave_group(*, actor: Actor, membership: Membership, ends: datetime | None = None) -> None:
    """Let a membership end, by default now.

    Raises:
        Refused: the actor is not on the team. PartyError: it would end before it began.
    """
    with acting(rules.GROUP, actor, membership.group) as record:
        membership.refresh_from_db()
        ends = ends or record.at
        if ends <= membership.begins:
            raise PartyError(
                f"a membership that began {membership.begins:%d %B %Y} cannot end before that,"
                f" on {ends:%d %B %Y}"
            )
        membership.ends = ends
        membership.save(update_fields=["ends"])
        record.event(
            act=rules.GROUP,
            actor=actor,
            subject=f"group:{membership.group.code}",
            detail={"party": membership.party.code, "ends": ends.isoformat()},
        )


def authorise_speaker(
    *, actor: Actor, group: Group, person: Person, ends: datetime | None = None
) -> GroupSpeaker:
    """Let a person speak for a group, until an end or until revoked.

    Raises:
        Refused: the actor is not on the team.
        PartyError: the person acts for no party that belongs to the group now.
    """
    with acting(rules.GROUP, actor, group) as record:
        members = Membership.objects.filter(in_force(), group=group).values("party")
        if not Accreditation.objects.filter(in_force(), person=person, party__in=members).exists():
            raise PartyError(
                f"{person} acts for no party that belongs to {group.code} now, and cannot speak for it"
            )
        GroupSpeaker.objects.filter(group=group, person=person, revoked_at__isnull=True).update(
            revoked_at=record.at
        )
        speaker = GroupSpeaker.objects.create(
            group=group, person=person, begins=record.at, ends=ends, granted_by_id=actor.person
        )
        record.event(
            act=rules.GROUP, actor=actor, subject=f"group:{group.code}", detail={"speaker": person.pk}
        )
    return speaker


def dismiss_speaker(*, actor: Actor, speaker: GroupSpeaker) -> None:
    """End a person's speaking for a group at once.

    Raises:
        Refused: the actor is not on the team.
    """
    with acting(rules.GROUP, actor, speaker.group) as record:
        speaker.refresh_from_db()
        if speaker.revoked_at is not None:
            record.unchanged()
            return
        speaker.revoked_at = record.at
        speaker.save(update_fields=["revoked_at"])
        record.event(
            act=rules.GROUP,
            actor=actor,
            subject=f"group:{speaker.group.code}",
            detail={"speaker": speaker.person_id, "dismissed": True},
        )
