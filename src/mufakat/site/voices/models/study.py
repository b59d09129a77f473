"""The study of a consultation's votes as it was last computed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mufakat.site.consultations.models import Consultation

TEAM, EVERYBODY = "team", "everybody"
AUDIENCES = ((TEAM, _("the team, everything")), (EVERYBODY, _("everybody, without small cells")))


class StoredStudy(models.Model):
    """A study for one audience.

    Attributes:
        document: the study as JSON, `mufakat.opinion.writing.as_json`.
        routing: JSON of what drawing the next demand needs: loadings and spread on the axes, by demand.
        through: number of the last event of the ledger that it knows of.
        speaks_of: when that event was. computed_at: when it was computed. took: seconds of work.
        parties: how many parties had voted.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="studies")
    audience = models.CharField(max_length=16, choices=AUDIENCES)
    document = models.TextField()
    routing = models.TextField(default="{}")
    through = models.BigIntegerField()
    speaks_of = models.DateTimeField()
    computed_at = models.DateTimeField()
    took = models.FloatField()
    parties = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "audience"], name="one_study_an_audience"),
            models.CheckConstraint(condition=Q(took__gte=0), name="work_takes_time"),
        ]

    def __str__(self) -> str:
        return f"study of consultation {self.consultation_id} for {self.audience}, through {self.through}"


class Intake(models.Model):
    """What became of the rows of a file of votes that was brought in; read = kept + superseded + rejected.

    Attributes:
        name: of the file or folder. format: what it was read as. digest: SHA-256 of the votes as stored.
        rejections: JSON of rows that were not taken: file, row, value, reason; of very many the first.
        event: number of the ledger's event that brought it in.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="intakes")
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    read = models.PositiveBigIntegerField()
    kept = models.PositiveBigIntegerField()
    superseded = models.PositiveBigIntegerField()
    rejected = models.PositiveBigIntegerField()
    rejections = models.TextField(default="[]")
    event = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(read=models.F("kept") + models.F("superseded") + models.F("rejected")),
                name="every_row_is_accounted_for",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.read} rows"
