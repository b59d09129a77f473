"""Adding many parties from a list: every row is stored or told of."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from mufakat.site.consultations.kinds import ALL_KINDS
from mufakat.site.ledger.models import Event
from mufakat.site.ledger.verification import verify
from mufakat.site.parties import actions
from mufakat.site.parties.actions import NewParty, PartyError
from mufakat.site.parties.importing import COLUMNS, ListError, again, decoded, read_list
from mufakat.site.parties.models import Group, Membership, Party
from tests.conftest import PROJECT_ROOT
from tests.site.factories import World, world
from tests.site.signing import errors_of, signed_in, text_of

STORY = PROJECT_ROOT / "src" / "mufakat" / "story" / "parties.csv"
CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *ALL_KINDS,
            "state",
            "Africa",
            "GRULAC",
            "Kenya",
            "KEN",
            "fr",
            "français",
            "G77;LDC",
            "AB",
            "a/b",
            "",
        ]
    ),
)


def problem(text: str, **options: Any) -> tuple[int, str, str]:
    """Row, column and value of the one problem of a list."""
    [found] = read_list(text, **options).problems
    assert found.right
    return found.row, found.column, found.value


def test_a_list_is_read_whatever_separates_its_cells_and_however_its_columns_are_called() -> None:
    for text in (
        "code,name,kind,region\nMRD,Maranda,member_state,africa\n",
        "Party;Organisation;Type;Regional group\nMRD;Maranda;State;Africa\n",
        "ID\tNAME\tKIND\tREGION\nMRD\tMaranda\tmember state delegation\tAfrican States\n",
        "\ufeffcode,name,kind,region\r\n\r\n MRD , Maranda ,Member  State,AFRICA\r\n,,,\r\n",
        'code,name,kind,region\rMRD,"Maranda",delegation,AG',
    ):
        found = read_list(text)
        assert [party for _row, party, _cells in found.parties] == [
            NewParty("MRD", "Maranda", "member_state", region="africa")
        ], text
        assert found.problems == ()


def test_country_language_and_groups_are_read_in_peoples_own_words() -> None:
    text = "code,name,kind,country,language,groups\nK,Kenya,state,Côte d'Ivoire,Français,g77; LDC |G77\n"
    [(_row, party, _cells)] = read_list(text, groups=["G77", "LDC"]).parties
    assert (party.country, party.language, party.groups) == ("CIV", "fr", ("G77", "LDC"))


def test_a_row_that_cannot_be_stored_is_told_of_with_its_place_and_value() -> None:
    head = "code,name,kind,region,country,language,groups\n"
    assert problem(head + "a b,X,state,,,,") == (2, "code", "a b")
    assert problem(head + "A,,state,,,,") == (2, "name", "")
    assert problem(head + "A,Kenуa,state,,,,") == (2, "name", "Kenуa")
    assert problem(head + "A,X,sate,,,,") == (2, "kind", "sate")
    assert problem(head + "A,X,,,,,") == (2, "kind", "")
    assert problem(head + "\n\nA,X,state,Atlantis,,,") == (4, "region", "Atlantis")
    assert problem(head + "A,X,state,,Kenyya,,") == (2, "country", "Kenyya")
    assert problem(head + "A,X,state,,,Klingon,") == (2, "language", "Klingon")
    assert problem(head + "A,X,state,,,,G99") == (2, "groups", "G99")
    assert problem(head + "A,X,state,,,,a/b", make_groups=True) == (2, "groups", "a/b")
    assert problem(head + "A,X,state,,,,,more") == (2, "", "more")
    assert problem(head + "A,X,state\nA,Y,state") == (3, "code", "A")
    assert problem(head + "A,X,state", taken=["A"]) == (2, "code", "A")
    assert "did you mean" in read_list(head + "A,X,member sate").problems[0].right


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing in this list"),
        ("\n \n", "nothing in this list"),
        ("code,name\nA,X", "kind is missing"),
        ("Maranda,state", "code, name, kind is missing"),
        ('code,name,kind\nA,"X,state', "cannot be cut into cells at line 2"),
        ("code,name,kind\n" + "A" * 200_000, "cannot be cut into cells"),
        ("code,name,kind\n" + "A,B,C\n" * 20_001, "20001 rows"),
        ("x" * 4_000_001, "4000001 characters"),
    ],
)
def test_a_list_of_which_no_row_can_be_read_is_refused_as_a_whole(text: str, words: str) -> None:
    with pytest.raises(ListError, match=words):
        read_list(text)


def test_columns_that_are_not_read_are_told_of() -> None:
    assert read_list("code,name,kind,phone,Name\nA,X,state,1,Y").unread == ("phone", "Name")


def test_a_file_is_read_in_unicode_and_in_nothing_that_would_have_to_be_guessed() -> None:
    assert decoded("é".encode("utf-8-sig")) == "é"
    assert decoded("é".encode("utf-16")) == "é"
    with pytest.raises(ListError, match="byte 2 cannot be read"):
        decoded(b"a\xe9")
    with pytest.raises(ListError):
        decoded(b"\xff\xfea")


@example(["code", "name", "kind"], [["0\r0"], ["\r\n"], ["a\nb", '"', ";"]], ",", False)
@given(
    st.lists(st.sampled_from([*COLUMNS, "phone"]), min_size=3, max_size=9),
    st.lists(st.lists(CELL, max_size=10), max_size=12),
    st.sampled_from(",;\t"),
    st.booleans(),
)
def test_every_row_of_a_list_is_read_or_told_of(
    header: list[str], rows: list[list[str]], delimiter: str, make_groups: bool
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows(rows)
    try:
        found = read_list(out.getvalue(), taken=["AB"], groups=["G77"], make_groups=make_groups)
    except ListError:
        assert {"code", "name", "kind"} - set(header)
        return
    assert found.rows == sum(any(cell.strip() for cell in row) for row in rows)
    codes = [party.code for _row, party, _cells in found.parties]
    assert len(codes) == len(set(codes))
    assert all(problem.right for problem in found.problems)
    # What was told of can be sent again, and is told of again.
    once_more = read_list(
        again(found.header, [each.cells for each in found.problems]),
        taken=["AB", *codes],
        groups=["G77"],
        make_groups=make_groups,
    )
    assert once_more.rows == len(found.problems)


@given(st.text(max_size=300))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    for start in ("", "code,name,kind,region,country,language,groups\n"):
        try:
            found = read_list(start + text, make_groups=True)
        except ListError:
            continue
        assert found.rows == len(found.parties) + len(found.problems)


# On the site


@pytest.fixture
def here() -> World:
    """A consultation with one party."""
    made = world("compact")
    made.party("OLD")
    return made


@pytest.fixture
def team(here: World) -> Client:
    """The facilitator's browser."""
    return signed_in(here.facilitator)


