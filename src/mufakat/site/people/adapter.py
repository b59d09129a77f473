"""How sign-in behaves: nobody signs up by themselves, people are invited."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    """Accounts come into being by invitation, never at the door."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
