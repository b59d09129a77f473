"""Adding parties, letting people act for them, and keeping groups."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.writing import change_source, new_text
from mufakat.site.ledger.acting import acting
from mufakat.site.ledger.hashing import text_hash
from mufakat.site.parties import rules
from mufakat.site.parties.models import (
    Accreditation,
    Group,
    GroupSpeaker,
    Invitation,
    Membership,
    Party,
    in_force,
)
from mufakat.site.people.models import Person
from mufakat.site.people.names import clean_name


class PartyError(ValueError):
    """Something that cannot be so of a party; the message says what, and what would be right."""


def add_party(
    *,
    actor: Actor,
    consultation: Consultation,
    code: str,
    name: str,
    kind: str,
    region: str = "",
    country: str = "",
    language: str = "",
    names: Mapping[str, str] | None = None,
) -> Party:
    """Add a party.

    Args:
        language: the party writes in, and its name stands in. names: what it is called in other languages.

    Raises:
        Refused: the actor is not on the team. PartyError: the code is taken.
    """
    with acting(rules.ADD, actor, consultation) as record:
        if Party.objects.filter(consultation=consultation, code=code).exists():
            raise PartyError(f"the code {code!r} is taken by another party; choose another")
        party = Party.objects.create(
            consultation=consultation,
            code=code,
            name=new_text(
                clean_name(name),
                language=language,
                by=actor.person,
                consultation=consultation.pk,
                translations=names,
            ),
            kind=kind,
            region=region,
            country=country,
            language=language,
        )
        record.event(
            act=rules.ADD,
            actor=actor,
            subject=f"party:{code}",
            detail={"kind": kind, "region": region, "country": country},
        )
    return party


def edit_party(
    *, actor: Actor, party: Party, name: str, kind: str, region: str, country: str, left: bool
) -> None:
    """Change what is known of a party, or let it leave; its acts stay.

    Raises:
        Refused: the actor is not on the team.
    """
    with acting(rules.EDIT, actor, party) as record:
        party.refresh_from_db()
        change_source(party.name, clean_name(name), by=actor.person)
        party.kind, party.region, party.country = kind, region, country
        party.left_at = (party.left_at or record.at) if left else None
        party.save(update_fields=["kind", "region", "country", "left_at"])
        record.event(
            act=rules.EDIT,
            actor=actor,
            subject=f"party:{party.code}",
            detail={"kind": kind, "region": region, "country": country, "left": left},
        )


def accredit(
    *,
    actor: Actor,
    party: Party,
    email: str,
    name: str = "",
    capacity: str,
    function: str = "",
    begins: datetime | None = None,
    ends: datetime | None = None,
) -> Accreditation:
    """Let a person act for a party, from one moment to another; by default from now until revoked.

    An accreditation of the same person that is over, or that has another capacity or other dates, is ended.

    Raises:
        Refused: the actor neither heads the party nor is on the team.
        PartyError: it would end before it begins, or before now.
    """
    begins = begins or timezone.now()
    if ends is not None and ends <= max(begins, timezone.now()):
        raise PartyError(
            f"an accreditation that ends {ends:%d %B %Y %H:%M} would never hold; choose a later end"
        )
    with acting(rules.ACCREDIT, actor, party) as record:
        person = Person.objects.known(email, name=clean_name(name) if name else "")
        Accreditation.objects.filter(party=party, person=person, revoked_at__isnull=True).update(
            revoked_at=record.at, revoked_by=actor.person
        )
        granted = Accreditation.objects.create(
            party=party,
            person=person,
            capacity=capacity,
            function=function,
            begins=begins,
            ends=ends,
            granted_by_id=actor.person,
        )
        record.event(
            act=rules.ACCREDIT,
            actor=actor,
            subject=f"party:{party.code}",
            detail={
                "person": person.pk,
                "capacity": capacity,
                "begins": begins.isoformat(),
                "ends": ends.isoformat() if ends else "",
            },
        )
    return granted


def revoke(*, actor: Actor, accreditation: Accreditation) -> None:
    """End a person's acting for a party at once; what it did so far stays attributed.

    Raises:
        Refused: the actor neither heads the party nor is on the team.
    """
    with acting(rules.REVOKE, actor, accreditation.party) as record:
        accreditation.refresh_from_db()
        if accreditation.revoked_at is not None:
            record.unchanged()
            return
        accreditation.revoked_at, accreditation.revoked_by_id = record.at, actor.person
        accreditation.save(update_fields=["revoked_at", "revoked_by"])
        record.event(
            act=rules.REVOKE,
            actor=actor,
            subject=f"party:{accreditation.party.code}",
            detail={"person": accreditation.person_id, "capacity": accreditation.capacity},
        )


def invite(
    *,
    actor: Actor,
    party: Party,
    email: str,
    name: str = "",
    capacity: str,
    function: str = "",
    begins: datetime | None = None,
    ends: datetime | None = None,
) -> tuple[Invitation, str]:
    """Invite a person to act for a party.

    Returns:
        The invitation, and the token of its link, which is nowhere else.

    Raises:
        Refused: the actor neither heads the party nor is on the team. PartyError: it would end at once.
    """
    if ends is not None and ends <= max(begins or timezone.now(), timezone.now()):
        raise PartyError(
            f"an accreditation that ends {ends:%d %B %Y %H:%M} would never hold; choose a later end"
        )
    token = secrets.token_urlsafe(32)
    with acting(rules.INVITE, actor, party) as record:
        # An account without any right, so that the invited person can sign in by a code sent to the address.
        Person.objects.known(email, name=clean_name(name) if name else "")
        invitation = Invitation.objects.create(
            party=party,
            email=email.strip().lower(),
            name=name,
            capacity=capacity,
            function=function,
            begins=begins,
            ends=ends,
            token_hash=token_hash(token),
            invited_by_id=actor.person,
            expires_at=record.at + timedelta(days=settings.CONFIG.invitation_days),
        )
        record.event(
            act=rules.INVITE,
            actor=actor,
            subject=f"party:{party.code}",
            detail={"invitation": invitation.pk, "capacity": capacity},
        )
    return invitation, token


def withdraw(*, actor: Actor, invitation: Invitation) -> None:
    """Take an invitation back.

    Raises:
        Refused: the actor neither heads the party nor is on the team. PartyError: it was accepted already.
    """
    with acting(rules.INVITE, actor, invitation.party) as record:
        invitation.refresh_from_db()
        if invitation.accepted_at is not None:
            raise PartyError("this invitation was accepted; revoke the accreditation in its place")
        if invitation.withdrawn_at is not None:
            record.unchanged()
            return
        invitation.withdrawn_at = record.at
        invitation.save(update_fields=["withdrawn_at"])
        record.event(
            act=rules.INVITE,
            actor=actor,
            subject=f"party:{invitation.party.code}",
            detail={"invitation": invitation.pk, "withdrawn": True},
        )


def accept(*, actor: Actor, invitation: Invitation) -> Accreditation:
    """Accept an invitation, once.

    Raises:
        Refused: not signed in with the address that was invited, or used, withdrawn or expired.
    """
    with acting(rules.ACCEPT, actor, invitation, fresh=True) as record:
        begins = max(invitation.begins or record.at, record.at)
        Accreditation.objects.filter(
            party=invitation.party, person_id=actor.known_person, revoked_at__isnull=True
        ).update(revoked_at=record.at, revoked_by=actor.person)
        granted = Accreditation.objects.create(
            party=invitation.party,
            person_id=actor.known_person,
            capacity=invitation.capacity,
            function=invitation.function,
            begins=begins,
            ends=invitation.ends,
            granted_by_id=invitation.invited_by_id,
        )
        invitation.accepted_at, invitation.accreditation = record.at, granted
        invitation.save(update_fields=["accepted_at", "accreditation"])
        record.event(
            act=rules.ACCEPT,
            actor=actor,
            subject=f"party:{invitation.party.code}",
            detail={"invitation": invitation.pk, "capacity": invitation.capacity},
        )
    return granted


def token_hash(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


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
        Refused: the actor is not on the team. PartyError: the code is taken.
    """
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
