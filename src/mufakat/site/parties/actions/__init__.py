"""What is done with parties, the people who act for them, and groups."""

from __future__ import annotations

from mufakat.site.parties.actions.errors import PartyError
from mufakat.site.parties.actions.facts import memberships_from_facts
from mufakat.site.parties.actions.groups import (
    add_group,
    authorise_speaker,
    dismiss_speaker,
    join_group,
    leave_group,
)
from mufakat.site.parties.actions.many import Added, NewParty, add_parties
from mufakat.site.parties.actions.parties import add_party, edit_party
from mufakat.site.parties.actions.people import accept, accredit, invite, revoke, send_again, withdraw
from mufakat.site.parties.links import token_hash

__all__ = [
    "Added",
    "NewParty",
    "PartyError",
    "accept",
    "accredit",
    "add_group",
    "add_parties",
    "add_party",
    "authorise_speaker",
    "dismiss_speaker",
    "edit_party",
    "invite",
    "join_group",
    "leave_group",
    "memberships_from_facts",
    "revoke",
    "send_again",
    "token_hash",
    "withdraw",
]
