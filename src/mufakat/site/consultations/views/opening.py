"""Opening a consultation, and its settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mufakat.site.authority.acts import may
from mufakat.site.authority.trying import tried
from mufakat.site.consultations import actions, rules
from mufakat.site.consultations.forms import OpenForm, SettingsForm
from mufakat.site.consultations.requests import Inside, Request, sent
from mufakat.site.languages.models import Text
from mufakat.site.languages.reading import source


def new(request: Request) -> HttpResponse:
    """Open a consultation."""
    form = OpenForm(sent(request))
    if request.method == "POST" and tried(
        form, lambda: actions.open_consultation(actor=request.actor, **form.cleaned_data)
    ):
        messages.success(request, _("The consultation is open. Its facilitator can sign in now."))
        return redirect("consultation", form.cleaned_data["slug"])
    return render(request, "consultations/new.html", {"form": form})


def settings(request: Inside, slug: str) -> HttpResponse:
    """Title, summary, languages, and what the public sees; read by the team, changed by facilitators."""
    consultation = request.consultation
    form = SettingsForm(
        sent(request),
        initial={
            "title": source(consultation.title).body,
            "summary": source(consultation.summary).body,
            "languages": consultation.languages,
            "listed": consultation.listed,
            "least": consultation.least,
        },
    )
    if request.method == "POST" and tried(
        form,
        lambda: actions.edit_consultation(
            actor=request.actor, consultation=consultation, **form.cleaned_data
        ),
    ):
        messages.success(request, _("The settings are saved."))
        return redirect("settings", slug)
    return render(
        request,
        "consultations/settings.html",
        {
            "form": form,
            "may_edit": may(rules.EDIT, request.actor, consultation),
            "may_translate": may(rules.TRANSLATE, request.actor, consultation),
            "summary": source(consultation.summary),
            "texts": Text.objects.filter(pk__in=(consultation.title_id, consultation.summary_id)),
        },
    )