def address() -> str:
    """Where a list is sent."""
    return reverse("parties-import", args=["compact"])


@pytest.mark.django_db
def test_what_is_right_is_stored_in_one_event_and_the_rest_told_of(here: World, team: Client) -> None:
    text = (
        "code,name,kind,groups\nA,One,state,G77;LDC\nOLD,Two,ngo,\nC,Three,king,\nD,مراندا,think tank,G77\n"
    )
    before = Event.objects.count()
    page = team.post(address(), {"text": text, "make_groups": "on", "language": "ar"})
    report = page.context["report"]
    assert (report.rows, report.stored, report.reported) == (4, 2, 2)
    assert [(each.row, each.column, each.value) for each in report.problems] == [
        (3, "code", "OLD"),
        (4, "kind", "king"),
    ]
    assert Event.objects.count() == before + 1
    assert verify().breaks == ()
    assert set(Group.objects.values_list("code", flat=True)) == {"G77", "LDC"} == set(report.groups)
    assert set(Membership.objects.values_list("party__code", "group__code")) == {
        ("A", "G77"),
        ("A", "LDC"),
        ("D", "G77"),
    }
    stored = Party.objects.get(code="D")
    rendering = stored.name.renderings.get()
    assert (rendering.body, rendering.language, rendering.by, stored.name.consultation_id) == (
        "مراندا",
        "ar",
        here.facilitator,
        here.consultation.pk,
    )
    assert "king" in text_of(page)
    # The rows that were told of stand in the form, to be mended; sent again, they are told of again.
    left = page.context["form"].initial["text"]
    assert left == "code,name,kind,groups\nOLD,Two,ngo,\nC,Three,king,\n"
    mended = team.post(address(), {"text": left.replace("king", "individual").replace("OLD", "NEW")})
    assert (mended.context["report"].stored, mended.context["report"].reported) == (2, 0)


