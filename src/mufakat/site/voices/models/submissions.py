"""Submissions, as they were received."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.models import Text
from mufakat.site.parties.models import Party

FORM, PASTED, FILE, MEETING = "form", "text", "file", "meeting"
CHANNELS = (
    (FORM, _("written here")),
    (PASTED, _("pasted text")),
    (FILE, _("a file")),
    (MEETING, _("said at a meeting")),
)
PUBLIC, CHATHAM_HOUSE, CONFIDENTIAL = "public", "chatham_house", "confidential"
ATTRIBUTIONS = (
    (PUBLIC, _("public: the party is named")),
    (CHATHAM_HOUSE, _("Chatham House: only the kind of party is told")),
    (CONFIDENTIAL, _("confidential: for the secretariat alone")),
)


class Submission(models.Model):
    """What a party said, kept as it was received.

    Attributes:
        number: of the consultation, from 1 on.
        party: who said it; None where that is not known or must not be kept.
        channel: how it came in. occasion: where and when it was said, in words.
        attribution: who may see whose words these are.
        entered_by: who brought it in; for words said at a meeting, not the one who said them.
        file_name, file: the original, where it came as a file.
        hidden: whether it is moderated away now; `Moderation` tells why and keeps the history.
        settled_at: when the secretariat was done drawing demands from it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField()
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="submissions")
    body = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16, choices=CHANNELS)
    occasion = models.CharField(max_length=300, blank=True)
    attribution = models.CharField(max_length=16, choices=ATTRIBUTIONS, default=PUBLIC)
    said_on = models.DateField(null=True, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(upload_to="submissions/%Y/%m", blank=True, max_length=300)
    file_name = models.CharField(max_length=200, blank=True)
    hidden = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="one_submission_a_number")
        ]

    def __str__(self) -> str:
        return f"submission {self.number}"
