"""The themes that demands are put under."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mufakat.site.authority.trying import tried
from mufakat.site.consultations import actions
from mufakat.site.consultations.forms import ChangedThemeForm, NewThemeForm
from mufakat.site.consultations.models import Theme
from mufakat.site.consultations.queries import themes_of
from mufakat.site.consultations.requests import Inside, sent
from mufakat.site.languages.reading import source


def themes(request: Inside, slug: str) -> HttpResponse:
    """All themes, and a form for one more."""
    consultation = request.consultation
    form = NewThemeForm(sent(request))
    if request.method == "POST" and tried(
        form,
        lambda: actions.add_theme(
            actor=request.actor,
            consultation=consultation,
            language=consultation.title.language,
            **form.cleaned_data,
        ),
    ):
        messages.success(request, _("The theme is added."))
        return redirect("themes", slug)
    told = themes_of(consultation, get_language() or "en", retired=True)
    return render(request, "consultations/themes.html", {"told": told, "form": form})


def theme(request: Inside, slug: str, code: str) -> HttpResponse:
    """One theme, to be changed or retired."""
    found = get_object_or_404(
        Theme.objects.select_related("name", "description"), consultation=request.consultation, code=code
    )
    form = ChangedThemeForm(
        sent(request),
        initial={
            "name": source(found.name).body,
            "description": source(found.description).body if found.description is not None else "",
            "retired": found.retired,
        },
    )
    if request.method == "POST" and tried(
        form, lambda: actions.change_theme(actor=request.actor, theme=found, **form.cleaned_data)
    ):
        messages.success(request, _("The theme is saved."))
        return redirect("themes", slug)
    context = {"theme": found, "name": source(found.name), "form": form}
    return render(request, "consultations/theme.html", context)
