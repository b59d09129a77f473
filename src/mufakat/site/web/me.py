"""A person's own page: what they are called, what they may act for, and what waits for their answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mufakat.site.consultations.queries import roles_of
from mufakat.site.consultations.requests import Request, sent
from mufakat.site.languages.reading import Words, read
from mufakat.site.parties.links import token_of
from mufakat.site.parties.queries import accreditations_of, invitations_to
from mufakat.site.people.actions import change_name
from mufakat.site.people.models import Person
from mufakat.site.people.names import LONGEST


class NameForm(forms.Form):
    """What one is called."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST,
        help_text=gettext_lazy("As your own party and the team of a consultation see it."),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Something that one may act for, or is invited to.

    Attributes:
        consultation: its title. party: its name; None for a role in a team.
        capacity: in words. until: the first moment at which it is over. ahead: whether it has yet to begin.
        url: where it leads.
    """

    consultation: Words
    url: str
    capacity: str
    party: Words | None = None
    begins: datetime | None = None
    until: datetime | None = None
    ahead: bool = False


def me(request: Request) -> HttpResponse:
    """Who one is here, and what one may do; the name can be changed."""
    person = Person.objects.get(pk=request.actor.known_person)
    form = NameForm(sent(request), initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        try:
            change_name(actor=request.actor, name=form.cleaned_data["name"])
        except ValidationError as error:
            form.add_error("name", error)
        else:
            messages.success(request, _("Your name is saved."))
            return redirect("me")
    language = get_language() or "en"
    return render(
        request,
        "web/pages/me.html",
        {
            "person": person,
            "form": form,
            "invitations": _invitations(person, language),
            "voices": _voices(person, language),
            "roles": [
                Place(
                    consultation=read(role.consultation.title, language),
                    url=reverse("consultation", args=[role.consultation.slug]),
                    capacity=str(role.get_role_display()),
                    begins=role.granted_at,
                )
                for role in roles_of(person.pk)
            ],
        },
    )


def _voices(person: Person, language: str) -> list[Place]:
    return [
        Place(
            consultation=read(each.party.consultation.title, language),
            party=read(each.party.name, language),
            url=reverse("consultation", args=[each.party.consultation.slug]),
            capacity=str(each.get_capacity_display()),
            begins=each.begins,
            until=each.ends,
            ahead=each.state == "ahead",
        )
        for each in accreditations_of(person.pk)
    ]


def _invitations(person: Person, language: str) -> list[Place]:
    """What waits for an answer; an invitation whose link cannot be made any more is left out."""
    return [
        Place(
            consultation=read(each.party.consultation.title, language),
            party=read(each.party.name, language),
            url=reverse("invitation", args=[token]),
            capacity=str(each.get_capacity_display()),
            until=each.expires_at,
        )
        for each in invitations_to(person.email)
        if (token := token_of(each)) is not None
    ]
