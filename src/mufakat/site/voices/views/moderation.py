"""Taking a submission or a demand out of sight, with a reason, and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mufakat.site.authority.trying import tried
from mufakat.site.consultations.requests import Inside
from mufakat.site.languages.models import Text
from mufakat.site.languages.reading import read
from mufakat.site.voices.actions.moderation import moderate
from mufakat.site.voices.forms.submissions import ModerationForm
from mufakat.site.voices.models.demands import Demand
from mufakat.site.voices.models.submissions import Submission
from mufakat.site.voices.queries.submissions import decisions_on
from mufakat.site.voices.views.inside import demand_of, reader, submission_of


def moderate_submission(request: Inside, slug: str, number: int) -> HttpResponse:
    """Decide about a submission."""
    found = submission_of(request, number)
    return _decide(request, found, found.body, back="submission")


def moderate_demand(request: Inside, slug: str, number: int) -> HttpResponse:
    """Decide about a demand."""
    found = demand_of(request.consultation, number)
    return _decide(request, found, found.wording, back="demand")


def _decide(request: Inside, subject: Submission | Demand, text: Text, *, back: str) -> HttpResponse:
    form = ModerationForm(request.POST or None, initial={"language": reader()})
    # What is decided is what the page offered, whatever became of it in the meantime.
    hides = request.POST.get("hides", "0" if subject.hidden else "1") == "1"

    def decide() -> None:
        moderate(
            actor=request.actor,
            subject=subject,
            hides=hides,
            reason=form.cleaned_data["reason"],
            language=form.cleaned_data["language"],
        )

    if request.method == "POST" and tried(form, decide):
        messages.success(
            request,
            _("It is out of sight, and its author sees why.") if hides else _("It can be seen again."),
        )
        return redirect(back, request.consultation.slug, subject.number)
    return render(
        request,
        "voices/moderate.html",
        {
            "form": form,
            "hides": hides,
            "subject": subject,
            "words": read(text, reader()),
            "back": back,
            "decisions": decisions_on(subject, language=reader()),
        },
    )
