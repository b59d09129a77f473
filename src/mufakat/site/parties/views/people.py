"""Who acts for a party: letting people act at once, inviting them, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mufakat.site.authority.acts import check
from mufakat.site.authority.trying import tried
from mufakat.site.consultations.requests import Inside
from mufakat.site.languages.reading import read
from mufakat.site.parties import actions, rules
from mufakat.site.parties.forms import ActingForm
from mufakat.site.parties.models import Accreditation, Invitation, Party
from mufakat.site.parties.queries import open_invitations, people_of
from mufakat.site.parties.tasks import send_invitation
from mufakat.site.parties.views.inside import acting_for, party_here


def people(request: Inside, slug: str, code: str) -> HttpResponse:
    """Who acts for a party, who is invited, and the ways to change it."""
    return _page(request, party_here(request, code))


def accredit(request: Inside, slug: str, code: str) -> HttpResponse:
    """Let a person act for a party at once."""
    party = party_here(request, code)
    actor, form = acting_for(request, party), ActingForm(request.POST, prefix="accredit")
    check(rules.ACCREDIT, actor, party)
    if tried(form, lambda: actions.accredit(actor=actor, party=party, **form.cleaned_data)):
        messages.success(request, _("They can act for the party as soon as they sign in with this address."))
        return redirect("party-people", slug, code)
    return _page(request, party, accredit=form)


def invite(request: Inside, slug: str, code: str) -> HttpResponse:
    """Invite a person to act for a party; the e-mail is sent in the background."""
    party = party_here(request, code)
    actor, form = acting_for(request, party), ActingForm(request.POST, prefix="invite")
    check(rules.INVITE, actor, party)

    def put() -> None:
        invitation, _token = actions.invite(actor=actor, party=party, **form.cleaned_data)
        send_invitation.enqueue(invitation.pk)

    if tried(form, put):
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}
        )
        return redirect("party-people", slug, code)
    return _page(request, party, invite=form)


def revoke(request: Inside, slug: str, code: str, accreditation: int) -> HttpResponse:
    """End a person's acting for a party at once."""
    party = party_here(request, code)
    found = get_object_or_404(
        Accreditation.objects.select_related("party", "person"), party=party, pk=accreditation
    )
    actions.revoke(actor=acting_for(request, party), accreditation=found)
    messages.success(
        request,
        _("%(person)s no longer acts for the party. What they did so far stays recorded.")
        % {"person": found.person},
    )
    return redirect("party-people", slug, code)


def withdraw(request: Inside, slug: str, code: str, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    party, found = _invitation(request, code, invitation)
    try:
        actions.withdraw(actor=acting_for(request, party), invitation=found)
    except actions.PartyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invitation is withdrawn; its link no longer works."))
    return redirect("party-people", slug, code)


def send_again(request: Inside, slug: str, code: str, invitation: int) -> HttpResponse:
    """Send the e-mail of an invitation once more."""
    party, found = _invitation(request, code, invitation)
    try:
        actions.send_again(actor=acting_for(request, party), invitation=found)
    except actions.PartyError as error:
        messages.error(request, str(error))
    else:
        send_invitation.enqueue(found.pk)
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": found.email})
    return redirect("party-people", slug, code)


def _invitation(request: Inside, code: str, invitation: int) -> tuple[Party, Invitation]:
    party = party_here(request, code)
    return party, get_object_or_404(Invitation.objects.select_related("party"), party=party, pk=invitation)


def _page(
    request: Inside, party: Party, *, accredit: ActingForm | None = None, invite: ActingForm | None = None
) -> HttpResponse:
    check(rules.INVITE, acting_for(request, party), party)
    everybody = list(people_of(party))
    return render(
        request,
        "parties/people.html",
        {
            "party": party,
            "name": read(party.name, get_language() or "en"),
            "people": [each for each in everybody if each.state != "over"],
            "former": [each for each in everybody if each.state == "over"],
            "invitations": open_invitations(party),
            "accredit_form": accredit or ActingForm(prefix="accredit"),
            "invite_form": invite or ActingForm(prefix="invite"),
        },
    )
