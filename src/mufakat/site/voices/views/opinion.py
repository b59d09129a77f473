"""Where all agree, where not, and who with whom."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from mufakat.site.authority.acts import may
from mufakat.site.consultations.requests import Inside
from mufakat.site.voices import rules
from mufakat.site.voices.models import Demand, Vote
from mufakat.site.voices.queries import opinion as queries
from mufakat.site.voices.queries.standing import study_for
from mufakat.site.voices.study.shown import Shown

OF_A_LIST: Final = 20
OF_THE_TABLE: Final = 30


def opinion(request: Inside, slug: str) -> HttpResponse:
    """The living opinion map, and what follows from it."""
    found = queries.opinion_for(request.consultation, request.actor, as_everybody=_as_everybody(request))
    context = {"opinion": found, **_around(request)}
    if found is None:
        context["voted"] = Vote.objects.filter(demand__consultation=request.consultation).exists()
        context["asked"] = Demand.objects.filter(consultation=request.consultation).exists()
    return render(request, "voices/opinion.html", context)


def listed(request: Inside, slug: str, heading: str) -> HttpResponse:
    """All demands under one heading."""
    if heading not in queries.HEADINGS:
        raise Http404
    shown = _shown(request)
    page = Paginator(range(shown.parts.count(heading)), OF_A_LIST).get_page(request.GET.get("page"))
    return render(
        request,
        "voices/opinion_list.html",
        {
            "listed": queries.listed(shown, heading, page.number, OF_A_LIST),
            "page": page,
            "speaks_of": shown.found.speaks_of,
            **_around(request),
        },
    )


def table(request: Inside, slug: str) -> HttpResponse:
    """Every demand in every constituency."""
    shown = _shown(request)
    page = Paginator(range(len(shown.parts.study.demands)), OF_THE_TABLE).get_page(request.GET.get("page"))
    return render(
        request,
        "voices/opinion_table.html",
        {
            "heat": queries.heat(shown, page.number, OF_THE_TABLE),
            "legend": shown.piece("legend", shown.parts.heat_legend),
            "page": page,
            "speaks_of": shown.found.speaks_of,
            **_around(request),
        },
    )


def _shown(request: Inside) -> Shown:
    shown = study_for(request.actor, request.consultation, as_everybody=_as_everybody(request))
    if shown is None:
        raise Http404
    return shown


def _as_everybody(request: Inside) -> bool:
    return request.GET.get("as") == "everybody"


def _around(request: Inside) -> dict[str, object]:
    return {
        "team": may(rules.SEE_ALL, request.actor, request.consultation),
        "as_everybody": _as_everybody(request),
        "may_vote": may(rules.VOTE, request.actor, request.consultation),
        "least": request.consultation.least,
    }
