"""Demands that may ask the same, side by side; a person decides about each pair."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mufakat.site.authority.trying import tried
from mufakat.site.consultations.requests import Inside
from mufakat.site.voices.actions import demands as actions
from mufakat.site.voices.actions.likeness import suggest
from mufakat.site.voices.forms.demands import VerdictForm
from mufakat.site.voices.forms.filters import Filters
from mufakat.site.voices.models.demands import Likeness
from mufakat.site.voices.queries import likeness as queries
from mufakat.site.voices.views.inside import paged, reader

OF_A_PAGE = 20


class Paged(Filters):
    """A list that is only turned over."""

    q = None  # type: ignore[assignment]


def likeness(request: Inside, slug: str) -> HttpResponse:
    """The pairs that wait for a decision, the likeliest first."""
    asked = Paged(request.GET).asked()
    page, rows = paged(queries.undecided(request.consultation), OF_A_PAGE, asked["page"])
    return render(
        request,
        "voices/likeness.html",
        {
            "page": page,
            "suggestions": queries.suggestions(
                rows,
                actor=request.actor,
                consultation=request.consultation,
                language=reader(),
            ),
        },
    )


def pair(request: Inside, slug: str, likeness: int) -> HttpResponse:
    """Decide about one pair: merge the one into the other, or keep both apart."""
    found = get_object_or_404(
        Likeness.objects.select_related("first", "second"),
        pk=likeness,
        first__consultation=request.consultation,
    )
    form = VerdictForm(
        request.POST or None,
        first=found.first.number,
        second=found.second.number,
        initial={"reason_language": reader()},
    )

    def decide() -> None:
        verdict = form.cleaned_data["verdict"]
        if verdict == VerdictForm.APART:
            actions.keep_apart(actor=request.actor, likeness=found)
            return
        first = verdict == VerdictForm.FIRST
        actions.merge(
            actor=request.actor,
            demand=found.second if first else found.first,
            into=found.first if first else found.second,
            reason=form.cleaned_data["reason"],
            language=form.cleaned_data["reason_language"],
        )

    if request.method == "POST" and tried(form, decide):
        messages.success(
            request,
            _("Kept apart; they are not suggested again.")
            if form.cleaned_data["verdict"] == VerdictForm.APART
            else _("Merged. It can be taken back on the page of the demand."),
        )
        return redirect("likeness", slug)
    suggestion = queries.suggestions(
        Likeness.objects.filter(pk=found.pk),
        actor=request.actor,
        consultation=request.consultation,
        language=reader(),
    )[0]
    return render(request, "voices/pair.html", {"pair": found, "suggestion": suggestion, "form": form})


def look(request: Inside, slug: str) -> HttpResponse:
    """Look for demands that may ask the same, now."""
    fresh = suggest(actor=request.actor, consultation=request.consultation)
    messages.success(
        request,
        ngettext("%s new pair was found.", "%s new pairs were found.", fresh) % fresh
        if fresh
        else _("No new pair was found."),
    )
    return redirect("likeness", slug)
