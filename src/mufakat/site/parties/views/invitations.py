"""Answering an invitation, and choosing the party that one speaks for."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mufakat.site.authority.acts import Refused, may, why_not
from mufakat.site.consultations.requests import Inside, Request
from mufakat.site.languages.reading import read
from mufakat.site.parties import actions, rules
from mufakat.site.parties.links import masked
from mufakat.site.parties.middleware import SPEAKING_FOR
from mufakat.site.parties.queries import invitation_of
from mufakat.site.people.models import Person


@never_cache
def invitation(request: Request, token: str) -> HttpResponse:
    """What one is invited to, shown to nobody but the person with that address; and accepting it."""
    found = invitation_of(actions.token_hash(token))
    if found is None:
        raise Http404
    party, actor = found.party, request.actor
    if request.method == "POST":
        actions.accept(actor=actor, invitation=found)
        _choose(request, party.consultation_id, party.code)
        messages.success(request, _("You can act for this party now."))
        return redirect("consultation", party.consultation.slug)
    meant = isinstance(request.user, Person) and request.user.email == found.email
    context = {
        "token": token,
        "masked": masked(found.email),
        "meant": meant,
        "open": found.is_open,
        "code_url": f"{reverse('account_request_login_code')}?{urlencode({'next': request.path})}",
    }
    if meant:
        language = get_language() or "en"
        context |= {
            "invitation": found,
            "name": read(party.name, language),
            "consultation": read(party.consultation.title, language),
            "invented": party.consultation.invented,
            "slug": party.consultation.slug,
            "reason": why_not(rules.ACCEPT, actor, found),
        }
    return render(request, "parties/invitation.html", context)


def choose_voice(request: Inside, slug: str) -> HttpResponse:
    """Choose which party one speaks for, among those one may act for.

    Raises:
        Refused: the person does not act for that party.
    """
    code = request.POST.get("party", "")
    if not may(rules.CHOOSE, request.actor, request.consultation) or all(
        voice.code != code for voice in request.actor.voices
    ):
        raise Refused(rules.CHOOSE.name, _("You do not act for this party, so you cannot speak for it."))
    _choose(request, request.consultation.pk, code)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=settings.CONFIG.https
    ):
        back = reverse("consultation", args=[slug])
    return redirect(back)


def _choose(request: HttpRequest, consultation: int, code: str) -> None:
    request.session[SPEAKING_FOR] = {**request.session.get(SPEAKING_FOR, {}), str(consultation): code}
