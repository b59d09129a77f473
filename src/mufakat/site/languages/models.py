"""Texts, their renderings in each language, and what stood there before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from mufakat.site.languages.tags import direction


class Text(models.Model):
    """Something a person wrote, whatever the language.

    Attributes:
        consultation_id: the consultation it belongs to; plain, because consultations stand above this room.
        language: tag of the source, BCP 47; empty where it is not known.
        version: of the source, from 1 on.
    """

    consultation_id = models.BigIntegerField(null=True, db_index=True)
    language = models.CharField(max_length=16, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"text {self.pk}, version {self.version}"


class Rendering(models.Model):
    """A text in one language.

    Attributes:
        renders: the version of the source that it renders; for the source itself, its own version.
        by: who wrote or translated it; None where nobody with an account did.
        suggested: whether a program wrote it and no person has confirmed it yet.
    """

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="renderings")
    language = models.CharField(max_length=16, blank=True)
    body = models.TextField()
    renders = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    suggested = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "language"], name="one_rendering_a_language"),
            models.CheckConstraint(condition=models.Q(renders__gte=1), name="renders_a_version"),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def direction(self) -> str:
        """In which direction it is read: ``rtl``, ``ltr`` or ``auto``."""
        return direction(self.language)

    @property
    def is_source(self) -> bool:
        """Whether these are the author's own words."""
        return self.language == self.text.language

    @property
    def stale(self) -> bool:
        """Whether the source changed since this was translated."""
        return self.renders < self.text.version


class EarlierRendering(models.Model):
    """What a rendering said before it was changed; kept for ever.

    Attributes:
        renders: as in `Rendering`. until: when it was replaced.
    """

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="earlier")
    language = models.CharField(max_length=16, blank=True)
    body = models.TextField()
    renders = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"text {self.text_id} in {self.language or '?'}, version {self.renders}"
