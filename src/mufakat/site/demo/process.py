"""The frame of the invented consultation: its opening, its stages and its themes."""

from __future__ import annotations

from datetime import date
from typing import Final

from mufakat import story
from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.actions import (
    add_theme,
    close_stage,
    open_consultation,
    open_stage,
    plan_stage,
)
from mufakat.site.consultations.kinds import DEFAULT_PERMITS
from mufakat.site.consultations.models import Consultation, Theme
from mufakat.site.demo.cast import FACILITATOR
from mufakat.story.stages import NOW

SLUG: Final = "southern-compact"


def open_it(operator: Actor) -> Consultation:
    """Open the consultation, marked as invented."""
    return open_consultation(
        actor=operator,
        slug=SLUG,
        title=story.TITLE,
        summary=story.SUMMARY,
        invented=True,
        facilitator=FACILITATOR.email,
    )


def tell_stages(team: Actor, consultation: Consultation) -> None:
    """Plan every stage as the story tells it."""
    stages = {stage.kind: stage for stage in consultation.stages.all()}
    for told in story.STAGES:
        plan_stage(
            actor=team,
            stage=stages[told.stage],
            planned_from=_day(told.opens),
            planned_until=_day(told.closes),
            permits=[
                (what, kind) for what, kinds in DEFAULT_PERMITS.get(told.stage, {}).items() for kind in kinds
            ],
            story=told.narrative,
        )


def reach_the_present(team: Actor, consultation: Consultation) -> None:
    """Open and close what is over, and open the stage in which the story stands."""
    for stage in consultation.stages.all():
        open_stage(actor=team, stage=stage)
        if stage.kind == NOW:
            return
        close_stage(actor=team, stage=stage)


def add_themes(team: Actor, consultation: Consultation) -> dict[str, Theme]:
    """All themes, by their English name."""
    return {
        told.theme: add_theme(
            actor=team,
            consultation=consultation,
            code=told.theme.replace(" ", "-").replace(",", ""),
            name=told.theme,
            description=told.about,
            names=told.names,
        )
        for told in story.THEMES
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
