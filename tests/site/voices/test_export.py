"""Everything as files: who may have what, and that the team's files give the same study again."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mufakat.opinion.reading import read_votes
from mufakat.opinion.study import study
from mufakat.opinion.writing import as_json
from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import Refused
from mufakat.site.parties import actions as parties
from mufakat.site.parties.models import Party
from mufakat.site.voices.actions import demands, moderation, submissions
from mufakat.site.voices.actions.importing import bring_in_votes
from mufakat.site.voices.actions.votes import Choice, cast
from mufakat.site.voices.exports.files import TABLES, tables_for
from mufakat.site.voices.exports.scope import scope_of
from mufakat.site.voices.exports.writing import write_export
from mufakat.site.voices.models import Demand, Showing
from mufakat.site.voices.models.study import TEAM
from mufakat.site.voices.study.keeping import refresh
from mufakat.site.voices.study.stored import stored
from tests.site.factories import World, world

pytestmark = pytest.mark.django_db

FORMULA = '=cmd|"/c calc"!A1'


@pytest.fixture
def here() -> World:
    """A consultation in which about everything happened that can happen to a demand."""
    made = world("compact")
    made.open("listen")
    made.open("converge")
    kinds = ("member_state", "think_tank", "civil_society", "individual")
    for place in range(20):
        made.party(f"P{place:02}", kind=kinds[place % 4], region="africa" if place % 3 else "")
    group = parties.add_group(
        actor=made.team, consultation=made.consultation, code="LDC", name="Least developed"
    )
    for code in ("P00", "P03", "P07"):
        parties.join_group(actor=made.team, group=group, party=party(made, code))
    for number in range(10):
        made.demand(f"Demand {number} asks for wells.")
    random_ = random.Random(1)
    bring_in_votes(
        actor=made.team,
        consultation=made.consultation,
        events=[
            (f"P{place:02}", number, random_.choice((1, 1, 0, -1)), random_.random() < 0.1, moment(day), None)
            for place in range(18)
            for number in range(1, 11)
            for day in range(1, 4)
            if random_.random() < 0.5
        ],
    )
    take_place(made)
    refresh(made.consultation)
    return made


def take_place(made: World) -> None:
    """A merger, one taken back, a split, both kinds of rewording, moderation, showings, a party that left."""
    by_number = {demand.number: demand for demand in Demand.objects.filter(consultation=made.consultation)}
    demands.merge(actor=made.team, demand=by_number[1], into=by_number[2], reason="The same ask.")
    back = demands.merge(actor=made.team, demand=by_number[3], into=by_number[2], reason="The same ask.")
    demands.part_again(actor=made.team, link=back)
    demands.split(
        actor=made.team, demand=by_number[4], parts=["Wells.", "Roads."], language="en", reason="Two asks."
    )
    for number, same in ((5, True), (6, False)):
        demands.reword(
            actor=made.team,
            demand=by_number[number],
            wording=f"In other words, {number}.",
            reason="Clearer.",
            same_ask=same,
        )
    moderation.moderate(actor=made.team, subject=by_number[7], hides=True, reason="Names a person.")
    someone, _granted = made.accredited(party(made, "P18"))
    actor = made.actor(someone, speaking_for="P18")
    cast(actor=actor, consultation=made.consultation, choices={8: Choice(1, True), 9: Choice(-1)})
    Showing.objects.create(party=party(made, "P18"), demand=by_number[8], propensity=0.25)
    Showing.objects.create(party=party(made, "P19"), demand=by_number[9], propensity=0.5)
    parties.edit_party(
        actor=made.team,
        party=party(made, "P17"),
        name="Party P17",
        kind="think_tank",
        region="africa",
        country="",
        left=True,
    )


def moment(day: int) -> datetime:
    return datetime(2026, 5, day, tzinfo=UTC)


def party(made: World, code: str) -> Party:
    return Party.objects.get(consultation=made.consultation, code=code)


def delegate(made: World, code: str) -> Actor:
    someone, _granted = made.accredited(party(made, code))
    return made.actor(someone, speaking_for=code)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exported(made: World, actor: Actor, folder: Path) -> dict[str, str]:
    """Every file that an actor may have, by its path in the folder."""
    written = write_export(actor=actor, consultation=made.consultation, folder=folder)
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in written}


def test_the_teams_files_give_the_same_study_on_the_command_line(here: World, tmp_path: Path) -> None:
    exported(here, here.team, tmp_path)
    found = stored(here.consultation.pk, TEAM)
    assert found is not None
    again = study(read_votes(tmp_path), title=found.document["title"])
    assert as_json(again) == found.document


def test_the_study_file_is_the_study_that_is_stored(here: World, tmp_path: Path) -> None:
    files = exported(here, here.team, tmp_path)
    found = stored(here.consultation.pk, TEAM)
    assert found is not None
    assert json.loads(files["study.json"]) == found.document
    assert json.loads(files["everything.json"])["study"] == found.document


def test_the_public_gets_no_vote_by_name_and_no_showing(here: World, tmp_path: Path) -> None:
    files = exported(here, here.actor(None), tmp_path)
    assert not {"votes.csv", "votes-set-aside.csv", "showings.csv"} & files.keys()
    everything = json.loads(files["everything.json"])
    assert not {"votes", "votes-set-aside", "showings"} & everything.keys()
    assert everything["study"]["least"] == 5
    assert {row["id"] for row in everything["study"]["parties"]} == {""}


def test_a_party_gets_its_own_votes_and_no_others(here: World, tmp_path: Path) -> None:
    files = exported(here, delegate(here, "P05"), tmp_path)
    assert {row["party"] for row in rows(tmp_path, "votes")} == {"P05"}
    assert {row["party"] for row in json.loads(files["everything.json"])["votes"]} == {"P05"}
    assert "showings.csv" not in files


def test_names_of_single_persons_are_for_the_team_and_themselves(here: World, tmp_path: Path) -> None:
    def names(actor: Actor, folder: str) -> dict[str, str]:
        exported(here, actor, tmp_path / folder)
        return {row["party"]: row["name"] for row in rows(tmp_path / folder, "parties")}

    assert names(here.actor(None), "public")["P03"] == ""
    assert names(here.actor(None), "public")["P00"] == "Party P00"
    assert names(delegate(here, "P03"), "own")["P03"] == "Party P03"
    assert names(here.team, "team")["P03"] == "Party P03"


def test_who_spoke_under_chatham_house_or_in_confidence_is_in_no_public_file(
    here: World, tmp_path: Path
) -> None:
    for attribution, words in (("chatham_house", "Quiet words."), ("confidential", "Secret words.")):
        submissions.enter(
            actor=here.team,
            consultation=here.consultation,
            party=party(here, "P06"),
            body=words,
            language="en",
            channel="meeting",
            attribution=attribution,
            said_on=date(2026, 5, 1),
        )
    public = exported(here, here.actor(None), tmp_path / "public")
    said = {row["text"]: row for row in rows(tmp_path / "public", "submissions")}
    assert "Secret words." not in "".join(public.values())
    assert (said["Quiet words."]["party"], said["Quiet words."]["kind"]) == ("", "civil_society")
    exported(here, here.team, tmp_path / "team")
    said = {row["text"]: row for row in rows(tmp_path / "team", "submissions")}
    assert (said["Quiet words."]["party"], said["Secret words."]["party"]) == ("P06", "P06")


def test_what_moderators_hid_is_in_no_public_file(here: World, tmp_path: Path) -> None:
    public = exported(here, here.actor(None), tmp_path / "public")
    words = "Demand 6 asks for wells."
    assert Demand.objects.get(number=7).wording.renderings.get().body == words
    assert words not in "".join(public.values())
    row = next(row for row in rows(tmp_path / "public", "demands") if row["demand"] == "7")
    assert (row["text"], row["moderated"]) == ("", "-1")
    assert words in exported(here, here.team, tmp_path / "team")["demands.csv"]


def test_the_descent_of_every_demand_is_told(here: World, tmp_path: Path) -> None:
    exported(here, here.actor(None), tmp_path)
    former = {row["demand"]: (row["state"], row["went_into"]) for row in rows(tmp_path, "former-demands")}
    assert former == {
        "1": ("merged", "2"),
        "4": ("split", "11 12"),
        "5": ("reworded", "13"),
        "6": ("reworded", "14"),
    }
    links = [(row["ancestor"], row["descendant"], row["votes_carry"]) for row in rows(tmp_path, "lineage")]
    assert links == [
        *(("1", "2", "1"), ("3", "2", "1"), ("4", "11", "0")),
        *(("4", "12", "0"), ("5", "13", "1"), ("6", "14", "0")),
    ]
    assert [row["undone_at"] != "" for row in rows(tmp_path, "lineage")] == [False, True] + [False] * 4


def test_every_vote_ever_cast_is_in_one_of_the_teams_files(here: World, tmp_path: Path) -> None:
    from mufakat.site.voices.models import EarlierVote, Vote

    exported(here, here.team, tmp_path)
    written = rows(tmp_path, "votes") + rows(tmp_path, "votes-set-aside")
    assert len(written) == Vote.objects.count() + EarlierVote.objects.count()
    counting = [(row["party"], row["demand"]) for row in rows(tmp_path, "votes") if row["counts"] == "1"]
    assert len(counting) == len(set(counting))


def test_no_cell_is_a_formula_for_a_spreadsheet(here: World, tmp_path: Path) -> None:
    here.demand(FORMULA)
    parties.edit_party(
        actor=here.team,
        party=party(here, "P00"),
        name="+P00",
        kind="member_state",
        region="",
        country="",
        left=False,
    )
    files = exported(here, here.team, tmp_path)
    for name, text in files.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(text)):
                assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row), name
    assert "'" + FORMULA in {row["text"] for row in rows(tmp_path, "demands")}
    assert FORMULA in {row["text"] for row in json.loads(files["everything.json"])["demands"]}


def test_the_downloads_hold_what_the_command_line_writes(here: World, tmp_path: Path) -> None:
    files = exported(here, here.team, tmp_path)
    client = Client()
    client.force_login(here.facilitator)
    for name, text in files.items():
        stem, _dot, form = name.removeprefix("study/").rpartition(".")
        answer = client.get(reverse("export", args=["compact", stem, form]))
        assert answer.status_code == 200
        assert b"".join(answer).decode() == text, name
        assert answer["Content-Disposition"] == f'attachment; filename="compact-{stem}.{form}"'
    for table in TABLES:
        answer = client.get(reverse("export", args=["compact", table.name, "json"]))
        assert isinstance(json.loads(b"".join(answer)), list)


@pytest.mark.parametrize("name", ["votes", "votes-set-aside", "showings", "nothing", "study-secrets"])
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_what_a_reader_may_not_have_does_not_exist_for_them(here: World, name: str, form: str) -> None:
    assert Client().get(reverse("export", args=["compact", name, form])).status_code == 404


def test_one_rule_decides_what_the_page_names_and_what_can_be_fetched(here: World) -> None:
    client = Client()
    client.force_login(here.accredited(party(here, "P05"))[0])
    page = client.get(reverse("exports", args=["compact"])).content.decode()
    allowed = {table.name for table in tables_for(scope_of(delegate(here, "P05"), here.consultation))}
    for table in TABLES:
        url = reverse("export", args=["compact", table.name, "csv"])
        assert (url in page) == (table.name in allowed)
        assert (client.get(url).status_code == 200) == (table.name in allowed)


def test_nobody_takes_files_away_from_a_consultation_they_may_not_read(tmp_path: Path) -> None:
    hidden = world("hidden", listed=False)
    with pytest.raises(Refused):
        write_export(actor=hidden.actor(None), consultation=hidden.consultation, folder=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_empty_consultation_has_files_too(tmp_path: Path) -> None:
    empty = world()
    files = exported(empty, empty.team, tmp_path)
    assert json.loads(files["everything.json"])["study"] is None
    assert rows(tmp_path, "votes") == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_file_asks_the_database_as_often_for_three_rows_as_for_one(table: Any) -> None:
    asked = []
    for count in (1, 3):
        made = world()
        made.open("converge")
        for place in range(count):
            code = f"P{place}"
            made.party(code)
            someone, _granted = made.accredited(party(made, code))
            old, new = made.demand(), made.demand()
            group = parties.add_group(
                actor=made.team, consultation=made.consultation, code=f"G{place}", name="Group"
            )
            parties.join_group(actor=made.team, group=group, party=party(made, code))
            cast(
                actor=made.actor(someone, speaking_for=code),
                consultation=made.consultation,
                choices={old.number: Choice(1), new.number: Choice(1)},
            )
            Showing.objects.create(party=party(made, code), demand=new, propensity=1)
            demands.merge(actor=made.team, demand=old, into=new, reason="The same ask.")
        scope = scope_of(made.team, made.consultation)
        with CaptureQueriesContext(connection) as queries:
            found = list(table.rows(scope))
        assert found or table.name in ("votes-set-aside",)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_document_names_every_table_with_its_columns() -> None:
    text = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")
    for table in TABLES:
        columns = ", ".join(f"`{name}`" for name in table.header)
        assert f"| `{table.name}` | {columns} |" in text
