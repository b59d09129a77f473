"""The list of submissions, making one, and one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mufakat.site.authority.acts import may, why_not
from mufakat.site.authority.trying import tried
from mufakat.site.consultations.requests import Inside
from mufakat.site.languages.reading import source
from mufakat.site.parties.models import Party
from mufakat.site.voices import rules
from mufakat.site.voices.actions import demands as drawing
from mufakat.site.voices.actions import submissions as actions
from mufakat.site.voices.forms.demands import DrawForm
from mufakat.site.voices.forms.filters import SubmissionFilters, TeamSubmissionFilters
from mufakat.site.voices.forms.submissions import EnteredForm, SubmissionForm
from mufakat.site.voices.models.submissions import Submission
from mufakat.site.voices.queries import submissions as queries
from mufakat.site.voices.queries.attribution import is_inside
from mufakat.site.voices.tasks import look_for_likeness
from mufakat.site.voices.views.inside import paged, reader, submission_of

OF_A_PAGE = 30


def submissions(request: Inside, slug: str) -> HttpResponse:
    """What was said, the newest first."""
    consultation, actor = request.consultation, request.actor
    team = may(rules.DRAW, actor, consultation)
    filters = (TeamSubmissionFilters if team else SubmissionFilters)(request.GET)
    asked = filters.asked()
    found = queries.listed(
        actor=actor,
        consultation=consultation,
        wanted=asked["q"],
        channel=asked["channel"],
        language=asked["language"],
        kind=asked["kind"],
        waiting=asked.get("waiting", False),
    )
    page, rows = paged(found, OF_A_PAGE, asked["page"])
    return render(
        request,
        "voices/submissions.html",
        {
            "filters": filters,
            "page": page,
            "lines": queries.lines(rows, actor=actor, consultation=consultation, language=reader()),
            "may_submit": may(rules.REACH_FORM, actor, consultation),
            "why_not": why_not(rules.SUBMIT, actor, consultation) if not team else None,
            "team": team,
        },
    )


def submit(request: Inside, slug: str) -> HttpResponse:
    """Say something for one's party, or bring in what somebody said elsewhere."""
    consultation, actor = request.consultation, request.actor
    # Someone of the team who also speaks for a party chooses; otherwise there is one way only.
    team = may(rules.ENTER, actor, consultation)
    for_party = not team or (bool(actor.voices) and "for_party" in (request.GET or request.POST))
    form: SubmissionForm
    if for_party:
        form = SubmissionForm(request.POST or None, request.FILES or None, initial=_spoken(actor.voice))
    else:
        form = EnteredForm(
            request.POST or None, request.FILES or None, consultation=consultation, language=reader()
        )
    stored: list[Submission] = []

    def store() -> None:
        said = form.said()
        if for_party:
            stored.append(actions.submit(actor=actor, consultation=consultation, **said))
            return
        party = Party.objects.filter(
            consultation=consultation, code=form.cleaned_data["said_by"] or None
        ).first()
        stored.append(actions.enter(actor=actor, consultation=consultation, party=party, **said))

    if request.method == "POST" and tried(form, store):
        messages.success(request, _("The submission is here, under the number %s.") % stored[0].number)
        return redirect("submission", slug, stored[0].number)
    return render(
        request,
        "voices/submission_new.html",
        {
            "form": form,
            "for_party": for_party,
            "may_choose": team and bool(actor.voices),
            "closed": why_not(rules.SUBMIT, actor, consultation) if for_party else None,
            "readings": list(form.readings.items()),
        },
    )


def _spoken(voice: Any) -> dict[str, str]:
    """The language that a party writes in."""
    if voice is None:
        return {}
    return {"language": Party.objects.values_list("language", flat=True).get(pk=voice.party) or "en"}


def submission(request: Inside, slug: str, number: int) -> HttpResponse:
    """One submission; the team draws demands from it here."""
    found = submission_of(request, number)
    form = None
    if may(rules.DRAW, request.actor, found):
        form = DrawForm(
            request.POST or None,
            consultation=request.consultation,
            body=source(found.body).body,
            reader=reader(),
            initial={"language": found.body.language, "translation_language": reader()},
        )
        drawn = _drawn(request, found, form) if request.method == "POST" else None
        if drawn is not None:
            messages.success(request, _("Demand %s is drawn. Is there another in these words?") % drawn)
            return redirect("submission", slug, number)
    return render(request, "voices/submission.html", _shown(request, found, form))


def _drawn(request: Inside, found: Submission, form: DrawForm) -> int | None:
    """Number of the demand that was drawn; None where the form says why not."""
    numbers: list[int] = []

    def draw() -> None:
        demand = drawing.draw(
            actor=request.actor,
            submission=found,
            wording=form.cleaned_data["wording"],
            language=form.cleaned_data["language"],
            spans=form.spans,
            theme=form.cleaned_data["theme"],
            translations=form.translations(),
        )
        numbers.append(demand.number)

    if not tried(form, draw):
        return None
    look_for_likeness.enqueue(request.consultation.pk, numbers[0], request.actor.known_person)
    return numbers[0]


def _shown(request: Inside, found: Submission, form: DrawForm | None) -> dict[str, Any]:
    account = queries.account(found, actor=request.actor, language=reader())
    return {
        "submission": found,
        "account": account,
        "visible": account.inside or not found.hidden,
        "marks": [
            (start, end, str(number), reverse("demand", args=[request.consultation.slug, number]))
            for start, end, number in account.marks
        ],
        "form": form,
        "may_draw": form is not None,
        "may_moderate": may(rules.MODERATE, request.actor, found),
    }


def submission_file(request: Inside, slug: str, number: int) -> HttpResponseBase:
    """The original as it came, for the team and its party; others are led back, as where there is none."""
    found = (
        Submission.objects.filter(consultation=request.consultation, number=number).first()
        if number < 2**31
        else None
    )
    if found is None or not found.file or not is_inside(found, request.actor):
        return redirect("submission", slug, number)
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.file_name or f"submission-{number}",
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def settle(request: Inside, slug: str, number: int) -> HttpResponse:
    """Say that there is nothing more to draw, or take that back."""
    found = submission_of(request, number)
    settled = request.POST.get("settled", "1") != "0"
    actions.settle(actor=request.actor, submission=found, settled=settled)
    messages.success(
        request,
        _("Nothing more will be drawn from this submission.")
        if settled
        else _("This submission waits on the desk again."),
    )
    return redirect("submission", slug, number)
