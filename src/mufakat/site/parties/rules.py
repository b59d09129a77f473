"""Who may do what with parties, the people who act for them, and groups."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import act
from mufakat.site.authority.predicates import is_on_team, is_signed_in
from mufakat.site.parties.kinds import HEAD
from mufakat.site.parties.models import Invitation, Party


@predicate
def acts_for_it(actor: Actor, subject: Any) -> bool:
    """The person acts for this very party, in any capacity."""
    return (
        isinstance(subject, Party)
        and actor.consultation == subject.consultation_id
        and any(voice.party == subject.pk for voice in actor.voices)
    )


@predicate
def heads_it(actor: Actor, subject: Any) -> bool:
    """The person heads this very party, and acts for it now."""
    return (
        isinstance(subject, Party)
        and actor.consultation == subject.consultation_id
        and actor.voice is not None
        and actor.voice.party == subject.pk
        and actor.voice.capacity == HEAD
    )


@predicate
def heads_some_party(actor: Actor, subject: Any) -> bool:
    """The person heads some party of the consultation; which one is looked at by the act itself."""
    return any(voice.capacity == HEAD for voice in actor.voices)


@predicate
def is_open_to_answer(actor: Actor, subject: Any) -> bool:
    """The invitation was neither used nor withdrawn, and is not too old."""
    return isinstance(subject, Invitation) and subject.is_open


@predicate
def is_meant(actor: Actor, subject: Any) -> bool:
    """The invitation was sent to this person's address."""
    from mufakat.site.people.models import Person

    return (
        actor.person is not None
        and Person.objects.filter(
            pk=actor.person, email=getattr(subject, "email", ""), is_active=True
        ).exists()
    )


_TEAM_ONLY = _("Only the team of this consultation can do this.")
_HEAD_OR_TEAM = _("Only the head of this party, or the team of this consultation, can do this.")

ADD = act("parties.add", _("Add parties"), (is_on_team, _TEAM_ONLY))
EDIT = act("parties.edit", _("Change what is known of a party"), (is_on_team, _TEAM_ONLY))
SEE_PEOPLE = act(
    "parties.see_people",
    _("See who acts for a party"),
    (is_on_team | acts_for_it, _("Only the party itself and the team see who acts for it.")),
)
MANAGE_PEOPLE = act(
    "parties.manage_people",
    _("Reach the page where people are accredited"),
    (is_on_team | heads_some_party, _HEAD_OR_TEAM),
)
ACCREDIT = act("parties.accredit", _("Let a person act for a party"), (is_on_team | heads_it, _HEAD_OR_TEAM))
REVOKE = act("parties.revoke", _("End a person's acting for a party"), (is_on_team | heads_it, _HEAD_OR_TEAM))
INVITE = act(
    "parties.invite", _("Invite a person to act for a party"), (is_on_team | heads_it, _HEAD_OR_TEAM)
)
ACCEPT = act(
    "parties.accept",
    _("Accept an invitation"),
    (is_signed_in, _("Sign in with the address that the invitation was sent to.")),
    (is_open_to_answer, _("This invitation has been used or withdrawn, or is too old. Ask for a new one.")),
    (is_meant, _("This invitation was sent to another address than the one you are signed in with.")),
)
ANSWER = act(
    "parties.answer",
    _("Reach the button that accepts an invitation"),
    (is_signed_in, _("Sign in with the address that the invitation was sent to.")),
)
GROUP = act("parties.group", _("Keep groups, their members and speakers"), (is_on_team, _TEAM_ONLY))
CHOOSE = act(
    "parties.choose",
    _("Choose the party one speaks for"),
    (is_signed_in, _("Sign in to speak for a party.")),
)
