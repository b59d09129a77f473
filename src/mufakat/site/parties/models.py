"""Parties, groups, accreditations and invitations."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mufakat.site.consultations.kinds import PARTY_KINDS
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.models import Text
from mufakat.site.parties.kinds import CAPACITIES, REGIONS


def in_force(at: datetime | None = None) -> Q:
    """What holds at a moment, by default now: begun, not ended, not revoked."""
    at = at or timezone.now()
    return Q(begins__lte=at, revoked_at__isnull=True) & (Q(ends__isnull=True) | Q(ends__gt=at))


class Party(models.Model):
    """An organisation, delegation or person with one voice in one consultation.

    Attributes:
        code: short and stable, as it stands in tables and addresses.
        country: ISO 3166-1 alpha-3 of the state it speaks for or sits in; empty where none is meant.
        region: regional group; of its seat for a body without a territory.
        language: tag of the language it writes in.
        left_at: when it left the consultation; its acts stay.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="parties")
    code = models.CharField(max_length=64)
    name = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=PARTY_KINDS)
    region = models.CharField(max_length=24, choices=REGIONS, blank=True)
    country = models.CharField(max_length=3, blank=True)
    language = models.CharField(max_length=16, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "code"], name="one_party_a_code"),
            models.CheckConstraint(condition=~Q(code=""), name="a_party_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.code


class Accreditation(models.Model):
    """That a person may act for a party, from one moment to another, unless it is revoked.

    Attributes:
        begins, ends: the first moment and the first moment after; no end means until revoked.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="accreditations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="accreditations"
    )
    capacity = models.CharField(max_length=16, choices=CAPACITIES)
    function = models.CharField(max_length=200, blank=True)
    begins = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "person"],
                condition=Q(revoked_at__isnull=True),
                name="one_accreditation_in_force",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("begins")),
                name="an_accreditation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capacity} {self.person_id} of party {self.party_id}"

    def holds(self, at: datetime | None = None) -> bool:
        """Whether it is in force at a moment, by default now."""
        at = at or timezone.now()
        return self.begins <= at and self.revoked_at is None and (self.ends is None or self.ends > at)

    @property
    def state(self) -> str:
        """``now``, ``ahead`` or ``over``."""
        if self.revoked_at is not None or (self.ends is not None and self.ends <= timezone.now()):
            return "over"
        return "ahead" if self.begins > timezone.now() else "now"


class Invitation(models.Model):
    """A link by which one person, known by an e-mail address, becomes accredited to a party; good once.

    Attributes:
        token_hash: SHA-256 of the token in the link; the token itself is not kept.
        expires_at: the first moment at which it is too late.
        begins, ends, capacity, function: of the accreditation that it leads to.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=16, choices=CAPACITIES)
    function = models.CharField(max_length=200, blank=True)
    begins = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accreditation = models.OneToOneField(
        Accreditation, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="an_invitation_is_accepted_or_withdrawn",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} to party {self.party_id}"

    @property
    def consultation_id(self) -> int:
        """The consultation of its party."""
        return self.party.consultation_id

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted now: not used, not withdrawn, not too old, to a party that is there."""
        now = timezone.now()
        return (
            self.accepted_at is None
            and self.withdrawn_at is None
            and self.expires_at > now
            and (self.ends is None or self.ends > now)
            and self.party.left_at is None
        )


class Group(models.Model):
    """Parties that stand together, such as a regional group, the G77 or least developed countries."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="groups")
    code = models.CharField(max_length=40)
    name = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "code"], name="one_group_a_code")]

    def __str__(self) -> str:
        return self.code


class Membership(models.Model):
    """That a party belongs to a group from one moment to another.

    Attributes:
        begins, ends: the first moment and the first moment after; no end means to this day.
        revoked_at: when it was struck out as a mistake.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="memberships")
    begins = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "party"],
                condition=Q(ends__isnull=True, revoked_at__isnull=True),
                name="one_membership_in_force",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("begins")),
                name="a_membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"party {self.party_id} in group {self.group_id}"


class GroupSpeaker(models.Model):
    """That a person may speak for a group from one moment to another, unless it is revoked."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="speaks_for")
    begins = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(revoked_at__isnull=True),
                name="one_speaker_in_force",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("begins")),
                name="a_speaker_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} for group {self.group_id}"
