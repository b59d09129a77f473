"""A text in every language, side by side, and the way to translate it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mufakat.site.authority.trying import tried
from mufakat.site.consultations import actions
from mufakat.site.consultations.forms import TranslationForm
from mufakat.site.consultations.queries import in_every_language, translated_into
from mufakat.site.consultations.requests import Inside, sent
from mufakat.site.languages.models import Text


def translate(request: Inside, slug: str, text: int) -> HttpResponse:
    """A text in its source and in every language, and a form to translate it."""
    consultation = request.consultation
    found = get_object_or_404(Text, pk=text, consultation_id=consultation.pk)
    versions = in_every_language(found, consultation.languages)
    languages = translated_into(found)
    present = {each.language: each.words for each in versions if each.words is not None}
    # What is missing or stale comes first, unless a language was asked for.
    waiting = [each for each in languages if each not in present or present[each].stale]
    wanted = request.GET.get("language", "")
    wanted = wanted if wanted in languages else next(iter(waiting), languages[0])
    form = TranslationForm(
        sent(request),
        languages=languages,
        initial={
            "version": found.version,
            "language": wanted,
            "body": present[wanted].body if wanted in present else "",
        },
    )

    def put() -> None:
        actions.translate_text(
            actor=request.actor, consultation=consultation, text=found, **form.cleaned_data
        )

    if request.method == "POST":
        if tried(form, put):
            messages.success(request, _("The translation is saved."))
            return redirect("translate", slug, found.pk)
        # Whoever sends it once more has the source of now before them.
        once_more = request.POST.copy()
        once_more["version"] = str(found.version)
        form.data = once_more
    return render(
        request,
        "consultations/translate.html",
        {
            "text": found,
            "source": versions[0],
            "versions": versions[1:],
            "form": form,
            "waiting": len(waiting),
        },
    )
