"""The list of parties, and one party."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mufakat.site.authority.acts import may
from mufakat.site.authority.trying import tried
from mufakat.site.consultations.kinds import PARTY_KINDS
from mufakat.site.consultations.requests import Inside, sent
from mufakat.site.languages.reading import read, source
from mufakat.site.parties import actions, rules
from mufakat.site.parties.forms import ChangedPartyForm, NewPartyForm
from mufakat.site.parties.kinds import REGIONS
from mufakat.site.parties.models import Party
from mufakat.site.parties.queries import (
    country_name,
    groups_of,
    memberships_of,
    open_invitations,
    parties_of,
    people_of,
    told,
)
from mufakat.site.parties.views.inside import acting_for, party_here

A_PAGE = 50


def parties(request: Inside, slug: str) -> HttpResponse:
    """Who takes part; found by kind, region, group and words."""
    language = get_language() or "en"
    asked = {
        key: request.GET.get(key, "").replace("\x00", "")[:100]
        for key in ("kind", "region", "group", "search")
    }
    left = request.GET.get("left") == "1"
    found = parties_of(request.consultation, left=left, **asked)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    on_team = may(rules.ADD, request.actor, request.consultation)
    return render(
        request,
        "parties/parties.html",
        {
            "page": page,
            "told": told(page, language, people=on_team),
            "asked": asked,
            "left": left,
            "filtered": left or any(asked.values()),
            "kinds": PARTY_KINDS,
            "regions": REGIONS,
            "groups": groups_of(request.consultation, language),
            "may_add": on_team,
        },
    )


def add(request: Inside, slug: str) -> HttpResponse:
    """Add one party."""
    form = NewPartyForm(sent(request), initial={"language": request.consultation.title.language})
    if request.method == "POST" and tried(
        form,
        lambda: actions.add_party(
            actor=request.actor, consultation=request.consultation, **form.cleaned_data
        ),
    ):
        messages.success(request, _("The party is added. Now somebody should act for it."))
        return redirect("party", slug, form.cleaned_data["code"].strip())
    return render(request, "parties/add.html", {"form": form})


def party(request: Inside, slug: str, code: str) -> HttpResponse:
    """Who a party is, where it stands, and, for itself and the team, who acts for it."""
    found, language = party_here(request, code), get_language() or "en"
    actor = acting_for(request, found)
    sees_people = may(rules.SEE_PEOPLE, actor, found)
    manages = may(rules.INVITE, actor, found)
    edits = may(rules.EDIT, actor, found)
    people = [each for each in people_of(found) if each.holds()] if sees_people else []
    return render(
        request,
        "parties/party.html",
        {
            "party": found,
            "name": read(found.name, language),
            "country": country_name(found.country, language),
            "memberships": memberships_of(found, language),
            "sees_people": sees_people,
            "people": people,
            "invitations": open_invitations(found).count() if manages else 0,
            "manages": manages,
            "edits": edits,
            "fills_in": edits and bool(found.country),
            "voices_part": _voices_part(),
        },
    )


def _voices_part() -> str:
    """The template in which the stage above tells what a party has asked for; empty where there is none."""
    try:
        get_template("voices/of_party.html")
    except TemplateDoesNotExist:
        return ""
    return "voices/of_party.html"


def edit(request: Inside, slug: str, code: str) -> HttpResponse:
    """Change what is known of a party."""
    found = party_here(request, code)
    name = source(found.name)
    form = ChangedPartyForm(
        sent(request),
        initial={
            "name": name.body,
            "kind": found.kind,
            "region": found.region,
            "country": found.country,
            "left": found.left_at is not None,
        },
    )
    if request.method == "POST" and tried(
        form, lambda: actions.edit_party(actor=request.actor, party=found, **form.cleaned_data)
    ):
        messages.success(request, _("The party is saved."))
        return redirect("party", slug, code)
    return render(request, "parties/edit.html", {"party": found, "name": name, "form": form})


def fill_in(request: Inside, slug: str, code: str) -> HttpResponse:
    """Fill in region and groups of a party from what is known of its country."""
    _filled_in(request, [party_here(request, code)])
    return redirect("party", slug, code)


def fill_in_all(request: Inside, slug: str) -> HttpResponse:
    """Fill in region and groups of every delegation from what is known of its country."""
    states = Party.objects.filter(
        consultation=request.consultation, kind="member_state", left_at__isnull=True
    )
    _filled_in(request, list(states.exclude(country="").order_by("code")))
    return redirect("parties", slug)


def _filled_in(request: Inside, found: list[Party]) -> None:
    try:
        number = actions.memberships_from_facts(
            actor=request.actor, consultation=request.consultation, parties=found
        )
    except actions.PartyError as error:
        messages.error(request, str(error))
        return
    if number:
        messages.success(request, _("%(number)d facts are filled in.") % {"number": number})
    else:
        messages.info(request, _("Nothing was missing that is known here."))
