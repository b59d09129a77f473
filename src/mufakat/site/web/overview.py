"""The first page of a consultation: where it stands, and what its reader can do now."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mufakat.site.authority.acts import may
from mufakat.site.consultations.kinds import LISTEN
from mufakat.site.consultations.queries import ToldStage, stages_of, themes_of
from mufakat.site.consultations.requests import Inside
from mufakat.site.consultations.rules import STAGE
from mufakat.site.languages.reading import read
from mufakat.site.languages.tags import OWN_NAMES
from mufakat.site.voices import rules
from mufakat.site.voices.queries.figures import Figures, figures, left_to_vote_on, waiting_submissions
from mufakat.site.web.nouns import grouped
from mufakat.site.web.places import address


@dataclass(frozen=True, slots=True)
class Step:
    """The one thing that the reader can do next.

    Attributes:
        url: where it leads; empty where there is nothing to follow.
    """

    sentence: str
    label: str = ""
    url: str = ""


def overview(request: Inside, slug: str) -> HttpResponse:
    """Where are we, and what can I do now?"""
    consultation, actor, language = request.consultation, request.actor, get_language() or "en"
    stages = stages_of(consultation, language)
    counted = figures(consultation, actor)
    return render(
        request,
        "web/pages/overview.html",
        {
            "summary": read(consultation.summary, language),
            "told": stages,
            "figures": counted,
            "themes": themes_of(consultation, language),
            "step": _step(request, stages, counted),
            "voice": actor.voice,
            "languages": tuple(OWN_NAMES.items()),
            "other_voices": [voice for voice in actor.voices if voice != actor.voice],
        },
    )


def _step(request: Inside, stages: list[ToldStage], counted: Figures) -> Step | None:
    if request.actor.on_team:
        return _step_of_team(request, stages, counted)
    if request.actor.voice is not None:
        found = _step_of_voice(request)
        if found is not None:
            return found
    return _step_of_reader(request, counted)


def _step_of_team(request: Inside, stages: list[ToldStage], counted: Figures) -> Step | None:
    """What the team has to do first, so that the consultation can go on."""
    slug = request.consultation.slug
    if not counted.parties:
        return Step(
            _("Nobody takes part yet. Begin with the list of parties that you have."),
            _("Add parties"),
            reverse("parties-import", args=[slug]),
        )
    waiting = waiting_submissions(request.consultation)
    if waiting:
        sentence = ngettext(
            "%(number)s submission waits for you to draw demands from it.",
            "%(number)s submissions wait for you to draw demands from them.",
            waiting,
        )
        return Step(sentence % {"number": grouped(waiting)}, _("To the desk"), address("desk", slug) or "")
    listen = next((each.stage for each in stages if each.stage.kind == LISTEN), None)
    if listen is not None and listen.opened_at is None:
        sentence = _("The parties are listed, but cannot submit anything until the stage “%(name)s” is open.")
        told = sentence % {"name": listen.name}
        if may(STAGE, request.actor, listen):
            return Step(told, _("See the stages"), reverse("stages", args=[slug]))
        return Step(told + " " + _("A facilitator can open it."))
    if not counted.submissions:
        return Step(
            _("Nothing has been submitted yet. Enter what was said at a meeting, or invite more people."),
            _("Enter a submission"),
            address("submit", slug) or "",
        )
    if not any(each.stage.is_open for each in stages):
        return Step(
            _("No stage is open, so parties can neither submit nor vote."),
            _("See the stages"),
            reverse("stages", args=[slug]),
        )
    if counted.votes:
        return Step(
            _("Nothing waits for you. See how far the parties agree."),
            _("See where they agree"),
            address("opinion", slug) or "",
        )
    return Step(
        _("Nothing waits for you. Read what is being asked for."), _("Read"), address("demands", slug) or ""
    )


def _step_of_voice(request: Inside) -> Step | None:
    """What somebody who acts for a party can do for it; None where no stage lets it do anything."""
    consultation, actor = request.consultation, request.actor
    if actor.voice is None:
        return None
    slug = consultation.slug
    if may(rules.VOTE, actor, consultation):
        left = left_to_vote_on(consultation, actor.voice)
        if left:
            sentence = ngettext(
                "%(number)s demand waits for the vote of %(party)s.",
                "%(number)s demands wait for the vote of %(party)s.",
                left,
            )
            told = sentence % {"number": grouped(left), "party": actor.voice.name}
            return Step(told, _("Vote"), address("vote", slug) or "")
    if may(rules.SUBMIT, actor, consultation):
        told = _("%(party)s can say now what it asks for.") % {"party": actor.voice.name}
        return Step(told, _("Submit"), address("submit", slug) or "")
    if may(rules.VOTE, actor, consultation):
        told = _(
            "%(party)s has voted on everything that is open. It can change its mind until voting closes."
        )
        return Step(told % {"party": actor.voice.name}, _("See its votes"), address("vote", slug) or "")
    return None


def _step_of_reader(request: Inside, counted: Figures) -> Step | None:
    """What everybody can do: read."""
    slug = request.consultation.slug
    if counted.votes and (url := address("opinion", slug)):
        return Step(_("Read what is asked for, and how far it is shared."), _("See where they agree"), url)
    if counted.demands:
        return Step(
            _("Read what is being asked for, and by whom."), _("Read"), address("demands", slug) or ""
        )
    if counted.parties:
        return Step(
            _("Nothing has been asked for yet. See who takes part."),
            _("See the parties"),
            reverse("parties", args=[slug]),
        )
    return None
