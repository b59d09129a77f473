"""Conversations out of Polis come in whole, and are studied here as they are on the command line."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import read_votes
from mufakat.opinion.report.findings import Heading, heading_of
from mufakat.opinion.study import study
from mufakat.opinion.writing import as_json
from mufakat.site.authority.acts import Refused
from mufakat.site.languages.reading import source
from mufakat.site.ledger.models import Event
from mufakat.site.ledger.verification import verify
from mufakat.site.parties.models import Party
from mufakat.site.voices.actions.errors import VoiceError
from mufakat.site.voices.actions.importing import bring_in
from mufakat.site.voices.models import Demand, EarlierVote, Intake, Moderation, Passage, Vote
from mufakat.site.voices.models.study import TEAM
from mufakat.site.voices.study.keeping import refresh
from mufakat.site.voices.study.reading import read
from mufakat.site.voices.study.stored import stored
from tests.site.factories import world

pytestmark = pytest.mark.django_db

CONVERSATIONS = (
    "canadian-electoral-reform",
    pytest.param("london.youth.policing", marks=pytest.mark.component),
    pytest.param("scoop-hivemind.biodiversity", marks=pytest.mark.component),
)
# What a consultation is called is for its facilitator to say.
MAY_DIFFER = ("title",)


@pytest.mark.real_data
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_conversation_of_polis_is_studied_as_on_the_command_line(name: str, shared_data: Path) -> None:
    folder = shared_data / "polis" / name
    reading = read_votes(folder)
    here = world()
    before = Event.objects.count()
    arrival = bring_in(actor=here.team, consultation=here.consultation, reading_path=folder)
    assert Event.objects.count() == before + 1
    assert verify().breaks == ()
    assert (arrival.votes, arrival.earlier) == (reading.rows.kept, reading.rows.superseded)
    assert Vote.objects.count() + EarlierVote.objects.count() + arrival.rejected == reading.rows.read
    assert refresh(here.consultation)
    found = stored(here.consultation.pk, TEAM)
    assert found is not None
    assert without(found.document) == without(as_json(study(reading)))


@pytest.mark.real_data
def test_the_opinion_page_shows_the_numbers_of_the_command_line(shared_data: Path) -> None:
    folder = shared_data / "polis" / "london.youth.policing"
    here = world("london")
    bring_in(actor=here.team, consultation=here.consultation, reading_path=folder)
    refresh(here.consultation)
    found = study(read_votes(folder))
    client = Client()
    client.force_login(here.facilitator)
    page = text_of(client.get(reverse("opinion", args=["london"])).content.decode())
    assert f"{len(found.parties.id)} parties, {found.parties.votes.sum()} votes" in page
    for heading in Heading:
        demands = [demand for demand in found.demands if heading_of(demand) is heading]
        pages = ""
        for number in range(1, len(demands) // 20 + 2):
            url = reverse("opinion-list", args=["london", heading.value])
            pages += text_of(client.get(f"{url}?page={number}").content.decode())
        assert f"({len(demands)})" in pages
        for demand in demands:
            told = (
                f"Demand {demand.id}: {demand.agree} agree, {demand.disagree} disagree, {demand.passes} pass."
            )
            assert told in pages


def text_of(page: str) -> str:
    """What a page says, without its markup."""
    return html.unescape(re.sub("<[^>]+>", "", page))


def without(document: dict[str, Any]) -> dict[str, Any]:
    """A study without what may differ."""
    return {key: value for key, value in document.items() if key not in MAY_DIFFER}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small conversation with a statement that was taken out, a change of mind, and wrong rows."""
    (tmp_path / "votes.csv").write_text(
        "timestamp,datetime,comment-id,voter-id,vote\n"
        "1564963436360,x,0,1,-1\n1564963720691,x,1,1,1\n1564963436000,x,0,1,1\n"
        "1564963436000,x,0,2,1\n1564963436000,x,0,3,7\n1564963436000,x,0,,1\n"
    )
    (tmp_path / "comments.csv").write_text(
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        '1564960000000,x,0,7,1,1,1,"Native birds first, then all else"\n'
        "1564960000001,x,1,2,1,0,-1,A statement that was taken out\n"
        "1564960000002,x,2,2,0,0,1,Nobody voted on this\n"
    )
    (tmp_path / "summary.csv").write_text("topic,Protecting biodiversity\n")
    return tmp_path


