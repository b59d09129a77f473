"""Votes, the votes they replaced, and which demand was put before whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mufakat.site.parties.models import Party
from mufakat.site.voices.models.demands import Demand

AGREE, PASS, DISAGREE = 1, 0, -1
VALUES = ((AGREE, _("agree")), (DISAGREE, _("disagree")), (PASS, _("pass")))


class Vote(models.Model):
    """What a party says of a demand now: one vote a party and demand.

    Attributes:
        important: whether the party says that this matters most to it.
        person: who cast it for the party; None for votes that were brought in from elsewhere.
        event: number of the ledger's event that cast it.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="votes")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="votes")
    value = models.SmallIntegerField(choices=VALUES)
    important = models.BooleanField(default=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cast_at = models.DateTimeField(default=timezone.now)
    event = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "demand"], name="one_vote_a_party_and_demand"),
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)), name="a_vote_is_one_of_three"),
        ]
        indexes = [
            models.Index(fields=["demand", "event"], name="votes_by_demand"),
            models.Index(fields=["event"], name="votes_by_event"),
        ]

    def __str__(self) -> str:
        return f"{self.value:+d} by party {self.party_id} on demand {self.demand_id}"


class EarlierVote(models.Model):
    """A vote that its party replaced by another.

    Attributes:
        event: as in `Vote`. replaced_by: number of the event that replaced it.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="earlier_votes")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="earlier_votes")
    value = models.SmallIntegerField(choices=VALUES)
    important = models.BooleanField(default=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cast_at = models.DateTimeField()
    event = models.BigIntegerField()
    replaced_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)), name="an_earlier_vote_is_one_of_three")
        ]

    def __str__(self) -> str:
        return f"{self.value:+d} by party {self.party_id} on demand {self.demand_id}, replaced"


class Showing(models.Model):
    """That a demand was put before a party, with the chance it had of being drawn.

    Attributes:
        propensity: its probability among the demands that could have been drawn, above 0 and at most 1.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="showings")
    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="showings")
    propensity = models.FloatField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(propensity__gt=0, propensity__lte=1), name="a_propensity_is_a_chance"
            )
        ]

    def __str__(self) -> str:
        return f"demand {self.demand_id} to party {self.party_id}"
