"""The first page of a consultation tells each reader what they can do next."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mufakat.site.consultations import actions as consultations
from mufakat.site.parties import actions as parties
from mufakat.site.people.models import Person
from mufakat.site.voices.actions import demands, submissions
from mufakat.site.voices.actions.votes import Choice, cast
from mufakat.site.web.overview import Step
from tests.site.factories import World, person, world
from tests.site.signing import signed_in, text_of

pytestmark = pytest.mark.django_db


def step(here: World, someone: Person | None) -> Step | None:
    """The next step of a reader."""
    page = signed_in(someone).get(reverse("consultation", args=[here.consultation.slug]))
    assert page.status_code == 200
    found: Step | None = page.context["step"]
    if found is not None:
        assert found.sentence in text_of(page)
    return found


def test_the_team_is_led_from_an_empty_consultation_to_its_opinion_page() -> None:
    here = world("compact")

    def leads_to() -> str:
        found = step(here, here.facilitator)
        assert found is not None
        assert found.label
        return found.url

    assert leads_to() == reverse("parties-import", args=["compact"])
    party = here.party("MRD")
    head, _ = here.accredited(party)
    assert leads_to() == reverse("stages", args=["compact"])
    here.open("listen")
    assert leads_to() == reverse("submit", args=["compact"])
    submission = here.submission(party=party)
    assert leads_to() == reverse("desk", args=["compact"])
    demand = here.demand(submission=submission)
    assert leads_to() == reverse("demands", args=["compact"])
    here.close("listen")
    assert leads_to() == reverse("stages", args=["compact"])
    here.open("converge")
    cast(
        actor=here.actor(head, speaking_for="MRD"),
        consultation=here.consultation,
        choices={demand.number: Choice(1)},
    )
    assert leads_to() == reverse("opinion", args=["compact"])


def test_the_secretariat_is_not_sent_where_only_a_facilitator_can_act() -> None:
    here = world("compact")
    here.party()
    helper = person()
    consultations.grant_role(
        actor=here.team, consultation=here.consultation, email=helper.email, role="secretariat"
    )
    found = step(here, helper)
    assert found is not None
    assert (found.url, "A facilitator can open it" in found.sentence) == ("", True)


def test_a_delegate_is_led_to_submit_then_to_vote_then_to_read() -> None:
    here = world("compact")
    head, _ = here.accredited(here.party("MRD"))
    found = step(here, head)
    assert found is not None
    assert found.url == reverse("parties", args=["compact"])
    here.open("listen")
    found = step(here, head)
    assert found is not None
    assert (found.url, "Party MRD" in found.sentence) == (reverse("submit", args=["compact"]), True)
    here.close("listen")
    first, second = here.demand(), here.demand()
    here.open("converge")
    found = step(here, head)
    assert found is not None
    assert (found.url, found.sentence) == (
        reverse("vote", args=["compact"]),
        "2 demands wait for the vote of Party MRD.",
    )
    actor = here.actor(head)
    cast(actor=actor, consultation=here.consultation, choices={first.number: Choice(1)})
    found = step(here, head)
    assert found is not None
    assert found.sentence.startswith("1 demand waits")
    # A word on what was merged counts for what it went into.
    demands.merge(actor=here.team, demand=first, into=second, reason="The same ask.")
    found = step(here, head)
    assert found is not None
    assert "has voted on everything" in found.sentence


def test_an_observer_is_led_to_read() -> None:
    here = world("compact")
    for kind in ("listen", "converge"):
        here.open(kind)
    here.demand()
    observer, _ = here.accredited(here.party(), capacity="observer")
    found = step(here, observer)
    assert found is not None
    assert found.url == reverse("demands", args=["compact"])


def test_the_public_reads_and_an_empty_consultation_promises_nothing() -> None:
    here = world("compact")
    assert step(here, None) is None
    here.party()
    found = step(here, None)
    assert found is not None
    assert found.url == reverse("parties", args=["compact"])


def test_a_confidential_submission_is_counted_for_nobody_but_the_team_and_its_party() -> None:
    here = world("compact")
    here.open("listen")
    party = here.party("MRD")
    head, _ = here.accredited(party)
    submissions.submit(
        actor=here.actor(head),
        consultation=here.consultation,
        body="In confidence.",
        language="en",
        attribution="confidential",
    )
    for someone, count in ((here.facilitator, 1), (head, 1), (None, 0), (person(), 0)):
        page = signed_in(someone).get(reverse("consultation", args=["compact"]))
        figures = page.context["figures"]
        assert (figures.submissions, figures.heard, figures.parties) == (count, count, 1)


def test_parties_that_left_are_counted_no_more() -> None:
    here = world("compact")
    party = here.party("MRD")
    here.submission(party=party)
    parties.edit_party(
        actor=here.team, party=party, name="X", kind="member_state", region="", country="", left=True
    )
    figures = signed_in(None).get(reverse("consultation", args=["compact"])).context["figures"]
    assert (figures.parties, figures.heard, figures.submissions) == (0, 0, 1)
