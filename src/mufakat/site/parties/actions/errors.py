"""What an act of this app does not allow."""

from __future__ import annotations

from mufakat.site.authority.acts import ImpossibleError


class PartyError(ImpossibleError):
    """Something that cannot be so of a party; the message says what, and what would be right."""
