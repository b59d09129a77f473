"""Who sees which submissions, and whose words they are: public, Chatham House, confidential, moderated."""

from __future__ import annotations

import pytest

from mufakat.site.authority.actor import Actor
from mufakat.site.languages.writing import change_source
from mufakat.site.parties.models import Party
from mufakat.site.voices.actions import demands, submissions
from mufakat.site.voices.actions.demands import Span
from mufakat.site.voices.actions.moderation import moderate
from mufakat.site.voices.models import Submission
from tests.site.factories import World, world
from tests.site.voices.browsing import Reader, delegate, read, team, visitor

pytestmark = pytest.mark.django_db

LISTS = ("submissions", "demands")


class Place:
    """A consultation in which one party said something at each level, and something that was moderated."""

    def __init__(self) -> None:
        self.here: World = world()
        self.head: Actor = self.here.voter("MAR", kind="think_tank")
        self.party = Party.objects.get(code="MAR")
        change_source(self.party.name, "Maranda Institute", by=None)
        self.head = self.here.actor(None)
        someone, _granted = self.here.accredited(self.party)
        self.head = self.here.actor(someone, speaking_for="MAR")
        self.other: Actor = self.here.voter("OTH")
        self.public = self.said("Publicword wells are wanted.", "public")
        self.quiet = self.said("Chathamword roads are wanted.", "chatham_house")
        self.secret = self.said("Secretword courts are wanted.", "confidential")
        self.hidden = self.said("Hiddenword insults are wanted.", "public")
        moderate(actor=self.here.team, subject=self.hidden, hides=True, reason="It insults a neighbour.")

    def said(self, body: str, attribution: str) -> Submission:
        """Something that the party said, at its own level."""
        return submissions.enter(
            actor=self.here.team,
            consultation=self.here.consultation,
            party=self.party,
            body=body,
            language="en",
            channel="file",
            attribution=attribution,
            file_name=f"{attribution}-letterhead.txt",
        )

    def outsiders(self) -> list[Reader]:
        """Everybody who is neither of the team nor of the party."""
        return [visitor(self.here), delegate(self.here, self.other)]


@pytest.fixture
def place() -> Place:
    return Place()


def test_outsiders_read_public_words_with_their_party(place: Place) -> None:
    for reader in place.outsiders():
        page = reader.reads("submission", place.public.number)
        assert "Publicword" in page
        assert "Maranda Institute" in page


def test_outsiders_read_chatham_house_words_with_the_kind_of_party_alone(place: Place) -> None:
    for reader in place.outsiders():
        for answer in (
            reader.get("submission", place.quiet.number),
            reader.get("submissions", q="Chathamword"),
        ):
            page = answer.content.decode()
            assert "Chathamword" in page
            assert "hink tank" in page
            assert "Maranda" not in page
            assert "MAR" not in page
            assert "letterhead" not in page


def test_a_confidential_submission_is_answered_like_one_that_does_not_exist(place: Place) -> None:
    for reader in place.outsiders():
        secret, nowhere = reader.get("submission", place.secret.number), reader.get("submission", 999)
        assert secret.status_code == nowhere.status_code == 404
        assert secret.content == nowhere.content


def test_a_moderated_submission_shows_its_reason_in_place_of_its_words(place: Place) -> None:
    for reader in place.outsiders():
        page = reader.reads("submission", place.hidden.number)
        assert "It insults a neighbour." in page
        assert "Hiddenword" not in page
        assert "Maranda" not in page


@pytest.mark.parametrize("wanted", ["Secretword", "Hiddenword", "secretword courts"])
def test_a_search_does_not_tell_of_confidential_or_moderated_words(place: Place, wanted: str) -> None:
    for reader in place.outsiders():
        assert "0 submissions as you asked" in reader.reads("submissions", q=wanted)
    assert "1 submission as you asked" in team(place.here).reads("submissions", q=wanted)


def test_lists_and_counts_leave_out_what_is_confidential_or_moderated(place: Place) -> None:
    for reader in place.outsiders():
        for query in ({}, {"channel": "file"}, {"language": "en"}, {"kind": "think_tank"}):
            page = reader.reads("submissions", **query)
            assert "2 submissions" in page
            assert "Secretword" not in page
            assert "Hiddenword" not in page
    assert "4 submissions" in team(place.here).reads("submissions")
    assert "4 submissions" in delegate(place.here, place.head).reads("submissions")


