"""The list of demands, and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mufakat.site.authority.acts import may
from mufakat.site.consultations.requests import Inside
from mufakat.site.voices import rules
from mufakat.site.voices.forms.demands import ThemeForm
from mufakat.site.voices.forms.filters import DemandFilters
from mufakat.site.voices.models.demands import LIVE
from mufakat.site.voices.queries import demands as queries
from mufakat.site.voices.queries.standing import of_demand
from mufakat.site.voices.queries.votes import here
from mufakat.site.voices.views.inside import demand_of, paged, reader

OF_A_PAGE = 50


def demands(request: Inside, slug: str) -> HttpResponse:
    """What is being asked for, by whom, and how far it is shared."""
    consultation, actor = request.consultation, request.actor
    themed = queries.themes_by_key(consultation, reader())
    filters = DemandFilters(request.GET, themes=[(code, name.body) for code, name in themed.values()])
    asked = filters.asked()
    found = queries.listed(
        actor=actor,
        consultation=consultation,
        wanted=asked["q"],
        theme=asked["theme"],
        state=asked["state"] or LIVE,
        order=asked["order"] or queries.BY_NUMBER,
    )
    page, rows = paged(found, OF_A_PAGE, asked["page"])
    return render(
        request,
        "voices/demands.html",
        {
            "filters": filters,
            "page": page,
            "lines": queries.lines(
                rows, actor=actor, consultation=consultation, language=reader(), themed=themed
            ),
            "team": may(rules.DRAW, actor, consultation),
            "may_submit": may(rules.REACH_FORM, actor, consultation),
            "may_vote": may(rules.VOTE, actor, consultation),
        },
    )


def demand(request: Inside, slug: str, number: int) -> HttpResponse:
    """What exactly is asked, where it comes from, and what became of it."""
    found = demand_of(request.consultation, number)
    account = queries.account(found, actor=request.actor, language=reader())
    team = may(rules.DESCEND, request.actor, found)
    return render(
        request,
        "voices/demand.html",
        {
            "demand": found,
            "account": account,
            "team": team,
            "theme_form": ThemeForm(
                consultation=request.consultation,
                language=reader(),
                initial={"theme": found.theme.code if found.theme is not None else ""},
            )
            if team
            else None,
            "here": here(found, request.actor, reader()) if account.words is not None else None,
            "standing": of_demand(request.consultation, request.actor, number)
            if account.words is not None
            else None,
        },
    )
