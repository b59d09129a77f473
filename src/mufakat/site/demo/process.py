"""The frame of the invented consultation: its opening, its stages and its themes."""

from __future__ import annotations

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
from mufakat.site.demo.dating import Dating
from mufakat.story.stages import NOW

SLUG: Final = "southern-compact"
SINCE: Final = (
    "Since that count four pairs of demands that ask the same were merged, and one was split into three that"
    " are voted on anew, so the pages count differently now."
)
"""What the secretariat did after the count that the story tells, so that nobody wonders about the numbers."""


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


def tell_stages(team: Actor, consultation: Consultation, dating: Dating) -> None:
    """Plan every stage as the story tells it."""
    stages = {stage.kind: stage for stage in consultation.stages.all()}
    for told in story.STAGES:
        plan_stage(
            actor=team,
            stage=stages[told.stage],
            planned_from=dating.day(told.opens),
            planned_until=dating.day(told.closes),
            permits=[
                (what, kind) for what, kinds in DEFAULT_PERMITS.get(told.stage, {}).items() for kind in kinds
            ],
            story=f"{told.narrative} {SINCE}" if told.stage == NOW else told.narrative,
        )


def reach_the_present(team: Actor, consultation: Consultation, dating: Dating) -> None:
    """Open and close what is over, and open the stage in which the story stands."""
    told = {stage.stage: stage for stage in story.STAGES}
    for stage in consultation.stages.all():
        open_stage(actor=team, stage=stage, since=dating.noon(told[stage.kind].opens))
        if stage.kind == NOW:
            return
        close_stage(actor=team, stage=stage, since=dating.noon(told[stage.kind].closes))


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
