"""Pages that say what went wrong, that nothing was lost, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mufakat.site.web.context import NOWHERE


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 400: a request that cannot be understood."""
    return render(request, "400.html", NOWHERE, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 403: an act that may not be done; says why where the refusal gives a reason for people."""
    return refused(request, getattr(exception, "reason", None) or _("This is not open to you."))


def refused(request: HttpRequest, reason: str | Promise, *, status: int = 403) -> HttpResponse:
    """The page of a refusal, with its reason."""
    return render(request, "403.html", {"reason": reason}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 404: the same bytes for what does not exist and for what is hidden from this reader."""
    return render(request, "404.html", NOWHERE, status=404)


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """The page of 405: an address that takes only the *allowed* verbs, separated by commas."""
    page = render_to_string("405.html", NOWHERE, request)
    return HttpResponse(page, status=405, headers={"Allow": allowed})


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler of 500: asks neither the database nor the session, which may be what is broken."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a form that did not come from a page of this site, or from one that is too old."""
    return render(request, "403_csrf.html", NOWHERE, status=403)
