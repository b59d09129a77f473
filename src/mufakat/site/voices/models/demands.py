"""Demands: atomic asks, where each comes from and what each descends from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mufakat.site.consultations.models import Consultation, Theme
from mufakat.site.languages.models import Text
from mufakat.site.voices.models.submissions import Submission

LIVE, MERGED, SPLIT, REWORDED = "live", "merged", "split", "reworded"
STATES = (
    (LIVE, _("open to votes")),
    (MERGED, _("merged")),
    (SPLIT, _("split")),
    (REWORDED, _("reworded")),
)
DESCENTS = ((MERGED, _("merged into")), (SPLIT, _("split into")), (REWORDED, _("reworded as")))


class Demand(models.Model):
    """One thing that is asked for.

    Attributes:
        number: of the consultation, from 1 on; a demand never changes its number and never goes away.
        state: ``live``, or what became of it; `Descent` tells into what.
        hidden: whether it is moderated away now; `Moderation` tells why and keeps the history.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="demands")
    number = models.PositiveIntegerField()
    wording = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="demands")
    state = models.CharField(max_length=16, choices=STATES, default=LIVE)
    hidden = models.BooleanField(default=False)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="one_demand_a_number")]

    def __str__(self) -> str:
        return f"demand {self.number}"

    @property
    def open_to_votes(self) -> bool:
        """Whether it can be voted on: nothing became of it yet, and it is not moderated away."""
        return self.state == LIVE and not self.hidden


class Passage(models.Model):
    """The passage of a submission that a demand is drawn from.

    Attributes:
        version: of the submission's text that the places are counted in.
        start, end: in characters of the source, end exclusive. quote: what stands there.
    """

    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="passages")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="passages")
    version = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()

    class Meta:
        ordering = ["submission", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "submission", "start", "end"], name="one_anchor_a_passage"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_passage_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end} of submission {self.submission_id}"


class Descent(models.Model):
    """That one demand came out of another: by merging, splitting or rewording.

    Attributes:
        carries: whether votes on the ancestor count for the descendant, where its party did not vote on
            that; so for the same ask in other words, and not where the ask itself changed.
        undone_at: when it was taken back; the ancestor is live again.
    """

    ancestor = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="descents")
    descendant = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="ascents")
    how = models.CharField(max_length=16, choices=DESCENTS)
    carries = models.BooleanField(default=False)
    reason = models.ForeignKey(Text, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ancestor"],
                condition=Q(how__in=(MERGED, REWORDED), undone_at__isnull=True),
                name="a_demand_goes_into_one",
            ),
            models.UniqueConstraint(
                fields=["ancestor", "descendant"],
                condition=Q(undone_at__isnull=True),
                name="one_descent_a_pair",
            ),
            models.CheckConstraint(
                condition=~Q(ancestor=F("descendant")), name="no_demand_is_its_own_ancestor"
            ),
            models.CheckConstraint(condition=~Q(how=SPLIT, carries=True), name="a_part_takes_no_votes_along"),
        ]

    def __str__(self) -> str:
        return f"demand {self.ancestor_id} {self.how} {self.descendant_id}"


class Likeness(models.Model):
    """That two demands may ask the same; a program suggests it, a person decides.

    Attributes:
        first, second: the two, the older first. score: of their likeness, 0 to 1.
        verdict: empty while nobody has decided.
    """

    SAME, APART = "same", "apart"
    VERDICTS = ((SAME, _("the same ask")), (APART, _("two different asks")))

    first = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    suggested_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=8, choices=VERDICTS, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_likeness_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_older_demand_first"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="likeness_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} like {self.second_id}: {self.score:.2f}"
