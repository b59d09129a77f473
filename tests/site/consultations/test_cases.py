"""What people try who may not: cases 8 and 9 of the list of attacks."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mufakat.site.authority.acts import Refused
from mufakat.site.consultations import actions
from mufakat.site.consultations.models import Role
from tests.site.factories import person, world
from tests.site.signing import signed_in

pytestmark = pytest.mark.django_db


def test_a_facilitator_of_one_consultation_grants_a_role_in_another() -> None:
    one, two, friend = world("one"), world("two"), person()
    client = signed_in(one.facilitator)
    said = {"email": friend.email, "role": "facilitator"}
    assert client.post(reverse("team", args=["two"]), said).status_code == 403
    hidden = world("hidden", listed=False)
    assert client.post(reverse("team", args=["hidden"]), said).status_code == 404
    # The actor of one consultation, handed to the act of another.
    with pytest.raises(Refused):
        actions.grant_role(
            actor=one.team, consultation=two.consultation, email=friend.email, role="facilitator"
        )
    for there in (two, hidden):
        assert list(
            Role.objects.filter(consultation=there.consultation).values_list("person", flat=True)
        ) == [there.facilitator.pk]


def test_a_facilitator_revokes_a_role_of_another_consultation_by_its_number() -> None:
    one, two = world("one"), world("two")
    role = Role.objects.get(consultation=two.consultation)
    response = signed_in(one.facilitator).post(reverse("team-revoke", args=["one", role.pk]))
    assert response.status_code == 404
    assert Role.objects.get(pk=role.pk).revoked_at is None


def test_a_role_that_is_taken_away_is_gone_at_the_next_request() -> None:
    here = world("compact")
    helper = person()
    actions.grant_role(
        actor=here.team, consultation=here.consultation, email=helper.email, role="facilitator"
    )
    client, themes = signed_in(helper), reverse("themes", args=["compact"])
    assert client.post(themes, {"code": "land", "name": "Land"}).status_code == 302
    role = Role.objects.get(person=helper)
    signed_in(here.facilitator).post(reverse("team-revoke", args=["compact", role.pk]))
    assert client.get(themes).status_code == 403
    assert client.post(themes, {"code": "water", "name": "Water"}).status_code == 403
    assert client.post(reverse("team-revoke", args=["compact", role.pk])).status_code == 403


def test_a_role_that_is_taken_away_while_a_request_is_under_way_is_gone_too() -> None:
    here = world("compact")
    helper = person()
    granted = actions.grant_role(
        actor=here.team, consultation=here.consultation, email=helper.email, role="secretariat"
    )
    found_before = here.actor(helper)
    actions.revoke_role(actor=here.team, role=granted)
    with pytest.raises(Refused):
        actions.add_theme(actor=found_before, consultation=here.consultation, code="land", name="Land")


def test_a_facilitator_who_leaves_cannot_take_the_role_back() -> None:
    here = world("compact")
    second = person()
    actions.grant_role(
        actor=here.team, consultation=here.consultation, email=second.email, role="facilitator"
    )
    own = Role.objects.get(person=here.facilitator)
    client = signed_in(here.facilitator)
    assert client.post(reverse("team-revoke", args=["compact", own.pk])).status_code == 302
    said = {"email": here.facilitator.email, "role": "facilitator"}
    assert client.post(reverse("team", args=["compact"]), said).status_code == 403
