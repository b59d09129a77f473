"""What the team decides about a demand: merged, split, reworded, parted again, themed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mufakat.site.authority.trying import tried
from mufakat.site.consultations.requests import Inside
from mufakat.site.languages.reading import read, source
from mufakat.site.voices.actions import demands as actions
from mufakat.site.voices.actions.errors import VoiceError
from mufakat.site.voices.forms.demands import YES, MergeForm, RewordForm, SplitForm, ThemeForm
from mufakat.site.voices.models.demands import Demand, Descent
from mufakat.site.voices.tasks import look_for_likeness
from mufakat.site.voices.views.inside import demand_of, reader


def merge(request: Inside, slug: str, number: int) -> HttpResponse:
    """Merge a demand into another one, which stays."""
    found = demand_of(request.consultation, number)
    form = MergeForm(
        request.POST or None,
        consultation=request.consultation,
        initial={"into": request.GET.get("into", ""), "reason_language": reader()},
    )

    def act() -> None:
        actions.merge(
            actor=request.actor,
            demand=found,
            into=form.cleaned_data["into"],
            reason=form.cleaned_data["reason"],
            language=form.cleaned_data["reason_language"],
            same_ask=form.cleaned_data["same_ask"] == YES,
        )

    return _decided(request, found, form, act, "merge")


def split(request: Inside, slug: str, number: int) -> HttpResponse:
    """Split a demand that asks several things."""
    found = demand_of(request.consultation, number)
    form = SplitForm(
        request.POST or None, initial={"language": found.wording.language, "reason_language": reader()}
    )

    def act() -> None:
        parts = actions.split(
            actor=request.actor,
            demand=found,
            parts=form.parts(),
            language=form.cleaned_data["language"],
            reason=form.cleaned_data["reason"],
            reason_language=form.cleaned_data["reason_language"],
        )
        for part in parts:
            look_for_likeness.enqueue(request.consultation.pk, part.number, request.actor.known_person)

    return _decided(request, found, form, act, "split")


def reword(request: Inside, slug: str, number: int) -> HttpResponse:
    """Put a demand in other words."""
    found = demand_of(request.consultation, number)
    form = RewordForm(
        request.POST or None,
        initial={
            "wording": source(found.wording).body,
            "language": found.wording.language,
            "translation_language": reader(),
            "reason_language": reader(),
        },
    )

    def act() -> None:
        newer = actions.reword(
            actor=request.actor,
            demand=found,
            wording=form.cleaned_data["wording"],
            language=form.cleaned_data["language"],
            reason=form.cleaned_data["reason"],
            reason_language=form.cleaned_data["reason_language"],
            same_ask=form.cleaned_data["same_ask"] == YES,
            translations=form.translations(),
        )
        look_for_likeness.enqueue(request.consultation.pk, newer.number, request.actor.known_person)

    return _decided(request, found, form, act, "reword")


def _decided(
    request: Inside, found: Demand, form: forms.Form, act: Callable[[], None], what: str
) -> HttpResponse:
    if request.method == "POST" and tried(form, act):
        messages.success(request, _("Done. The demand keeps its number, its votes and its history."))
        return redirect("demand", request.consultation.slug, found.number)
    context: dict[str, Any] = {
        "form": form,
        "demand": found,
        "words": read(found.wording, reader()),
        "what": what,
    }
    return render(request, "voices/demand_decide.html", context)


def part(request: Inside, slug: str, number: int, descent: int) -> HttpResponse:
    """Take a merger back."""
    link = get_object_or_404(
        Descent.objects.select_related("ancestor", "descendant"),
        pk=descent,
        ancestor__consultation=request.consultation,
    )
    try:
        actions.part_again(actor=request.actor, link=link)
    except VoiceError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The merger is taken back; demand %s is open again.") % link.ancestor.number
        )
    return redirect("demand", slug, link.ancestor.number)


def sort(request: Inside, slug: str, number: int) -> HttpResponse:
    """Put a demand under a theme."""
    found = demand_of(request.consultation, number)
    form = ThemeForm(request.POST, consultation=request.consultation, language=reader())
    if tried(form, lambda: actions.sort(actor=request.actor, demand=found, theme=form.cleaned_data["theme"])):
        messages.success(request, _("The theme is set."))
    else:
        messages.error(request, _("There is no such theme here. Nothing was changed."))
    return redirect("demand", slug, number)