def test_a_search_for_a_party_does_not_find_what_it_said_without_its_name(place: Place) -> None:
    for reader in place.outsiders():
        page = reader.reads("submissions", q="maranda")
        assert "1 submission as you asked" in page
        assert "Chathamword" not in page
    assert "4 submissions as you asked" in delegate(place.here, place.head).reads("submissions", q="maranda")


def test_the_party_and_the_team_see_all_of_it_with_reasons(place: Place) -> None:
    for reader in (team(place.here), delegate(place.here, place.head)):
        for each, word in (
            (place.public, "Publicword"),
            (place.quiet, "Chathamword"),
            (place.secret, "Secretword"),
            (place.hidden, "Hiddenword"),
        ):
            page = reader.reads("submission", each.number)
            assert word in page
            assert "Maranda Institute" in page
        assert "It insults a neighbour." in reader.reads("submission", place.hidden.number)


def test_a_demand_does_not_tell_from_which_confidential_words_it_came(place: Place) -> None:
    demand = demands.draw(
        actor=place.here.team,
        submission=place.secret,
        wording="Courts must sit in the valleys.",
        language="en",
        spans=[Span(0, 10)],
    )
    for reader in place.outsiders():
        page = reader.reads("demand", demand.number)
        assert "Courts must sit in the valleys." in page
        assert "Where it was said, and by whom, is not public." in page
        assert "Secretword" not in page
        assert "Maranda" not in page
        assert f"submission {place.secret.number}" not in page.lower()
        for name in LISTS:
            assert "Maranda Institute" not in reader.reads(name, q="Courts must")
    assert "Secretword" in delegate(place.here, place.head).reads("demand", demand.number)


def test_the_page_of_a_party_tells_outsiders_only_what_it_said_in_public(place: Place) -> None:
    for reader in place.outsiders():
        page = reader.reads("party", "MAR")
        assert "Publicword" in page
        for word in ("Chathamword", "Secretword", "Hiddenword"):
            assert word not in page
    for reader in (team(place.here), delegate(place.here, place.head)):
        page = reader.reads("party", "MAR")
        for word in ("Publicword", "Chathamword", "Secretword", "Hiddenword"):
            assert word in page


def test_a_party_of_another_consultation_is_no_party_here(place: Place) -> None:
    elsewhere = world()
    foreign = elsewhere.submission("Foreignword trees are wanted.")
    demand = elsewhere.demand("Foreign trees are wanted.", submission=foreign)
    before = (foreign.settled_at, demand.state)
    reader = team(place.here)
    for name in ("submission", "moderate-submission"):
        assert reader.get(name, 900).status_code == 404
    # Numbers count anew in each consultation, so that the same address leads to one's own alone.
    assert "Foreignword" not in read(reader.get("submission", foreign.number))
    for name in ("merge-demand", "split-demand", "reword-demand", "moderate-demand", "sort-demand"):
        assert reader.post(name, demand.number, reason="x", theme="").status_code == 404
    foreign.refresh_from_db()
    demand.refresh_from_db()
    assert (foreign.settled_at, demand.state) == before


def test_people_of_another_party_change_nothing_by_a_guessed_number(place: Place) -> None:
    demand = place.here.demand(submission=place.public)
    for reader in (delegate(place.here, place.other), delegate(place.here, place.head), visitor(place.here)):
        for name, number in (
            ("submission", place.public.number),
            ("settle", place.public.number),
            ("moderate-submission", place.public.number),
            ("moderate-demand", demand.number),
            ("merge-demand", demand.number),
            ("split-demand", demand.number),
            ("reword-demand", demand.number),
            ("sort-demand", demand.number),
        ):
            assert reader.post(name, number, reason="x", hides="1", into=1).status_code == 403
    place.public.refresh_from_db()
    demand.refresh_from_db()
    assert (place.public.hidden, place.public.settled_at) == (False, None)
    assert (demand.state, demand.hidden) == ("live", False)
