"""The team that runs a consultation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mufakat.site.authority.acts import may
from mufakat.site.authority.trying import tried
from mufakat.site.consultations import actions, rules
from mufakat.site.consultations.forms import RoleForm
from mufakat.site.consultations.models import Role
from mufakat.site.consultations.queries import team_of
from mufakat.site.consultations.requests import Inside, sent


def team(request: Inside, slug: str) -> HttpResponse:
    """Who is on the team, and a form for one more."""
    form = RoleForm(sent(request))
    if request.method == "POST" and tried(
        form,
        lambda: actions.grant_role(
            actor=request.actor, consultation=request.consultation, **form.cleaned_data
        ),
    ):
        messages.success(request, _("They are on the team, and can sign in with this address."))
        return redirect("team", slug)
    return _page(request, form)


def team_revoke(request: Inside, slug: str, role: int) -> HttpResponse:
    """Take a person out of the team."""
    found = get_object_or_404(
        Role.objects.select_related("person"), consultation=request.consultation, pk=role
    )
    try:
        actions.revoke_role(actor=request.actor, role=found)
    except actions.ProcessError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(person)s is no longer on the team.") % {"person": found.person})
    return redirect("team", slug)


def _page(request: Inside, form: RoleForm) -> HttpResponse:
    return render(
        request,
        "consultations/team.html",
        {
            "roles": team_of(request.consultation),
            "form": form,
            "may_grant": may(rules.GRANT, request.actor, request.consultation),
        },
    )
