"""The first page of the site: which consultations there are, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from mufakat.site.authority.acts import may
from mufakat.site.consultations import rules
from mufakat.site.consultations.models import Consultation, Stage
from mufakat.site.consultations.requests import Request
from mufakat.site.languages.reading import Words, read
from mufakat.site.parties.queries import invitations_to, visible_consultations
from mufakat.site.people.models import Person

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """A consultation and where it stands, in the reader's language."""

    consultation: Consultation
    title: Words
    summary: Words
    stages: tuple[Stage, ...]


def home(request: Request) -> HttpResponse:
    """The consultations that the reader may see."""
    language = get_language() or "en"
    page = Paginator(visible_consultations(request.actor), A_PAGE).get_page(request.GET.get("page"))
    person = request.user
    return render(
        request,
        "web/pages/home.html",
        {
            "page": page,
            "standings": [
                Standing(
                    consultation=each,
                    title=read(each.title, language),
                    summary=read(each.summary, language),
                    stages=tuple(each.stages.all()),
                )
                for each in page.object_list
            ],
            "may_open": may(rules.OPEN, request.actor, request.subject),
            "invited": invitations_to(person.email).count() if isinstance(person, Person) else 0,
        },
    )


@never_cache
def health(request: Request) -> HttpResponse:
    """That the site answers, and its database too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
