"""The pages of parties and groups as their readers find them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mufakat.site.ledger.models import Event
from mufakat.site.parties import actions
from mufakat.site.parties.models import Accreditation, Group, GroupSpeaker, Membership, Party
from tests.site.factories import World, person, world
from tests.site.signing import errors_of, signed_in, text_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    """A consultation with nothing in it."""
    return world("compact")


@pytest.fixture
def team(here: World) -> Client:
    """The facilitator's browser."""
    return signed_in(here.facilitator)


def at(name: str, *arguments: Any) -> str:
    """An address in the consultation."""
    return reverse(name, args=["compact", *arguments])


def test_a_party_is_added_and_found(here: World, team: Client) -> None:
    said = {"code": "MRD", "name": "Maranda", "kind": "member_state", "region": "africa", "language": "fr"}
    response = team.post(at("party-add"), said)
    assert response["Location"] == at("party", "MRD")
    party = Party.objects.get()
    assert (party.code, party.kind, party.region, party.country) == ("MRD", "member_state", "africa", "")
    assert "Maranda" in text_of(Client().get(at("party", "MRD")))
    assert "taken by another party" in errors_of(team.post(at("party-add"), said))


@pytest.mark.parametrize("code", ["a/b", "..", "a b", "-x", "x" * 65, "<b>", "é/../x", "?"])
def test_a_code_that_cannot_stand_in_an_address_is_refused(here: World, team: Client, code: str) -> None:
    response = team.post(at("party-add"), {"code": code, "name": "Maranda", "kind": "member_state"})
    assert response.status_code == 200
    assert errors_of(response)
    assert not Party.objects.exists()


@pytest.mark.parametrize("code", ["add", "MRD-2", "été", "7", "国家", "x.y_z"])
def test_a_code_in_any_script_leads_to_its_page(here: World, team: Client, code: str) -> None:
    response = team.post(at("party-add"), {"code": code, "name": "Maranda", "kind": "member_state"})
    assert response.status_code == 302, errors_of(response)
    assert team.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("said", "found"), [("Kenya", "KEN"), ("ke", "KEN"), ("كينيا", "KEN"), ("404", "KEN"), ("", "")]
)
def test_a_country_is_read_by_its_name_in_any_language_or_its_code(
    here: World, team: Client, said: str, found: str
) -> None:
    team.post(at("party-add"), {"code": "K", "name": "A delegation", "kind": "member_state", "country": said})
    assert Party.objects.get().country == found


def test_a_country_that_is_none_is_told_of(here: World, team: Client) -> None:
    said = {"code": "K", "name": "A delegation", "kind": "member_state", "country": "Kenyya"}
    assert "is no code of a country" in errors_of(team.post(at("party-add"), said))


@pytest.mark.parametrize(
    ("name", "language", "stands_in"),
    [
        ("Maranda", "ar", ""),
        ("مراندا", "ar", "ar"),
        ("Marandadan Araştırma", "ru", ""),
        ("Маранда", "ru", "ru"),
        ("国家研究所", "zh", "zh"),
        ("République", "fr", "fr"),
        ("Maranda", "", ""),
    ],
)
def test_a_name_in_letters_of_another_language_is_not_said_to_be_in_the_partys_own(
    here: World, team: Client, name: str, language: str, stands_in: str
) -> None:
    said = {"code": "ONE", "name": name, "kind": "member_state", "language": language}
    team.post(at("party-add"), said)
    actions.add_parties(
        actor=here.team,
        consultation=here.consultation,
        parties=[actions.NewParty("TWO", name, "think_tank", language=language)],
    )
    for party in Party.objects.select_related("name"):
        assert (party.language, party.name.language) == (language, stands_in)
        assert party.name.renderings.get().language == stands_in
    assert name in text_of(team.get(at("parties")))


def test_a_party_that_leaves_is_no_longer_in_the_list_and_nobody_acts_for_it(
    here: World, team: Client
) -> None:
    party = here.party("MRD")
    head, _granted = here.accredited(party)
    said = {"name": "Maranda", "kind": "think_tank", "region": "", "left": "on"}
    assert team.post(at("party-edit", "MRD"), said).status_code == 302
    party.refresh_from_db()
    assert party.kind == "think_tank"
    assert party.left_at is not None
    assert "MRD" not in text_of(team.get(at("parties")))
    assert "MRD" in text_of(team.get(at("parties"), {"left": "1"}))
    assert here.actor(head).voices == ()
    assert "left the consultation" in text_of(Client().get(at("party", "MRD")))


