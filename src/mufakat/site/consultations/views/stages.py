"""The stages: opening and closing them, and planning what they permit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mufakat.site.authority.acts import may
from mufakat.site.authority.trying import tried
from mufakat.site.consultations import actions, rules
from mufakat.site.consultations.forms import StageForm
from mufakat.site.consultations.kinds import SUBMIT, VOTE
from mufakat.site.consultations.models import Stage
from mufakat.site.consultations.queries import permitted, stages_of
from mufakat.site.consultations.requests import Inside, sent
from mufakat.site.languages.reading import source


def stages(request: Inside, slug: str) -> HttpResponse:
    """All stages, where each stands, and what it permits."""
    told = stages_of(request.consultation, get_language() or "en")
    ahead = next((each.stage for each in told if each.stage.state == "ahead"), None)
    return render(
        request,
        "consultations/stages.html",
        {
            "told": told,
            "first_ahead": ahead,
            "any_open": any(each.stage.is_open for each in told),
            "may_stage": may(rules.STAGE, request.actor, request.consultation),
        },
    )


def stage(request: Inside, slug: str, kind: str) -> HttpResponse:
    """The plan of one stage."""
    found = _stage(request, kind)
    form = StageForm(
        sent(request),
        initial={
            "planned_from": found.planned_from,
            "planned_until": found.planned_until,
            "story": source(found.story).body if found.story is not None else "",
            "submit": permitted(found, SUBMIT),
            "vote": permitted(found, VOTE),
        },
    )

    def plan() -> None:
        said = form.cleaned_data
        actions.plan_stage(
            actor=request.actor,
            stage=found,
            planned_from=said["planned_from"],
            planned_until=said["planned_until"],
            permits=[
                *((SUBMIT, kind_of_party) for kind_of_party in said["submit"]),
                *((VOTE, kind_of_party) for kind_of_party in said["vote"]),
            ],
            story=said["story"],
            language=request.consultation.title.language,
        )

    if request.method == "POST" and tried(form, plan):
        messages.success(request, _("The plan of the stage is saved."))
        return redirect("stages", slug)
    return render(request, "consultations/stage.html", {"stage": found, "form": form})


def open_(request: Inside, slug: str, kind: str) -> HttpResponse:
    """Open a stage."""
    found = _stage(request, kind)
    actions.open_stage(actor=request.actor, stage=found)
    messages.success(request, _("The stage “%(name)s” is open.") % {"name": found.name})
    return redirect("stages", slug)


def close(request: Inside, slug: str, kind: str) -> HttpResponse:
    """Close a stage."""
    found = _stage(request, kind)
    actions.close_stage(actor=request.actor, stage=found)
    messages.success(request, _("The stage “%(name)s” is closed.") % {"name": found.name})
    return redirect("stages", slug)


def _stage(request: Inside, kind: str) -> Stage:
    return get_object_or_404(
        Stage.objects.select_related("story"), consultation=request.consultation, kind=kind
    )
