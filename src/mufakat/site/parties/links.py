"""The link of an invitation: made from what is stored of it and the secret of the site, and kept nowhere.

So a task in the background can write the e-mail, and write it again, from the invitation's primary key alone:
neither the database nor its backup holds anything by which an invitation could be answered.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from mufakat.site.parties.models import Invitation

_SALT = "mufakat.site.parties.invitation"


def link_token(party: int, email: str, invited_at: datetime) -> str:
    """The token of the invitation of an address to a party at a moment: 256 bits that nobody can guess.

    Args:
        party: its primary key. email: in small letters.
    """
    told = f"{party} {invited_at.astimezone(UTC).isoformat(timespec='microseconds')} {email}"
    digest = salted_hmac(_SALT, told, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def token_hash(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(invitation: Invitation) -> str | None:
    """The token of an invitation; None where the secret of the site has changed since it was made."""
    token = link_token(invitation.party_id, invitation.email, invitation.invited_at)
    return token if token_hash(token) == invitation.token_hash else None


def address_of(token: str) -> str:
    """Where an invitation is answered, as it stands in an e-mail."""
    path = reverse("invitation", args=[token])
    return f"{settings.CONFIG.base_url.rstrip('/')}{path}"


def masked(email: str) -> str:
    """An address that tells its owner which it is, and others little: ``a***@example.org``."""
    local, _at, domain = email.rpartition("@")
    return f"{local[:1]}***@{domain}"