def test_the_list_is_cut_by_kind_region_group_name_code_and_country(here: World, team: Client) -> None:
    for code, kind, region in (
        ("AA", "member_state", "africa"),
        ("BB", "think_tank", "africa"),
        ("CC", "member_state", "asia_pacific"),
    ):
        here.party(code, kind=kind, region=region)
    group = actions.add_group(actor=here.team, consultation=here.consultation, code="G", name="A group")
    actions.join_group(actor=here.team, group=group, party=Party.objects.get(code="CC"))
    Party.objects.filter(code="BB").update(country="KEN")

    def codes(**asked: str) -> list[str]:
        return [each.party.code for each in team.get(at("parties"), asked).context["told"]]

    assert codes() == ["AA", "BB", "CC"]
    assert codes(kind="think_tank") == ["BB"]
    assert codes(region="africa") == ["AA", "BB"]
    assert codes(group="G") == ["CC"]
    assert codes(search="party cc") == ["CC"]
    assert codes(search="aa") == ["AA"]
    assert codes(search="Кения") == ["BB"]
    assert codes(search="nobody") == []
    assert codes(kind="x'; drop table", region="\x00", group="%", search="%_\\'\"\x00") == []
    for page in ("0", "-1", "99999999999999999999", "x"):
        assert codes(page=page) == ["AA", "BB", "CC"]


def test_a_list_of_more_than_fifty_has_pages(here: World, team: Client) -> None:
    actions.add_parties(
        actor=here.team,
        consultation=here.consultation,
        parties=[actions.NewParty(f"P{n:03}", f"Party {n}", "think_tank") for n in range(120)],
    )
    assert len(team.get(at("parties")).context["told"]) == 50
    assert [each.party.code for each in team.get(at("parties"), {"page": "3"}).context["told"]] == [
        f"P{n:03}" for n in range(100, 120)
    ]


def test_a_party_of_another_consultation_does_not_exist_here(here: World, team: Client) -> None:
    other = world("other")
    other.party("OTH")
    for name in ("party", "party-edit", "party-people"):
        assert team.get(at(name, "OTH")).status_code == 404
    assert team.post(at("party-accredit", "OTH"), {"accredit-email": "x@example.org"}).status_code == 404
    for name in ("party", "party-edit", "party-people"):
        assert team.get(reverse(name, args=["other", "OTH"])).status_code in (200, 403)


def test_names_and_addresses_are_for_the_team_and_the_party_itself(here: World, team: Client) -> None:
    party, other = here.party("MRD"), here.party("OTH")
    head = person("Amina Okoye")
    here.accredited(party, someone=head)
    observer, _ = here.accredited(party, capacity="observer")
    foreign, _ = here.accredited(other)
    for client, sees in (
        (team, True),
        (signed_in(head), True),
        (signed_in(observer), True),
        (signed_in(foreign), False),
        (signed_in(person()), False),
        (Client(), False),
    ):
        page = text_of(client.get(at("party", "MRD")))
        assert ("Amina Okoye" in page, head.email in page) == (sees, sees)
        assert head.email not in text_of(client.get(at("parties")))


def test_the_head_lets_a_deputy_act_and_ends_it(here: World) -> None:
    party = here.party("MRD")
    head, _ = here.accredited(party)
    client = signed_in(head)
    said = {
        "party": "MRD",
        "accredit-email": "Deputy@Example.org",
        "accredit-name": "A deputy",
        "accredit-capacity": "deputy",
        "accredit-ends": "2199-12-30",
    }
    assert client.post(at("party-accredit", "MRD"), said).status_code == 302
    granted = Accreditation.objects.get(capacity="deputy")
    assert (granted.person.email, granted.granted_by) == ("deputy@example.org", head)
    assert str(granted.ends) == "2199-12-31 00:00:00+00:00"
    event = Event.objects.get(act="parties.accredit", person=str(head.pk))
    assert event.party == "MRD"
    assert "deputy@example.org" in text_of(client.get(at("party-people", "MRD")))
    assert client.post(at("party-revoke", "MRD", granted.pk), {"party": "MRD"}).status_code == 302
    granted.refresh_from_db()
    assert granted.revoked_by == head


def test_what_cannot_be_of_an_accreditation_is_an_error_of_its_form(here: World, team: Client) -> None:
    here.party("MRD")
    ok = {"accredit-email": "a@example.org", "accredit-capacity": "member"}
    for wrong, words in (
        ({"accredit-email": "nobody"}, "valid email"),
        ({"accredit-capacity": "king"}, "valid choice"),
        ({"accredit-begins": "2199-02-01", "accredit-ends": "2199-01-01"}, "ends before it begins"),
        ({"accredit-ends": "2001-01-01"}, "would never hold"),
        ({"accredit-name": "Kenуa"}, "scripts that look alike"),
    ):
        response = team.post(at("party-accredit", "MRD"), ok | wrong)
        assert response.status_code == 200
        assert words in errors_of(response, "accredit_form"), words
    assert not Accreditation.objects.exists()


def test_a_head_of_two_parties_acts_on_the_page_of_each_for_that_one(here: World) -> None:
    first, second = here.party("AA"), here.party("BB")
    both = person()
    here.accredited(first, capacity="member", someone=both)
    here.accredited(second, capacity="head", someone=both)
    client = signed_in(both)
    assert client.get(at("party-people", "BB")).status_code == 200
    assert client.get(at("party-people", "AA")).status_code == 403
    said = {"invite-email": "x@example.org", "invite-capacity": "member"}
    assert client.post(at("party-invite", "BB"), said).status_code == 302
    assert client.post(at("party-invite", "AA"), said).status_code == 403


