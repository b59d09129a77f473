"""Consultations, stages, themes and roles."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mufakat.site.authority.actor import FACILITATOR, SECRETARIAT
from mufakat.site.consultations.kinds import PARTY_KINDS, PERMITS, STAGES
from mufakat.site.languages.models import Text

ROLES = ((FACILITATOR, _("facilitator")), (SECRETARIAT, _("secretariat")))


class Consultation(models.Model):
    """A consultation.

    Attributes:
        slug: its name in addresses.
        languages: tags of the languages it is held in.
        invented: whether everything in it is made up, which every page of it must say.
        listed: whether the public sees it; a consultation that is not listed does not exist for outsiders.
        least: aggregates over fewer parties than this are not shown to the public.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    summary = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    languages = models.JSONField(default=list)
    invented = models.BooleanField(default=False)
    listed = models.BooleanField(default=True)
    least = models.PositiveSmallIntegerField(default=5)
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(least__gte=1), name="least_is_positive")]

    def __str__(self) -> str:
        return self.slug

    @property
    def consultation_id(self) -> int:
        """Itself: every subject of an act names its consultation by this attribute."""
        return self.pk


class Stage(models.Model):
    """A stage of one consultation; several may be open at a time.

    Attributes:
        opened_at, closed_at: when it was opened, and closed again; open is opened and not closed.
        planned_from, planned_until: what the calendar says.
        story: what it is for, or what happened in it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=16, choices=STAGES)
    position = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    planned_from = models.DateField(null=True, blank=True)
    planned_until = models.DateField(null=True, blank=True)
    story = models.ForeignKey(Text, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "kind"], name="one_stage_of_a_kind"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(opened_at__isnull=False, closed_at__gte=F("opened_at")),
                name="a_stage_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(planned_from__isnull=True)
                | Q(planned_until__isnull=True)
                | Q(planned_until__gte=F("planned_from")),
                name="a_plan_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of consultation {self.consultation_id}"

    @property
    def is_open(self) -> bool:
        """Whether it is open now."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def state(self) -> str:
        """``ahead``, ``open`` or ``closed``."""
        if self.opened_at is None:
            return "ahead"
        return "open" if self.closed_at is None else "closed"

    @property
    def name(self) -> str:
        """What people call it."""
        return str(self.get_kind_display())


class Permit(models.Model):
    """That a stage, while it is open, lets one kind of party do one thing."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="permits")
    what = models.CharField(max_length=16, choices=PERMITS)
    party_kind = models.CharField(max_length=24, choices=PARTY_KINDS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stage", "what", "party_kind"], name="one_permit_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.what} by {self.party_kind}"


class Theme(models.Model):
    """What demands are about.

    Attributes:
        retired: whether it is no longer offered; what was themed by it stays so.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="themes")
    code = models.SlugField(max_length=40)
    name = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    description = models.ForeignKey(Text, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["consultation", "code"], name="one_theme_a_code")]

    def __str__(self) -> str:
        return self.code


class Role(models.Model):
    """That a person is of the team that runs a consultation, until it is revoked."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=16, choices=ROLES)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "person", "role"],
                condition=Q(revoked_at__isnull=True),
                name="one_role_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id} of consultation {self.consultation_id}"
