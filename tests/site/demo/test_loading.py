"""The invented consultation on the site: all of it, once, and through the same rules as everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.utils import timezone

from mufakat import story
from mufakat.site.consultations.models import Consultation
from mufakat.site.demo import loading, voting
from mufakat.site.demo.loading import is_loaded, load
from mufakat.site.demo.logins import FILE, logins
from mufakat.site.languages.reading import read, source
from mufakat.site.ledger.models import Event
from mufakat.site.ledger.verification import verify
from mufakat.site.parties.models import Accreditation, Membership, Party
from mufakat.site.people.models import Person
from mufakat.site.voices.models import Demand, Descent, Likeness, Moderation, Passage, Submission, Vote

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def data(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The folder of a demo that is loaded for all tests of this module, and taken back after them."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        outer = transaction.atomic()
        outer.__enter__()
        assert load(folder)
        yield folder
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def consultation(data: Path) -> Consultation:
    """The invented consultation."""
    return Consultation.objects.get()


def test_it_is_marked_as_invented_and_open_to_the_public(consultation: Consultation) -> None:
    assert consultation.invented
    assert consultation.listed
    assert source(consultation.title).body == story.TITLE
    assert "invented" in source(consultation.summary).body


def test_it_stands_in_the_middle_of_converge_with_every_stage_told(consultation: Consultation) -> None:
    stages = list(consultation.stages.all())
    assert [(stage.kind, stage.state) for stage in stages] == [
        ("map", "closed"),
        ("listen", "closed"),
        ("converge", "open"),
        ("draft", "ahead"),
        ("adopt", "ahead"),
        ("act", "ahead"),
        ("learn", "ahead"),
    ]
    for stage, told in zip(stages, story.STAGES, strict=True):
        assert stage.story is not None
        assert source(stage.story).body.startswith(told.narrative)


def test_the_story_is_told_as_if_its_last_vote_was_cast_just_now(consultation: Consultation) -> None:
    now = timezone.now()
    last = Vote.objects.order_by("-cast_at")[0].cast_at
    assert timedelta() <= now - last < timedelta(days=1, hours=1)
    mapped, listened, converging, drafting = consultation.stages.all()[:4]
    for over in (mapped, listened):
        assert over.planned_from == over.opened_at.date()
        assert over.planned_until == over.closed_at.date()
    assert converging.planned_until is not None
    assert now.date() <= converging.planned_until <= drafting.planned_from
    arrived = Submission.objects.values_list("said_on", flat=True)
    assert listened.planned_from <= min(arrived) <= max(arrived) <= listened.planned_until
    assert converging.planned_from <= Vote.objects.order_by("cast_at")[0].cast_at.date()


def test_every_party_is_there_with_its_people_and_groups(consultation: Consultation) -> None:
    kinds = Counter(Party.objects.filter(consultation=consultation).values_list("kind", flat=True))
    assert sum(kinds.values()) == 250 + 450
    assert kinds == Counter(
        {
            "member_state": 120,
            "intergovernmental": 30,
            "think_tank": 40,
            "civil_society": 60,
            "individual": 450,
        }
    )
    assert Accreditation.objects.count() == 400
    assert Membership.objects.count() == sum(len(party.groups) for party in story.parties())
    assert Person.objects.count() == 403


def test_nobody_can_ever_be_written_to(data: Path) -> None:
    assert {email.rpartition(".")[2] for email in Person.objects.values_list("email", flat=True)} == {
        "example"
    }


def test_every_submission_is_there_as_it_was_received(consultation: Consultation) -> None:
    found = {each.number: each for each in Submission.objects.filter(consultation=consultation)}
    assert len(found) == len(story.submissions())
    for told in story.submissions():
        submission = found[int(told.submission)]
        assert read(submission.body, told.language).body == told.text
        assert read(submission.body, "en").body == told.english
        assert (submission.party.code if submission.party else "") == told.party
        assert (submission.channel, submission.attribution) == (told.channel, told.attribution)
        assert submission.hidden == bool(told.moderated)
        assert (submission.settled_at is None) == told.waits
        assert submission.said_on is not None
        assert submission.received_at.date() == submission.said_on


def test_every_demand_keeps_its_number_and_its_passage(consultation: Consultation) -> None:
    for told in story.demands():
        demand = Demand.objects.get(consultation=consultation, number=int(told.demand))
        assert source(demand.wording).body == told.text
        assert demand.theme is not None
        assert source(demand.theme.name).body == told.theme
        assert demand.passages.get().quote == told.text


def test_passages_stand_where_they_say(consultation: Consultation) -> None:
    for passage in Passage.objects.select_related("submission__body"):
        assert source(passage.submission.body).body[passage.start : passage.end] == passage.quote


def test_what_the_secretariat_decided_is_there_with_its_reasons(consultation: Consultation) -> None:
    links = {
        (link.ancestor.number, link.how): link
        for link in Descent.objects.select_related("ancestor", "descendant", "reason")
    }
    for merge in story.MERGES:
        link = links[int(merge.joins), "merged"]
        assert link.descendant.number == int(merge.stays)
        assert link.carries
        assert link.reason is not None
        assert source(link.reason).body == merge.reason
    parts = Descent.objects.filter(how="split", ancestor__number=int(story.SPLIT.demand))
    assert [source(link.descendant.wording).body for link in parts] == list(story.SPLIT.parts)
    reworded = links[int(story.REWORD.demand), "reworded"]
    assert source(reworded.descendant.wording).body == story.REWORD.after
    assert list(
        Moderation.objects.filter(demand__number=int(story.REVERSAL.demand)).values_list("hides", flat=True)
    ) == [True, False]


def test_pairs_that_a_program_takes_for_one_ask_wait_for_a_person(consultation: Consultation) -> None:
    judged = Likeness.objects.exclude(verdict="").count()
    assert judged <= len(story.MERGES)
    assert Likeness.objects.count() > 0


def test_every_vote_is_there_and_the_last_of_each_stands(consultation: Consultation) -> None:
    last = {(cast.party, cast.demand): cast.vote for cast in (*story.votes(), *story.public_votes())}
    assert len(last) > 30_000
    renumbered = {story.REWORD.demand: str(Descent.objects.get(how="reworded").descendant.number)}
    expected = {(party, renumbered.get(demand, demand)): value for (party, demand), value in last.items()}
    stored = {
        (party, str(number)): value
        for party, number, value in Vote.objects.values_list("party__code", "demand__number", "value")
    }
    assert stored == expected


def test_the_votes_of_a_party_were_cast_by_its_head_and_those_of_the_public_by_nobody(data: Path) -> None:
    heads = dict(Accreditation.objects.filter(capacity="head").values_list("party", "person"))
    assert {
        (party, person)
        for party, person in Vote.objects.exclude(party__kind="individual").values_list("party", "person")
    } <= set(heads.items())
    assert not Vote.objects.filter(party__kind="individual", person__isnull=False).exists()


def test_its_ledger_is_whole(consultation: Consultation) -> None:
    found = verify()
    assert (found.chains, found.breaks) == (1, ())
    assert found.events > 500


def test_loading_again_loads_nothing(data: Path) -> None:
    events, kept = Event.objects.count(), (data / FILE).read_bytes()
    assert is_loaded()
    assert not load(data)
    assert Event.objects.count() == events
    assert (data / FILE).read_bytes() == kept


def test_three_people_can_sign_in_with_passwords_that_only_their_owner_can_read(data: Path) -> None:
    found = logins(data)
    assert [login.role.partition(",")[0] for login in found] == ["facilitator", "delegate", "think tank"]
    assert (data / FILE).stat().st_mode & 0o077 == 0
    assert len({login.password for login in found}) == 3
    assert all(len(login.password) >= 12 for login in found)
    for login in found:
        assert authenticate(None, username=login.email, password=login.password) is not None
        assert authenticate(None, username=login.email, password=login.password + "x") is None
    assert Person.objects.get(email=found[1].email).accreditations.get().party.code == "MRD"


def test_an_interrupted_load_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(voting, "bring_in", stop)
    before = Person.objects.count(), Event.objects.count(), Consultation.objects.count()
    monkeypatch.setattr(loading, "is_loaded", lambda: False)
    monkeypatch.setattr("mufakat.site.demo.process.SLUG", "another")
    with pytest.raises(KeyboardInterrupt):
        load(tmp_path)
    assert (Person.objects.count(), Event.objects.count(), Consultation.objects.count()) == before
    assert not (tmp_path / FILE).exists()
