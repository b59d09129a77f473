"""Where one votes, and what one's party said."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mufakat.site.authority.acts import check, why_not
from mufakat.site.consultations.requests import Inside
from mufakat.site.voices import rules
from mufakat.site.voices.actions.errors import VoiceError
from mufakat.site.voices.actions.showings import note_showings
from mufakat.site.voices.actions.votes import Receipt, cast
from mufakat.site.voices.forms.ballot import BallotError, choices_in
from mufakat.site.voices.queries import votes as queries
from mufakat.site.voices.queries.routing import next_for
from mufakat.site.voices.views.inside import reader

AT_A_TIME: Final = (1, 10)
OF_A_PAGE: Final = 20
PREFETCH: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def vote(request: Inside, slug: str) -> HttpResponse:
    """What one thinks of this demand, or of ten at a time."""
    if request.method == "POST":
        return _cast(request, slug, "vote")
    consultation, actor = request.consultation, request.actor
    refusal = why_not(rules.VOTE, actor, consultation)
    if refusal is not None:
        return _mine(request, refusal=str(refusal))
    voice = actor.voice
    if voice is None:
        return _mine(request, refusal="")
    count = AT_A_TIME[request.GET.get("n") == "10"]
    draw = next_for(consultation, voice, count)
    ballots = queries.ballots_for(
        consultation,
        [drawn.number for drawn in draw.drawn],
        reader(),
        {drawn.number: drawn.reason for drawn in draw.drawn},
    )
    if _is_looked_at(request):
        chances = {drawn.number: drawn.propensity for drawn in draw.drawn}
        note_showings(
            actor=actor,
            consultation=consultation,
            propensities={key: chances[ballot.number] for key, ballot in ballots.items()},
        )
    return render(
        request,
        "voices/vote.html",
        {
            "ballots": list(ballots.values()),
            "count": count,
            "draw": draw,
            "said": draw.asked - draw.left,
            "voice": voice,
        },
    )


def my_votes(request: Inside, slug: str) -> HttpResponse:
    """All that one's party said, to be read and changed."""
    if request.method == "POST":
        return _cast(request, slug, "my-votes")
    return _mine(request, refusal=str(why_not(rules.VOTE, request.actor, request.consultation) or ""))


def _mine(request: Inside, *, refusal: str) -> HttpResponse:
    voice = request.actor.voice
    if voice is None:
        check(rules.SEE_VOTE, request.actor, request.consultation)
        raise AssertionError("who may see votes speaks for a party")
    page = Paginator(queries.cast_by(voice), OF_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "voices/votes.html",
        {
            "ballots": queries.ballots_of(list(page.object_list), reader()),
            "page": page,
            "refusal": refusal,
            "voice": voice,
        },
    )


def _cast(request: Inside, slug: str, back: str) -> HttpResponse:
    """Cast the ballot that was sent, and tell what became of it where one goes on."""
    try:
        choices = choices_in(request.POST.dict())
        receipt = cast(actor=request.actor, consultation=request.consultation, choices=choices)
    except (BallotError, VoiceError) as error:
        messages.error(request, str(error))
    else:
        _tell(request, receipt)
    came_from = request.POST.get("back", "")
    if came_from.isdigit() and len(came_from) < 10:
        return redirect("demand", slug, int(came_from))
    response = redirect(back, slug)
    query = request.GET.urlencode()
    if query:
        response["Location"] += f"?{query}"
    return response


def _tell(request: Inside, receipt: Receipt) -> None:
    voice = request.actor.voice
    if receipt.counted:
        told = ngettext(
            "%(count)d vote was counted for %(party)s.",
            "%(count)d votes were counted for %(party)s.",
            len(receipt.counted),
        ) % {"count": len(receipt.counted), "party": voice.name if voice is not None else ""}
        messages.success(request, told)
    elif not receipt.closed:
        messages.warning(request, _("Nothing was chosen, so nothing was counted."))
    if receipt.closed:
        for ballot in queries.became_of(request.consultation, receipt.closed):
            messages.warning(request, _fate(ballot))


def _fate(ballot: queries.Ballot) -> str:
    """What became of a demand while somebody voted on it."""
    nothing = _("nothing was counted for it.")
    if ballot.heirs:
        return _("Demand %(number)d was %(became)s into %(heirs)s while you voted; %(nothing)s") % {
            "number": ballot.number,
            "became": ballot.became,
            "heirs": ", ".join(map(str, ballot.heirs)),
            "nothing": nothing,
        }
    return _("Demand %(number)d was taken out of sight while you voted; %(nothing)s") % {
        "number": ballot.number,
        "nothing": nothing,
    }


def _is_looked_at(request: Inside) -> bool:
    """Whether somebody sees what is answered; not so for HEAD, nor for what a browser fetches ahead."""
    if request.method != "GET":
        return False
    return not any("prefetch" in request.headers.get(name, "").lower() for name in PREFETCH)
