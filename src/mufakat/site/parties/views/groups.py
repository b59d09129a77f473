"""Groups: their members from one day to another, and who speaks for them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mufakat.site.authority.acts import may
from mufakat.site.authority.trying import tried
from mufakat.site.consultations.requests import Inside, sent
from mufakat.site.languages.reading import read
from mufakat.site.parties import actions, rules
from mufakat.site.parties.forms import EndForm, GroupForm, MemberForm, SpeakerForm
from mufakat.site.parties.models import Group, GroupSpeaker, Membership
from mufakat.site.parties.queries import (
    groups_of,
    members_of,
    parties_of,
    speakers_of,
    who_could_speak,
)
from mufakat.site.parties.views.inside import group_here, party_here
from mufakat.site.people.models import Person


def groups(request: Inside, slug: str) -> HttpResponse:
    """All groups, and for the team a form for one more."""
    form = GroupForm(sent(request))
    consultation = request.consultation
    if request.method == "POST" and tried(
        form,
        lambda: actions.add_group(
            actor=request.actor,
            consultation=consultation,
            language=consultation.title.language,
            **form.cleaned_data,
        ),
    ):
        messages.success(request, _("The group is added. Now let parties belong to it."))
        return redirect("group", slug, form.cleaned_data["code"].strip())
    return render(
        request,
        "parties/groups.html",
        {
            "told": groups_of(consultation, get_language() or "en"),
            "form": form,
            "may_group": may(rules.GROUP, request.actor, consultation),
        },
    )


def group(request: Inside, slug: str, code: str) -> HttpResponse:
    """Who belongs to a group, and for the team who may speak for it."""
    return _page(request, group_here(request, code))


def join(request: Inside, slug: str, code: str) -> HttpResponse:
    """Let a party belong to a group."""
    found = group_here(request, code)
    form = _member_form(request, found, bound=True)
    if tried(
        form,
        lambda: actions.join_group(
            actor=request.actor,
            group=found,
            party=party_here(request, form.cleaned_data["code"]),
            begins=form.cleaned_data["begins"],
        ),
    ):
        messages.success(request, _("The party belongs to the group."))
        return redirect("group", slug, code)
    return _page(request, found, member_form=form)


def leave(request: Inside, slug: str, code: str, membership: int) -> HttpResponse:
    """Let a membership end, now or after a day that is said."""
    found = get_object_or_404(
        Membership.objects.select_related("group", "party"),
        group=group_here(request, code),
        pk=membership,
        revoked_at__isnull=True,
    )
    form = EndForm(request.POST)
    if tried(
        form,
        lambda: actions.leave_group(actor=request.actor, membership=found, ends=form.cleaned_data["ends"]),
    ):
        messages.success(request, _("The end of the membership is recorded."))
    else:
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
    return redirect("group", slug, code)


def authorise(request: Inside, slug: str, code: str) -> HttpResponse:
    """Let a person speak for a group."""
    found = group_here(request, code)
    form = _speaker_form(request, found, bound=True)
    if tried(
        form,
        lambda: actions.authorise_speaker(
            actor=request.actor,
            group=found,
            person=Person.objects.get(pk=form.cleaned_data["person"]),
            ends=form.cleaned_data["ends"],
        ),
    ):
        messages.success(request, _("They may speak for the group from now on."))
        return redirect("group", slug, code)
    return _page(request, found, speaker_form=form)


def dismiss(request: Inside, slug: str, code: str, speaker: int) -> HttpResponse:
    """End a person's speaking for a group at once."""
    found = get_object_or_404(
        GroupSpeaker.objects.select_related("group", "person"), group=group_here(request, code), pk=speaker
    )
    actions.dismiss_speaker(actor=request.actor, speaker=found)
    messages.success(request, _("%(person)s no longer speaks for the group.") % {"person": found.person})
    return redirect("group", slug, code)


def _member_form(request: Inside, group: Group, *, bound: bool = False) -> MemberForm:
    now_in = Membership.objects.filter(group=group, ends__isnull=True, revoked_at__isnull=True)
    outside = parties_of(request.consultation).exclude(pk__in=now_in.values("party"))
    language = get_language() or "en"
    offered = [(party.code, f"{read(party.name, language)} ({party.code})") for party in outside]
    return MemberForm(request.POST if bound else None, parties=offered)


def _speaker_form(request: Inside, group: Group, *, bound: bool = False) -> SpeakerForm:
    people: dict[int, str] = {}
    for each in who_could_speak(group):
        people.setdefault(each.person_id, f"{each.person} ({each.party.code})")
    return SpeakerForm(request.POST if bound else None, people=list(people.items()))


def _page(
    request: Inside,
    group: Group,
    *,
    member_form: MemberForm | None = None,
    speaker_form: SpeakerForm | None = None,
) -> HttpResponse:
    language = get_language() or "en"
    may_group = may(rules.GROUP, request.actor, request.consultation)
    members = members_of(group, language)
    context = {
        "group": group,
        "name": read(group.name, language),
        "members": [each for each in members if each.state != "over"],
        "former": [each for each in members if each.state == "over"],
        "may_group": may_group,
    }
    if may_group:
        context |= {
            "speakers": speakers_of(group),
            "member_form": member_form or _member_form(request, group),
            "speaker_form": speaker_form or _speaker_form(request, group),
        }
    return render(request, "parties/group.html", context)