def test_only_a_voice_of_ones_own_can_be_chosen(here: World) -> None:
    both, other = person(), here.party("ZZ")
    for code in ("AA", "BB"):
        here.accredited(here.party(code), someone=both)
    client = signed_in(both)
    assert client.get(at("consultation")).context["voice"].code == "AA"
    assert client.post(at("choose-voice"), {"party": "BB"})["Location"] == at("consultation")
    assert client.get(at("consultation")).context["voice"].code == "BB"
    for code in (other.code, "", "NONE"):
        assert client.post(at("choose-voice"), {"party": code}).status_code == 403
    assert client.get(at("consultation")).context["voice"].code == "BB"
    assert signed_in(None).post(at("choose-voice"), {"party": "AA"}).status_code == 403


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "\\\\evil.example", "javascript:x"]
)
def test_choosing_a_voice_leads_nowhere_else(here: World, away: str) -> None:
    someone, _ = here.accredited(here.party("AA"))
    response = signed_in(someone).post(at("choose-voice"), {"party": "AA", "next": away})
    assert response["Location"] == at("consultation")


def test_a_group_grows_and_shrinks_with_dates(here: World, team: Client) -> None:
    here.party("AA")
    assert team.post(at("groups"), {"code": "G77", "name": "Group of 77"}).status_code == 302
    join = team.post(at("group-join", "G77"), {"code": "AA", "begins": "2020-01-01"})
    assert join.status_code == 302, errors_of(join, "member_form")
    membership = Membership.objects.get()
    assert str(membership.begins) == "2020-01-01 00:00:00+00:00"
    assert "Group of 77" in text_of(Client().get(at("party", "AA")))
    early = team.post(at("group-leave", "G77", membership.pk), {"ends": "2019-01-01"})
    assert "cannot end before" in " ".join(told(early))
    assert team.post(at("group-leave", "G77", membership.pk), {"ends": "2024-06-30"}).status_code == 302
    membership.refresh_from_db()
    assert str(membership.ends) == "2024-07-01 00:00:00+00:00"
    page = text_of(Client().get(at("group", "G77")))
    assert "0 parties in this group" in page
    assert "Former members" in page


def test_a_party_of_another_consultation_cannot_join(here: World, team: Client) -> None:
    world("other").party("OTH")
    actions.add_group(actor=here.team, consultation=here.consultation, code="G", name="A group")
    response = team.post(at("group-join", "G"), {"code": "OTH"})
    assert "code" in errors_of(response, "member_form")
    assert not Membership.objects.exists()


def test_a_person_of_a_member_may_speak_for_the_group_until_dismissed(here: World, team: Client) -> None:
    party = here.party("AA")
    someone, _ = here.accredited(party)
    stranger = person()
    group = actions.add_group(actor=here.team, consultation=here.consultation, code="G", name="A group")
    actions.join_group(actor=here.team, group=group, party=party)
    refused = team.post(at("group-authorise", "G"), {"person": stranger.pk})
    assert "person" in errors_of(refused, "speaker_form")
    assert team.post(at("group-authorise", "G"), {"person": someone.pk}).status_code == 302
    speaker = GroupSpeaker.objects.get()
    assert (speaker.person, speaker.granted_by) == (someone, here.facilitator)
    assert someone.email in text_of(team.get(at("group", "G")))
    assert someone.email not in text_of(Client().get(at("group", "G")))
    assert team.post(at("group-dismiss", "G", speaker.pk)).status_code == 302
    speaker.refresh_from_db()
    assert speaker.revoked_at is not None


def test_region_and_groups_of_a_delegation_come_from_what_is_known_of_its_country(
    here: World, team: Client
) -> None:
    party = here.party("TUV", region="")
    Party.objects.filter(pk=party.pk).update(country="TUV")
    before = Event.objects.count()
    assert team.post(at("party-fill-in", "TUV")).status_code == 302
    assert Event.objects.count() == before + 1
    party.refresh_from_db()
    assert party.region == "asia_pacific"
    codes = set(Membership.objects.values_list("group__code", flat=True))
    assert {"SIDS", "AOSIS", "LDC"} <= codes
    assert "UN" not in codes
    assert all(each.begins.year < 2025 for each in Membership.objects.all())
    assert Group.objects.get(code="SIDS").name.renderings.count() == 6
    # Once more, nothing is missing; and what was struck out by hand is not put back.
    Membership.objects.filter(group__code="LDC").update(revoked_at=party.joined_at)
    assert team.post(at("party-fill-in", "TUV")).status_code == 302
    assert Event.objects.count() == before + 1
    assert team.post(at("parties-fill-in")).status_code == 302
    assert Membership.objects.filter(group__code="LDC", revoked_at__isnull=True).count() == 0


def test_a_party_without_a_country_stays_as_it_is(here: World, team: Client) -> None:
    here.party("MRD")
    response = team.post(at("party-fill-in", "MRD"))
    assert "is no code of a country" in " ".join(told(response))
    assert not Membership.objects.exists()
