"""What cannot be done with voices."""

from __future__ import annotations

from mufakat.site.authority.acts import ImpossibleError


class VoiceError(ImpossibleError):
    """Something that cannot be so of a submission, a demand or a vote; says what, and what would be right."""


class TakenError(VoiceError):
    """Somebody else did something with the demand in the meantime; nothing was changed."""