@pytest.mark.django_db
def test_a_list_that_is_only_checked_stores_nothing(here: World, team: Client) -> None:
    before = Event.objects.count()
    text = "code,name,kind,groups\nA,One,state,G\nB,Two,king,\n"
    page = team.post(address(), {"text": text, "make_groups": "on", "check": "1"})
    report = page.context["report"]
    assert (report.rows, report.stored, report.reported, report.only_checked) == (2, 1, 1, True)
    assert (Party.objects.count(), Group.objects.count(), Event.objects.count()) == (1, 0, before)
    assert page.context["form"].initial["text"] == text


@pytest.mark.django_db
def test_a_list_with_nothing_to_store_writes_no_event(here: World, team: Client) -> None:
    before = Event.objects.count()
    page = team.post(
        address(), {"text": "code,name,kind,groups\nOLD,One,state,NEWGROUP\n", "make_groups": "on"}
    )
    assert page.context["report"].reported == 1
    assert (Event.objects.count(), Group.objects.count()) == (before, 0)


@pytest.mark.django_db
def test_a_code_that_is_taken_meanwhile_is_told_of_and_not_lost(here: World) -> None:
    added = actions.add_parties(
        actor=here.team,
        consultation=here.consultation,
        parties=[NewParty("OLD", "One", "think_tank"), NewParty("NEW", "Two", "think_tank")],
    )
    assert ([party.code for party in added.stored], added.taken) == (["NEW"], ("OLD",))
    late = actions.add_parties(
        actor=here.team,
        consultation=here.consultation,
        parties=[NewParty("NEW", "Two", "think_tank", groups=("G",))],
        make_groups=True,
    )
    assert (late.stored, late.taken, late.groups) == ((), ("NEW",), ())
    assert not Group.objects.exists()


@pytest.mark.django_db
def test_a_group_that_is_not_there_is_not_made_unasked(here: World) -> None:
    with pytest.raises(PartyError, match="no group G"):
        actions.add_parties(
            actor=here.team,
            consultation=here.consultation,
            parties=[NewParty("A", "One", "think_tank", groups=("G",))],
        )
    assert Party.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Choose a file, or paste a list"),
        ({"text": "x", "file": SimpleUploadedFile("a.csv", b"x")}, "not both"),
        ({"file": SimpleUploadedFile("a.csv", b"code,name,kind\nA,\xe9,state")}, "not in UTF-8"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "empty"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * (5 * 1024 * 1024 + 1))}, "too large"),
        ({"text": "nonsense"}, "is missing"),
    ],
)
def test_a_list_that_cannot_be_read_is_an_error_of_the_form(
    here: World, team: Client, said: dict[str, Any], words: str
) -> None:
    if "file" in said:
        said["file"].seek(0)
    response = team.post(address(), said)
    assert response.status_code == 200
    assert words in errors_of(response)
    assert Party.objects.count() == 1


@pytest.mark.django_db
def test_the_invented_parties_come_in_as_a_file(here: World, team: Client) -> None:
    file = SimpleUploadedFile(STORY.name, Path(STORY).read_bytes())
    page = team.post(address(), {"file": file, "make_groups": "on"})
    report = page.context["report"]
    assert (report.rows, report.stored, report.problems) == (250, 250, ())
    assert Party.objects.filter(kind="member_state").exclude(code="OLD").count() == 120


@pytest.mark.django_db
def test_seven_hundred_rows_come_in_within_two_seconds(here: World, team: Client) -> None:
    rows = "".join(f"P{n},Party {n},civil society,Africa,G{n % 7}\n" for n in range(700))
    start = time.process_time()
    page = team.post(address(), {"text": "code,name,kind,region,groups\n" + rows, "make_groups": "on"})
    took = time.process_time() - start
    assert page.context["report"].stored == 700
    assert took < 2


@pytest.mark.django_db
def test_whoever_is_not_of_the_team_sends_a_list(here: World) -> None:
    head, _ = here.accredited(Party.objects.get())
    for client in (Client(), signed_in(head), signed_in(world("other").facilitator)):
        assert client.post(address(), {"text": "code,name,kind\nA,One,state\n"}).status_code == 403
    assert Party.objects.count() == 1
