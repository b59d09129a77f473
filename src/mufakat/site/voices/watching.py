"""Noticing that a demand was translated, wherever that was done: likeness can be seen in its language."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from mufakat.site.languages.models import Rendering
from mufakat.site.voices.models.demands import LIVE, Demand
from mufakat.site.voices.tasks import look_for_likeness


@receiver(post_save, sender=Rendering, dispatch_uid="voices.translated")
def translated(sender: type[Rendering], instance: Rendering, **named: Any) -> None:
    """Look for demands like the one whose translation was stored, once it is."""
    if instance.is_source or instance.by_id is None or named.get("raw"):
        return
    demand = Demand.objects.filter(wording=instance.text_id, state=LIVE, hidden=False).first()
    if demand is not None:
        transaction.on_commit(
            partial(look_for_likeness.enqueue, demand.consultation_id, demand.number, instance.by_id)
        )