def test_statements_keep_their_numbers_words_authors_and_moderation(folder: Path) -> None:
    here = world()
    arrival = bring_in(actor=here.team, consultation=here.consultation, reading_path=folder)
    assert (arrival.parties, arrival.demands, arrival.votes, arrival.earlier, arrival.rejected) == (
        2,
        3,
        3,
        1,
        2,
    )
    demands = {demand.number: demand for demand in Demand.objects.all()}
    assert demands.keys() == {0, 1, 2}
    assert [demands[number].hidden for number in (0, 1, 2)] == [False, True, False]
    passage = Passage.objects.get(demand=demands[0])
    assert passage.quote == source(demands[0].wording).body == "Native birds first, then all else"
    assert passage.submission.party is None
    assert Passage.objects.get(demand=demands[1]).submission.party == Party.objects.get(code="2")
    assert passage.submission.channel == "file"
    assert Moderation.objects.filter(demand=demands[1], hides=True).exists()
    vote, earlier = Vote.objects.get(demand=demands[0], party__code="1"), EarlierVote.objects.get()
    assert (vote.value, earlier.value) == (-1, 1)
    assert earlier.cast_at < vote.cast_at


def test_every_row_is_stored_or_told(folder: Path) -> None:
    here = world()
    bring_in(actor=here.team, consultation=here.consultation, reading_path=folder)
    intake = Intake.objects.get()
    assert (intake.read, intake.kept, intake.superseded, intake.rejected) == (6, 3, 1, 2)
    assert [row["row"] for row in json.loads(intake.rejections)] == [6, 7]
    assert read(here.consultation).rows == read_votes(folder).rows
    event = Event.objects.get(act="voices.import")
    assert json.loads(event.detail)["digest"] == intake.digest


def test_a_conversation_comes_in_whole_or_not_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = world()
    before = Event.objects.count()
    monkeypatch.setattr(Intake.objects, "create", _fail)
    with pytest.raises(RuntimeError):
        bring_in(actor=here.team, consultation=here.consultation, reading_path=folder)
    for model in (Party, Demand, Vote):
        assert not model.objects.exists()
    assert Event.objects.count() == before
    monkeypatch.undo()
    bring_in(actor=here.team, consultation=here.consultation, reading_path=folder)
    assert Vote.objects.count() == 3


def _fail(**values: object) -> None:
    raise RuntimeError("broken on purpose")


def test_a_conversation_comes_into_an_empty_consultation_only_and_by_its_team(folder: Path) -> None:
    here = world()
    with pytest.raises(Refused):
        bring_in(actor=here.voter(), consultation=here.consultation, reading_path=folder)
    with pytest.raises(VoiceError, match="without demands and parties"):
        bring_in(actor=here.team, consultation=here.consultation, reading_path=folder)


def test_statements_without_numbers_and_other_forms_are_refused_with_their_place(tmp_path: Path) -> None:
    here = world()
    (tmp_path / "votes.csv").write_text("party,demand,vote\nA,seven,1\n")
    with pytest.raises(VoiceError, match="'seven' has no whole number"):
        bring_in(actor=here.team, consultation=here.consultation, reading_path=tmp_path)
    (tmp_path / "votes.csv").write_text("party,1,2\nA,1,\n")
    with pytest.raises(InputError, match="this is wide"):
        bring_in(actor=here.team, consultation=here.consultation, reading_path=tmp_path)
