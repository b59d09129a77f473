"""Pages of refusals and mistakes: what happened, whether anything was lost, and the next step."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory

from mufakat.site.authority.actor import ANONYMOUS, FACILITATOR
from mufakat.site.authority.acts import Refused
from mufakat.site.web import views
from mufakat.site.web.middleware import WordsForRefusals
from tests.site.web.gallery import actor, place


def asked(path: str = "/c/compact/vote/", method: str = "get") -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)(path)
    request.actor = actor(FACILITATOR)  # type: ignore[attr-defined]
    return request


PAGES: dict[int, Callable[[HttpRequest], HttpResponse]] = {
    400: views.bad_request,
    403: views.forbidden,
    404: views.not_found,
    405: lambda request: views.not_allowed(request, "GET, HEAD"),
    500: views.server_error,
}


@pytest.mark.parametrize("status", PAGES)
def test_every_page_says_what_was_lost_and_offers_a_step(status: int) -> None:
    response = PAGES[status](asked())
    page = response.content.decode()
    assert response.status_code == status
    assert re.search(r"<h1>\S", page)
    assert re.search(r"[Nn]othing (was|that was)|was saved before is safe", page)
    assert 'class="button"' in page
    assert "<script" not in page


def test_a_refusal_tells_its_reason_and_nothing_else() -> None:
    page = views.forbidden(asked(), Refused("voices.vote", "Voting has not <begun>.")).content.decode()
    assert "Voting has not &lt;begun&gt;." in page
    assert "voices.vote" not in page


def test_a_refusal_without_words_for_people_keeps_its_own_to_itself() -> None:
    page = views.forbidden(asked(), PermissionDenied("row 7 of votes")).content.decode()
    assert "row 7" not in page
    assert "This is not open to you." in page


def test_whoever_is_not_signed_in_is_offered_to_and_comes_back() -> None:
    request = asked("/c/compact/vote/?n=1&m=2")
    request.actor = ANONYMOUS  # type: ignore[attr-defined]
    page = views.refused(request, "Only parties vote.").content.decode()
    assert 'href="/accounts/login/?next=/c/compact/vote/%3Fn%3D1%26m%3D2"' in page


def test_an_act_that_was_refused_is_not_where_signing_in_leads() -> None:
    request = asked("/c/compact/vote/", "post")
    request.actor = ANONYMOUS  # type: ignore[attr-defined]
    page = views.refused(request, "Only parties vote.").content.decode()
    assert 'class="button" href="/accounts/login/"' in page


def test_hidden_and_absent_are_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mufakat.site.web.context.place_of", lambda request: place())
    hidden = views.not_found(asked("/c/compact/demands/12/"), Http404("hidden by the team"))
    absent = views.not_found(RequestFactory().get("/never/was/"), Http404())
    assert hidden.content == absent.content


def test_a_refusal_shows_the_consultation_that_the_reader_may_see(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mufakat.site.web.context.place_of", lambda request: place())
    page = views.refused(asked(), "Voting has not begun.").content.decode()
    assert "A Southern compact for peace and development" in page
    assert "Everything in this consultation is invented." in page


def test_a_mistake_of_ours_asks_the_request_nothing() -> None:
    class Untouchable:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(f"the page of 500 asked the request for {name}")

    assert views.server_error(Untouchable()).status_code == 500  # type: ignore[arg-type]


def test_a_verb_that_is_not_answered_gets_a_page_with_the_ones_that_are() -> None:
    response = WordsForRefusals(lambda request: HttpResponseNotAllowed(["GET", "HEAD"]))(asked())
    assert isinstance(response, HttpResponse)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert b"<h1>" in response.content


def test_answers_with_words_of_their_own_are_left_alone() -> None:
    given = HttpResponse("as it is")
    assert WordsForRefusals(lambda request: given)(asked()) is given


def test_a_form_from_elsewhere_gets_a_page() -> None:
    response = views.csrf_failure(asked(), reason="CSRF cookie not set.")
    assert response.status_code == 403
    assert b"CSRF" not in response.content
