"""The living opinion map: what each reader sees of it, and what nobody may learn from it."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mufakat.site.parties.models import Party
from mufakat.site.voices.actions import demands, moderation
from mufakat.site.voices.actions.importing import bring_in_votes
from mufakat.site.voices.models import Demand
from mufakat.site.voices.queries import standing
from mufakat.site.voices.study.keeping import refresh
from tests.site.factories import World, world

pytestmark = pytest.mark.django_db


def blocs(here: World, *, parties: int = 24, asked: int = 12, seed: int = 0) -> None:
    """Two blocs; the last two parties are the only think tanks. A third of the demands unites all."""
    random_ = random.Random(seed)
    for place in range(parties):
        kind = "think_tank" if place >= parties - 2 else "member_state" if place % 2 else "civil_society"
        here.party(f"P{place:02}", kind=kind, region="africa" if place % 3 else "asia_pacific")
    for _ in range(asked):
        here.demand()
    numbers = list(Demand.objects.filter(consultation=here.consultation).values_list("number", flat=True))
    bring_in_votes(
        actor=here.team,
        consultation=here.consultation,
        events=[
            (
                f"P{place:02}",
                number,
                1 if number % 3 == 0 or (place < parties / 2) == (random_.random() < 0.95) else -1,
                False,
                datetime(2026, 5, 1, tzinfo=UTC),
                None,
            )
            for place in range(parties)
            for number in numbers
        ],
    )
    refresh(here.consultation)


@pytest.fixture
def here() -> World:
    made = world("compact")
    made.open("converge")
    blocs(made)
    return made


def page(
    here: World, name: str = "opinion", *arguments: object, who: Client | None = None, query: str = ""
) -> str:
    answer = (who or Client()).get(reverse(name, args=[here.consultation.slug, *arguments]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def team(here: World) -> Client:
    client = Client()
    client.force_login(here.facilitator)
    return client


def delegate(here: World, code: str) -> Client:
    client = Client()
    client.force_login(here.accredited(Party.objects.get(consultation=here.consultation, code=code))[0])
    return client


def test_before_any_votes_the_page_says_what_will_be_here_and_how_to_start() -> None:
    empty = world()
    found = page(empty)
    assert "Here will stand who votes like whom" in found
    assert "once demands are drawn" in found
    empty.demand()
    assert "Nobody has voted yet" in page(empty)


def test_below_the_least_number_of_parties_the_public_is_told_when_there_will_be_a_study() -> None:
    few = world()
    few.open("converge")
    blocs(few, parties=4, asked=2)
    assert "once 5 parties have voted" in page(few)
    assert "This is for the team alone" in page(few, who=team(few))


def test_the_page_says_of_which_moment_it_speaks_and_how_many_votes_came_since(here: World) -> None:
    found = page(here)
    assert "As of" in found
    assert "24 parties, 288 votes" in found
    assert "No vote was cast since then." in found
    bring_in_votes(
        actor=here.team,
        consultation=here.consultation,
        events=[("P00", 1, 0, False, None, None), ("P01", 1, 0, False, None, None)],
    )
    assert "Cast since then: 2 votes" in page(here)


def test_the_public_sees_no_small_constituency_no_names_and_no_votes_to_look_at(here: World) -> None:
    found = page(here)
    for told in ("think tank", "P00", "Party P00", "Votes to look at", "Who stands where"):
        assert told not in found
    assert "think tank" not in page(here, "opinion-table")


def test_the_team_sees_every_cell_and_may_look_as_everybody(here: World) -> None:
    found = page(here, who=team(here))
    for told in ("think tank", "Party P00", "Votes to look at"):
        assert told in found
    everybody = page(here, who=team(here), query="?as=everybody")
    assert "think tank" not in everybody
    assert "This is what everybody sees" in everybody


def test_nobody_but_the_team_is_given_the_full_study_by_asking_for_it(here: World) -> None:
    for query in ("?as=team", "?as=", "?audience=team"):
        assert "think tank" not in page(here, who=delegate(here, "P00"), query=query)


def test_a_party_finds_its_own_place_on_the_map_and_no_other(here: World) -> None:
    assert "The ring marks Party P00" in page(here, who=delegate(here, "P00"))
    assert "ring" not in page(here).split("</figure>")[0].split("<figure")[-1]


def test_an_unlisted_consultation_has_no_opinion_page_for_outsiders() -> None:
    hidden = world("hidden", listed=False)
    for name, arguments in (
        ("opinion", ()),
        ("opinion-table", ()),
        ("opinion-list", ("divides",)),
        ("exports", ()),
        ("export", ("demands", "csv")),
    ):
        assert Client().get(reverse(name, args=["hidden", *arguments])).status_code == 404
    assert Client().get(reverse("opinion", args=["nowhere"])).status_code == 404
    assert hidden.consultation.pk


def test_each_list_has_its_own_page_and_others_are_not_there(here: World) -> None:
    assert "What holds everywhere (4)" in page(here, "opinion-list", "everywhere")
    assert Client().get(reverse("opinion-list", args=["compact", "secrets"])).status_code == 404


def test_what_is_hidden_is_gone_before_the_next_study(here: World) -> None:
    demand = Demand.objects.get(consultation=here.consultation, number=3)
    said = demand.wording.renderings.get().body
    assert said in page(here, "opinion-list", "everywhere")
    moderation.moderate(actor=here.team, subject=demand, hides=True, reason="Names a person.")
    for found in (page(here), page(here, "opinion-list", "everywhere"), page(here, "opinion-table")):
        assert said not in found
    study = "".join(
        part.decode() for part in Client().get(reverse("export", args=["compact", "study", "json"]))
    )
    assert said not in study


def test_demands_stand_in_the_readers_language_where_they_were_translated(here: World) -> None:
    submission = here.submission("Nous demandons des puits pour tous.", language="fr")
    drawn = demands.draw(
        actor=here.team,
        submission=submission,
        wording="Des puits pour tous.",
        language="fr",
        spans=[demands.Span(0, 10)],
        translations={"en": "Wells for all, in English."},
    )
    bring_in_votes(
        actor=here.team,
        consultation=here.consultation,
        events=[(f"P{place:02}", drawn.number, 1, False, None, None) for place in range(10)],
    )
    refresh(here.consultation)
    assert "Wells for all, in English." in page(here, "opinion-table", query="?page=1")


def test_the_page_of_a_demand_can_tell_how_it_stands_as_far_as_the_reader_may_know(here: World) -> None:
    everybody = standing.of_demand(here.consultation, here.actor(None), 3)
    full = standing.of_demand(here.consultation, here.team, 3)
    assert everybody is not None
    assert full is not None
    assert everybody.state == full.state == "everywhere"
    assert "think tank" in full.bars
    assert "think tank" not in everybody.bars
    assert everybody.withheld
    assert not full.withheld
    assert standing.of_demand(here.consultation, here.team, 99) is None
    states = standing.states(here.consultation, here.actor(None))
    assert set(states.values()) <= {"everywhere", "divides", "contested", "unheard"}
    assert len(states) == 12


def test_what_people_wrote_is_inert_on_the_page(here: World) -> None:
    drawn = here.demand('<script>alert(1)</script> & "wells"')
    bring_in_votes(
        actor=here.team,
        consultation=here.consultation,
        events=[(f"P{place:02}", drawn.number, 1, False, None, None) for place in range(24)],
    )
    refresh(here.consultation)
    found = page(here, who=team(here)) + page(here, "opinion-table")
    assert "<script>alert" not in found
    assert "&lt;script&gt;alert" in found


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("opinion", ()), ("opinion-table", ()), ("opinion-list", ("everywhere",)), ("exports", ())],
)
def test_the_pages_ask_the_database_as_often_for_many_demands_as_for_few(
    name: str, arguments: tuple[str, ...]
) -> None:
    asked = []
    for count in (1, 3):
        made = world()
        blocs(made, parties=6, asked=3 * count)
        page(made, name, *arguments)
        with CaptureQueriesContext(connection) as queries:
            page(made, name, *arguments)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[1] <= 12


def test_a_large_opinion_page_weighs_little(here: World) -> None:
    import gzip

    blocs_of_many = world()
    blocs(blocs_of_many, parties=300, asked=60)
    found = page(blocs_of_many)
    assert len(gzip.compress(found.encode())) < 30_000
