"""Making a submission: written, pasted, a file, or brought in for somebody who said it elsewhere."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import Refused
from mufakat.site.languages.reading import source
from mufakat.site.languages.writing import TextError
from mufakat.site.ledger.models import Event
from mufakat.site.voices.actions import submissions
from mufakat.site.voices.actions.errors import VoiceError
from mufakat.site.voices.models import Submission
from tests.site.factories import World, world
from tests.site.voices.browsing import Reader, delegate, read, team, visitor

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%\xe2\xe3 an original"
ARABIC = "نطلب آبارا لكل قرية قبل الصيف القادم."


@pytest.fixture
def here() -> World:
    made = world()
    made.open("listen")
    return made


@pytest.fixture
def head(here: World) -> Actor:
    return here.voter("MAR")


@pytest.fixture
def reader(here: World, head: Actor) -> Reader:
    return delegate(here, head)


def said(**changes: Any) -> dict[str, Any]:
    """What a form sends, with changes."""
    return {
        "channel": "form",
        "body": "We ask for wells.",
        "language": "en",
        "attribution": "public",
        **changes,
    }


def file(content: bytes, name: str = "letter.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def only() -> Submission:
    return Submission.objects.select_related("body").get()


def test_a_party_writes_and_its_words_are_kept(here: World, head: Actor, reader: Reader) -> None:
    before = Event.objects.count()
    answer = reader.post("submit", **said(body="  We ask for wells.\r\nAnd roads. ", occasion="a letter"))
    assert answer.status_code == 302
    made = only()
    assert answer.url == reader.address("submission", made.number)
    assert source(made.body).body == "We ask for wells.\nAnd roads."
    assert (made.number, made.channel, made.attribution, made.occasion) == (1, "form", "public", "a letter")
    assert made.party is not None
    assert made.party.code == "MAR"
    assert made.entered_by_id == head.person
    event = Event.objects.latest("pk")
    assert Event.objects.count() == before + 1
    assert (event.act, event.party, event.subject) == ("voices.submit", "MAR", "submission:1")
    assert "wells" not in event.detail


def test_nobody_submits_for_a_party_of_somebody_else(here: World, reader: Reader) -> None:
    here.party("OTH")
    assert reader.post("submit", party="OTH", **said()).status_code == 403
    assert Submission.objects.count() == 0


def test_an_observer_is_told_why_it_cannot_submit(here: World) -> None:
    party = here.party("OBS")
    someone, _granted = here.accredited(party, capacity="observer")
    reader = delegate(here, here.actor(someone, speaking_for="OBS"))
    assert "An observer cannot make a submission" in reader.reads("submit")
    assert reader.post("submit", **said()).status_code == 403
    assert Submission.objects.count() == 0


def test_the_page_says_that_no_stage_is_open_and_shows_no_form(here: World, reader: Reader) -> None:
    here.close("listen")
    page = reader.get("submit")
    assert "No stage is open in which parties of your kind make submissions." in read(page)
    assert "<textarea" not in page.content.decode()
    assert reader.post("submit", **said()).status_code == 403


def test_a_visitor_does_not_reach_the_form(here: World) -> None:
    assert visitor(here).get("submit").status_code == 403
    assert "Make a submission" not in visitor(here).reads("submissions")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"body": " \n "}, "There are no words yet."),
        ({"channel": "carrier pigeon"}, "carrier pigeon is not one of the available choices"),
        ({"channel": "meeting"}, "meeting is not one of the available choices"),
        ({"attribution": "secret"}, "secret is not one of the available choices"),
        ({"language": "xx"}, "xx is not one of the available choices"),
        ({"channel": "file"}, "Choose the file"),
        ({"said_on": "2999-01-01"}, "This day is still to come."),
        ({"body": "x" * 200_001}, "at most 200000 characters"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_lost(
    reader: Reader, changes: dict[str, Any], told: str
) -> None:
    answer = reader.post("submit", **said(**changes))
    assert answer.status_code == 200
    assert told in read(answer)
    assert Submission.objects.count() == 0
    if "body" not in changes:
        assert "We ask for wells." in read(answer)


def test_today_may_have_come_elsewhere_already(reader: Reader) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert reader.post("submit", **said(said_on=tomorrow)).status_code == 302


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"We ask for wells.\r\nNow.", "We ask for wells.\nNow."),
        ("\ufeffWir bitten um Brunnen, müde.".encode(), "Wir bitten um Brunnen, müde."),
        (ARABIC.encode("utf-16"), ARABIC),
        (b"\xfe\xff" + "我们要水井。".encode("utf-16-be"), "我们要水井。"),
    ],
)
def test_a_unicode_file_is_read_as_it_says(reader: Reader, content: bytes, text: str) -> None:
    answer = reader.post("submit", **said(channel="file", body="", file=file(content)))
    assert answer.status_code == 302, read(answer)
    assert source(only().body).body == text
    assert only().file_name == "letter.txt"
    with only().file.open("rb") as kept:
        assert kept.read() == content


def test_a_file_in_an_old_encoding_is_shown_in_each_and_read_in_the_chosen_one(reader: Reader) -> None:
    content = ARABIC.encode("cp1256")
    answer = reader.post("submit", **said(channel="file", body="", file=file(content)))
    assert answer.status_code == 200
    assert "not Unicode (UTF-8) from byte 0 on" in read(answer)
    assert ARABIC in read(answer)
    assert Submission.objects.count() == 0
    answer = reader.post("submit", **said(channel="file", body="", file=file(content), encoding="cp1256"))
    assert answer.status_code == 302, read(answer)
    assert source(only().body).body == ARABIC


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("letter.txt", b"", "it has 0 bytes"),
        ("letter.txt", b"  \n ", "There are no words in this file."),
        ("letter.txt", b"MZ\x00\x00\x90\x00", "This is no text file"),
        ("letter.txt", b"\xff\xfeW", "says that it is utf-16-le and is not"),
        ("letter.exe", b"MZ", "Files that end with .exe are not taken."),
        ("letter", b"words", "Files that end with nothing are not taken."),
        ("letter.pdf", b"<html>", "is called .pdf and is none inside"),
        ("letter.docx", b"%PDF-1.7", "is called .docx and is none inside"),
        ("letter.html", b"<script>1</script>", "Files that end with .html are not taken."),
        ("letter.pdf", PDF, "Paste its text here"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_way_on(
    reader: Reader, name: str, content: bytes, told: str
) -> None:
    answer = reader.post("submit", **said(channel="file", body="", file=file(content, name)))
    assert answer.status_code == 200
    assert told in read(answer)
    assert Submission.objects.count() == 0


def test_a_file_that_is_too_large_is_refused(reader: Reader) -> None:
    content = b"x" * (settings.CONFIG.upload_megabytes * 1024 * 1024 + 1)
    answer = reader.post("submit", **said(channel="file", body="", file=file(content)))
    assert answer.status_code == 200
    assert "This file is larger than 5 megabytes." in read(answer)
    assert Submission.objects.count() == 0


def test_an_original_is_kept_beside_the_pasted_text(reader: Reader) -> None:
    answer = reader.post("submit", **said(channel="file", file=file(PDF, "A letter.PDF")))
    assert answer.status_code == 302, read(answer)
    made = only()
    assert (source(made.body).body, made.file_name) == ("We ask for wells.", "A letter.PDF")


def test_words_in_the_form_and_in_a_text_file_are_not_both_taken(reader: Reader) -> None:
    answer = reader.post("submit", **said(channel="file", file=file(b"Other words.")))
    assert "There are words here and in the text file." in read(answer)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("C:\\letters\\wells.txt", "wells.txt"),
        ("a\u202etxt.exe\u202c.txt", "atxt.exe.txt"),
        ("<svg onload=alert(1)>.txt", "svg onload=alert(1).txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_a_name_that_would_lead_elsewhere_is_cleaned(reader: Reader, sent: str, kept: str) -> None:
    answer = reader.post("submit", **said(channel="file", body="", file=file(b"Wells.", sent)))
    assert answer.status_code == 302, read(answer)
    made = only()
    assert made.file_name == kept
    stored = Path(made.file.path).resolve()
    assert stored.is_relative_to(Path(settings.MEDIA_ROOT).resolve())


def test_the_original_goes_to_the_team_and_its_party_alone_as_an_attachment(
    here: World, reader: Reader
) -> None:
    reader.post("submit", **said(channel="file", file=file(PDF, "wells.pdf"), attribution="confidential"))
    other = delegate(here, here.voter("OTH"))
    for insider in (reader, team(here)):
        answer = insider.get("submission-file", 1)
        assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
        assert answer["Content-Disposition"] == 'attachment; filename="wells.pdf"'
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert "sandbox" in answer["Content-Security-Policy"]
    for outsider in (other, visitor(here)):
        secret, nowhere = outsider.get("submission-file", 1), outsider.get("submission-file", 99)
        assert secret.status_code == nowhere.status_code == 302
        assert outsider.client.get(secret["Location"]).status_code == 404


def test_the_team_brings_in_what_was_said_at_a_meeting_without_a_name(here: World) -> None:
    answer = team(here).post(
        "submit",
        **said(
            channel="meeting",
            occasion="Round of mediators",
            said_on="2025-03-12",
            said_by="",
            attribution="chatham_house",
        ),
    )
    assert answer.status_code == 302, read(answer)
    made = only()
    assert made.party is None
    assert (made.channel, made.occasion, str(made.said_on)) == ("meeting", "Round of mediators", "2025-03-12")
    assert Event.objects.latest("pk").act == "voices.enter"


def test_the_team_brings_in_words_for_a_party_that_it_does_not_speak_for(here: World) -> None:
    here.party("FAR")
    elsewhere = world()
    elsewhere.party("AWAY")
    assert team(here).post("submit", **said(said_by="FAR")).status_code == 302
    made = only()
    assert made.party is not None
    assert made.party.code == "FAR"
    answer = team(here).post("submit", **said(said_by="AWAY"))
    assert answer.status_code == 200
    assert Submission.objects.count() == 1


def test_somebody_of_the_team_who_speaks_for_a_party_chooses_for_whom(here: World) -> None:
    party = here.party("OWN")
    here.accredited(party, someone=here.facilitator)
    both = team(here)
    assert "Make a submission for it" in both.reads("submit")
    assert "You speak for Party OWN" in both.reads("submit", for_party="1")
    assert both.post("submit", party="OWN", for_party="1", **said()).status_code == 302
    assert Event.objects.latest("pk").act == "voices.submit"


def test_markup_in_words_names_and_occasions_is_inert(here: World) -> None:
    nasty = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    reader = delegate(here, here.voter("NAS"))
    reader.post("submit", **said(body=nasty, occasion=nasty))
    demand = here.demand(nasty, submission=only())
    for answer in (
        reader.get("submission", 1),
        reader.get("submissions", q="alert"),
        reader.get("demands", q=nasty),
        reader.get("demand", demand.number),
        team(here).get("desk"),
        team(here).get("submission", 1),
    ):
        page = answer.content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert nasty in read(answer).replace("< ", "<") or "&lt;script&gt;alert(1)" in page


def test_two_submissions_have_two_numbers_and_each_consultation_counts_anew(here: World) -> None:
    elsewhere = world()
    numbers = [each.number for each in (here.submission(), here.submission(), elsewhere.submission())]
    assert numbers == [1, 2, 1]


def test_an_unknown_channel_or_level_is_refused_by_the_action_too(here: World, head: Actor) -> None:
    for wrong in ({"channel": "pigeon"}, {"attribution": "secret"}):
        with pytest.raises(VoiceError, match="is not one of"):
            submissions.submit(
                actor=head,
                consultation=here.consultation,
                body="x",
                language="en",
                **wrong,  # type: ignore[arg-type]
            )


def test_a_submission_that_is_refused_leaves_no_file_behind(
    here: World, head: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.close("listen")
    kept = {each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()}
    with pytest.raises(Refused):
        submissions.submit(
            actor=head, consultation=here.consultation, body="x", language="en", file=ContentFile(b"x")
        )
    here.open("listen")
    with pytest.raises(TextError):
        submissions.submit(
            actor=head, consultation=here.consultation, body=" ", language="en", file=ContentFile(b"x")
        )
    with monkeypatch.context() as broken:
        broken.setattr(Submission, "save", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            submissions.submit(
                actor=head, consultation=here.consultation, body="x", language="en", file=ContentFile(b"x")
            )
    assert {each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()} == kept
