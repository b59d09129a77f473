"""The page where one votes: what it shows, what it counts, and what it tells."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mufakat.site.consultations.models import Permit
from mufakat.site.parties.models import Party
from mufakat.site.people.models import Person
from mufakat.site.voices.actions import demands, moderation
from mufakat.site.voices.models import Demand, EarlierVote, Showing, Vote
from tests.site.factories import World, world

pytestmark = pytest.mark.django_db


class Voter:
    """A head of delegation before a browser."""

    def __init__(self, here: World, code: str = "MAR", capacity: str = "head") -> None:
        self.here = here
        self.party: Party = here.party(code)
        self.person: Person = here.accredited(self.party, capacity=capacity)[0]
        self.client = Client()
        self.client.force_login(self.person)

    def url(self, name: str = "vote", query: str = "") -> str:
        return reverse(name, args=[self.here.consultation.slug]) + query

    def page(self, name: str = "vote", query: str = "") -> str:
        return self.client.get(self.url(name, query)).content.decode()

    def send(self, choices: dict[int, int], *, name: str = "vote", important: tuple[int, ...] = ()) -> str:
        sent = {"party": self.party.code}
        sent |= {f"vote-{number}": str(value) for number, value in choices.items()}
        sent |= {f"important-{number}": "1" for number in important}
        return self.client.post(self.url(name), sent, follow=True).content.decode()


@pytest.fixture
def voting() -> World:
    here = world()
    here.open("converge")
    return here


def test_the_page_says_for_whom_one_votes_how_many_are_left_and_that_votes_can_be_changed(
    voting: World,
) -> None:
    for _ in range(3):
        voting.demand()
    page = Voter(voting).page()
    assert "You vote for Party MAR" in page
    assert "3 of 3 demands are left" in page
    assert "You can change your votes as long as voting is open" in page


def test_one_vote_is_counted_and_told_and_the_next_demand_follows(voting: World) -> None:
    voting.demand()
    voting.demand()
    voter = Voter(voting)
    first = Showing.objects.count()
    voter.page()
    shown = Showing.objects.get()
    assert first == 0
    page = voter.send({shown.demand.number: 1}, important=(shown.demand.number,))
    vote = Vote.objects.get()
    assert (vote.value, vote.important, vote.party) == (1, True, voter.party)
    assert "1 vote was counted for Party MAR" in page
    assert "1 of 2 demands are left" in page


def test_ten_at_a_time_are_one_form_and_one_ballot(voting: World) -> None:
    for _ in range(12):
        voting.demand()
    voter = Voter(voting)
    page = voter.page(query="?n=10")
    numbers = [demand.number for demand in Demand.objects.all() if f'name="vote-{demand.number}"' in page]
    assert len(numbers) == 10
    assert Showing.objects.count() == 10
    told = voter.send(dict.fromkeys(numbers[:4], -1))
    assert "4 votes were counted" in told
    assert Vote.objects.count() == 4


def test_a_demand_that_was_merged_while_one_voted_is_told_and_not_counted(voting: World) -> None:
    into, merged = voting.demand(), voting.demand()
    voter = Voter(voting)
    voter.page()
    demands.merge(actor=voting.team, demand=merged, into=into, reason="The same ask.")
    told = voter.send({merged.number: 1, into.number: -1})
    assert f"Demand {merged.number} was merged into {into.number} while you voted" in told
    assert "nothing was counted for it" in told
    assert Vote.objects.get().demand == into


def test_a_demand_that_was_hidden_while_one_voted_is_told_without_its_words(voting: World) -> None:
    hidden = voting.demand("Wells for everybody at once.")
    voter = Voter(voting)
    moderation.moderate(actor=voting.team, subject=hidden, hides=True, reason="Names a person.")
    told = voter.send({hidden.number: 1})
    assert f"Demand {hidden.number} was taken out of sight while you voted" in told
    assert "Wells for everybody" not in told
    assert Vote.objects.count() == 0


def test_a_vote_after_closing_is_refused_and_says_that_earlier_votes_stand(voting: World) -> None:
    demand = voting.demand()
    voter = Voter(voting)
    voter.page()
    voting.close("converge")
    answer = voter.client.post(voter.url(), {"party": "MAR", f"vote-{demand.number}": "1"})
    assert answer.status_code == 403
    assert "Your earlier votes stand" in answer.content.decode()
    assert Vote.objects.count() == 0


def test_when_voting_is_closed_the_party_reads_its_votes_and_why_it_cannot_change_them(voting: World) -> None:
    demand = voting.demand("Wells first.")
    voter = Voter(voting)
    voter.send({demand.number: -1})
    voting.close("converge")
    page = voter.page()
    assert "Voting is closed for parties of your kind" in page
    assert "Wells first." in page
    assert "disagree" in page
    assert f'name="vote-{demand.number}"' not in page


def test_a_kind_that_no_stage_lets_vote_reads_the_reason(voting: World) -> None:
    voting.demand()
    Permit.objects.filter(party_kind="member_state").delete()
    assert "Voting is closed for parties of your kind" in Voter(voting).page()


def test_an_observer_reads_and_is_not_shown_to_have_seen(voting: World) -> None:
    voting.demand()
    observer = Voter(voting, capacity="observer")
    assert "An observer cannot vote" in observer.page()
    assert Showing.objects.count() == 0


def test_a_demand_is_noted_as_shown_once_and_never_for_what_nobody_looks_at(voting: World) -> None:
    voting.demand()
    voter = Voter(voting)
    voter.client.head(voter.url())
    voter.client.get(voter.url(), headers={"Sec-Purpose": "prefetch;prerender"})
    assert Showing.objects.count() == 0
    voter.page()
    voter.page()
    showing = Showing.objects.get()
    assert showing.propensity == 1
    assert showing.party == voter.party


def test_the_same_demand_stands_there_after_a_reload(voting: World) -> None:
    for _ in range(20):
        voting.demand()
    voter = Voter(voting)
    voter.page()
    voter.page()
    assert Showing.objects.count() == 1


def test_the_original_stands_beside_its_translation(voting: World) -> None:
    submission = voting.submission("Nous demandons des puits pour tous.", language="fr")
    demands.draw(
        actor=voting.team,
        submission=submission,
        wording="Des puits pour tous.",
        language="fr",
        spans=[demands.Span(0, 10)],
        translations={"en": "Wells for all."},
    )
    page = Voter(voting).page()
    assert "Wells for all." in page
    assert 'lang="fr"' in page
    assert "Des puits pour tous." in page


def test_a_vote_for_a_party_that_one_does_not_act_for_is_refused(voting: World) -> None:
    demand, other = voting.demand(), voting.party("OTHER")
    voter = Voter(voting)
    answer = voter.client.post(voter.url(), {"party": other.code, f"vote-{demand.number}": "1"})
    assert answer.status_code == 403
    assert Vote.objects.count() == 0


@pytest.mark.parametrize("sent", ["2", "yes", "", "1.0"])
def test_a_vote_that_is_none_of_three_is_told_and_not_counted(voting: World, sent: str) -> None:
    demand = voting.demand()
    voter = Voter(voting)
    page = voter.client.post(voter.url(), {"party": "MAR", f"vote-{demand.number}": sent}, follow=True)
    assert "is no vote" in page.content.decode()
    assert Vote.objects.count() == 0


def test_nothing_chosen_and_a_demand_that_is_not_there_are_told(voting: World) -> None:
    voting.demand()
    voter = Voter(voting)
    assert "Nothing was chosen" in voter.send({})
    assert "there is no demand 99" in voter.send({99: 1})


def test_a_party_reads_all_it_said_and_what_it_said_before(voting: World) -> None:
    first, second = voting.demand("Wells first."), voting.demand("Roads first.")
    voter = Voter(voting)
    voter.send({first.number: 1, second.number: 0})
    page = voter.send({first.number: -1, second.number: 0}, name="my-votes")
    assert EarlierVote.objects.get().value == 1
    assert "Wells first." in page
    assert "Roads first." in page
    assert "What you said before" in page


def test_what_was_merged_since_is_read_with_where_it_went_and_cannot_be_changed(voting: World) -> None:
    old, new = voting.demand("Old words."), voting.demand()
    voter = Voter(voting)
    voter.send({old.number: 1})
    demands.merge(actor=voting.team, demand=old, into=new, reason="The same ask.")
    page = voter.page("my-votes")
    assert "Old words." in page
    assert f'name="vote-{old.number}"' not in page
    assert "You have said your word on every demand" in voter.page()


def test_the_page_of_a_demand_says_that_a_vote_on_what_was_merged_into_it_counts_there(voting: World) -> None:
    old, new = voting.demand(), voting.demand()
    voter = Voter(voting)
    voter.send({old.number: -1})
    demands.merge(actor=voting.team, demand=old, into=new, reason="The same ask.")
    url = reverse("demand", args=[voting.consultation.slug, new.number])
    page = voter.client.get(url).content.decode()
    assert f"Your vote on demand {old.number}, which asks the same, counts here: disagree" in page
    sent = {"party": "MAR", f"vote-{new.number}": "1", "back": str(new.number)}
    answer = voter.client.post(voter.url(), sent)
    assert answer["Location"] == url
    page = voter.client.get(url).content.decode()
    assert "counts here" not in page


def test_no_other_party_and_nobody_of_the_team_reads_a_partys_votes(voting: World) -> None:
    demand = voting.demand("Wells first.")
    Voter(voting).send({demand.number: 1})
    assert "Wells first." not in Voter(voting, "OTHER").page("my-votes")
    team = Client()
    team.force_login(voting.facilitator)
    assert team.get(reverse("my-votes", args=[voting.consultation.slug])).status_code == 403
    assert Client().get(reverse("my-votes", args=[voting.consultation.slug])).status_code in (302, 403)


@pytest.mark.parametrize("name", ["vote", "my-votes"])
def test_the_pages_ask_the_database_as_often_for_three_demands_as_for_one(
    voting: World, name: str, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    voter = Voter(voting)
    asked = []
    for wanted in (1, 3):
        while Demand.objects.count() < wanted + (name == "vote"):
            demand = voting.demand()
            if name == "my-votes":
                voter.send({demand.number: 1})
                voter.send({demand.number: 0})
        voter.page(name, "?n=10")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            voter.page(name, "?n=10")
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[1] <= 24
