"""Moderation: what was taken out of sight or brought back, by whom, and why; never undone, only followed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mufakat.site.languages.models import Text
from mufakat.site.voices.models.demands import Demand
from mufakat.site.voices.models.submissions import Submission


class Moderation(models.Model):
    """One decision about one submission or one demand.

    Attributes:
        hides: whether it takes out of sight, or brings back.
        reason: told to the author, and to everyone in place of what was hidden.
    """

    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.CASCADE, related_name="moderations"
    )
    demand = models.ForeignKey(Demand, null=True, on_delete=models.CASCADE, related_name="moderations")
    hides = models.BooleanField()
    reason = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submission__isnull=False, demand__isnull=True)
                | Q(submission__isnull=True, demand__isnull=False),
                name="moderation_is_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{'hides' if self.hides else 'shows'} {self.demand_id or self.submission_id}"
