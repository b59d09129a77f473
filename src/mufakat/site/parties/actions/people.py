"""Letting people act for a party: at once, or by an invitation that they accept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from mufakat.site.authority.actor import Actor
from mufakat.site.ledger.acting import acting
from mufakat.site.parties import rules
from mufakat.site.parties.actions.errors import PartyError
from mufakat.site.parties.links import link_token, token_hash
from mufakat.site.parties.models import Accreditation, Invitation, Party
from mufakat.site.people.models import Person
from mufakat.site.people.names import clean_name


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
        The invitation, and the token of its link, which is not kept.

    Raises:
        Refused: the actor neither heads the party nor is on the team. PartyError: it would end at once.
    """
    if ends is not None and ends <= max(begins or timezone.now(), timezone.now()):
        raise PartyError(
            f"an accreditation that ends {ends:%d %B %Y %H:%M} would never hold; choose a later end"
        )
    address = email.strip().lower()
    with acting(rules.INVITE, actor, party) as record:
        token = link_token(party.pk, address, record.at)
        # An account without any right, so that the invited person can sign in by a code sent to the address.
        called = clean_name(name) if name else ""
        Person.objects.known(address, name=called)
        invitation = Invitation.objects.create(
            party=party,
            email=address,
            name=called,
            capacity=capacity,
            function=function,
            begins=begins,
            ends=ends,
            token_hash=token_hash(token),
            invited_by_id=actor.person,
            invited_at=record.at,
            expires_at=record.at + timedelta(days=settings.CONFIG.invitation_days),
        )
        record.event(
            act=rules.INVITE,
            actor=actor,
            subject=f"party:{party.code}",
            detail={"invitation": invitation.pk, "capacity": capacity},
        )
    return invitation, token


def send_again(*, actor: Actor, invitation: Invitation) -> None:
    """Say that an invitation is to be sent once more; whoever calls this hands it to the post.

    Raises:
        Refused: the actor neither heads the party nor is on the team.
        PartyError: it was accepted or withdrawn, or is too old.
    """
    with acting(rules.INVITE, actor, invitation.party) as record:
        invitation.refresh_from_db()
        if not invitation.is_open:
            raise PartyError("this invitation was used or withdrawn, or is too old; invite them anew")
        record.event(
            act=rules.INVITE,
            actor=actor,
            subject=f"party:{invitation.party.code}",
            detail={"invitation": invitation.pk, "sent_again": True},
        )


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
