"""What the pages of this app share: the reader's language, and finding things inside."""

from __future__ import annotations

from typing import TypeVar, cast

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from mufakat.site.consultations.models import Consultation
from mufakat.site.consultations.requests import Inside
from mufakat.site.voices.models.demands import Demand
from mufakat.site.voices.models.submissions import CONFIDENTIAL, Submission
from mufakat.site.voices.queries.attribution import is_inside

HIGHEST = 2**31 - 1
Row = TypeVar("Row", bound=Model)


def paged(found: QuerySet[Row], size: int, number: int | None) -> tuple[Page[Row], QuerySet[Row]]:
    """A page of a list, and what stands on it; beyond the last page it is the last."""
    page = Paginator(found, size).get_page(number or 1)
    return page, cast("QuerySet[Row]", page.object_list)


def reader() -> str:
    """Tag of the reader's language."""
    return get_language() or "en"


def submission_of(request: Inside, number: int) -> Submission:
    """The submission with this number, as far as it exists for whoever asks.

    One that is moderated away exists for everybody, without its words; a confidential one only inside.

    Raises:
        Http404: there is none.
    """
    if number > HIGHEST:
        raise Http404
    found = (
        Submission.objects.filter(consultation=request.consultation, number=number)
        .select_related("consultation", "body")
        .prefetch_related("body__renderings")
        .first()
    )
    if found is None:
        raise Http404
    if found.attribution == CONFIDENTIAL and not is_inside(found, request.actor):
        raise Http404
    return found


def demand_of(consultation: Consultation, number: int) -> Demand:
    """The demand with this number.

    Raises:
        Http404: there is none.
    """
    if number > HIGHEST:
        raise Http404
    return get_object_or_404(
        Demand.objects.select_related("consultation", "wording", "theme__name").prefetch_related(
            "wording__renderings", "theme__name__renderings"
        ),
        consultation=consultation,
        number=number,
    )
