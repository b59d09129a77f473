"""Work in the background: the e-mail that brings an invitation."""

from __future__ import annotations

import unicodedata
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from mufakat.site.languages.reading import read
from mufakat.site.parties.links import address_of, token_of
from mufakat.site.parties.models import Invitation
from mufakat.site.people.models import Person


@task()
def send_invitation(invitation: int) -> bool:
    """Send the link of an invitation to the address it is for, as plain text.

    Args:
        invitation: its primary key; the link itself is made here, so that no queue ever holds it.

    Returns:
        Whether it was sent: not where it was answered or withdrawn meanwhile, or the site's secret changed.
    """
    found = (
        Invitation.objects.filter(pk=invitation)
        .select_related("party__name", "party__consultation__title")
        .first()
    )
    if found is None or not found.is_open or (token := token_of(found)) is None:
        return False
    language = Person.objects.filter(email=found.email).values_list("language", flat=True).first() or "en"
    with translation.override(language):
        told = {
            "party": in_one_line(read(found.party.name, language).body),
            "consultation": in_one_line(read(found.party.consultation.title, language).body),
            "invented": found.party.consultation.invented,
            "name": in_one_line(found.name),
            "capacity": found.get_capacity_display(),
            "link": address_of(token),
            "expires_at": found.expires_at,
        }
        subject = in_one_line(render_to_string("parties/email/invitation_subject.txt", told))
        message = render_to_string("parties/email/invitation_message.txt", told)
        # Named after the site: the name of the machine would have to be asked for in the network.
        number = make_msgid(domain=urlsplit(settings.CONFIG.base_url).hostname)
        EmailMessage(subject, message, to=[found.email], headers={"Message-ID": number}).send()
    return True


def in_one_line(text: str) -> str:
    """People's words as they can stand in a line of an e-mail: nothing that breaks it or turns it around."""
    kept = (" " if unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp") else each for each in text)
    return " ".join("".join(kept).split())
