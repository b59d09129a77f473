"""``mufakat check``, ``verify``, ``operator`` and ``consultation``: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from mufakat.cli import main
from mufakat.site.consultations.models import Consultation
from mufakat.site.operating import checking
from mufakat.site.operating.checking.finding import good, note, wrong
from mufakat.site.people.models import Person
from mufakat.site.voices.models import Demand, Vote
from tests.site.factories import World, person, world

pytestmark = pytest.mark.django_db


def mufakat(*arguments: str, typed: str | None = None) -> Result:
    """Call the command line; an exception of its own would be a fault."""
    return CliRunner().invoke(main, list(arguments), input=typed, catch_exceptions=False)


@pytest.fixture
def here() -> World:
    """A consultation that everybody may read."""
    return world("here")


class TestVerify:
    def test_a_whole_ledger_is_counted(self, here: World) -> None:
        result = mufakat("verify")
        assert result.exit_code == 0
        assert result.stdout.startswith("1 events in 1 chains: all unbroken (")

    def test_the_first_broken_event_is_named_and_the_command_fails(self, here: World) -> None:
        here.party("MRD")
        here.party("TLV")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE ledger_event SET subject = 'party:ZZZ' WHERE number = 2")
        result = mufakat("verify")
        assert result.exit_code == 1
        first, last = result.stdout.splitlines()
        assert first.startswith(f"BROKEN  consultation:{here.consultation.pk}, event 2: it was changed")
        assert "party:ZZZ" in first
        assert "1 broken" in last

    def test_the_same_as_json(self, here: World) -> None:
        found = json.loads(mufakat("verify", "--json").stdout)
        assert (found["chains"], found["events"], found["breaks"]) == (1, 1, [])
        assert found["seconds"] >= 0


class TestCheck:
    def test_one_line_each_and_it_fails_where_anything_is_wrong(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = [good("one", "fine"), note("two", "so so", "look"), wrong("three", "bad", "mend it")]
        monkeypatch.setattr(checking, "look", lambda: iter(found))
        result = mufakat("check")
        assert result.exit_code == 1
        assert result.stdout.splitlines()[-4:-1] == [
            "good   one: fine.",
            "note   two: so so. Mend: look.",
            "wrong  three: bad. Mend: mend it.",
        ]
        assert result.stdout.splitlines()[-1].endswith("1 wrong, 1 to know")

    def test_the_same_as_json(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(checking, "look", lambda: iter([wrong("three", "bad", "mend it")]))
        result = mufakat("check", "--json")
        assert result.exit_code == 1
        assert json.loads(result.stdout)[-1] == {
            "what": "three",
            "state": "wrong",
            "seen": "bad",
            "mend": "mend it",
        }

    def test_a_setting_that_cannot_be_used_is_a_finding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MUFAKAT_HTTPS", "perhaps")
        result = mufakat("check")
        assert result.exit_code == 1
        assert "wrong  settings: MUFAKAT_HTTPS='perhaps' cannot be used: 1 or 0 is needed." in result.stdout


class TestOperator:
    def test_a_person_is_made_who_runs_the_site(self) -> None:
        result = mufakat("operator", "Someone@Example.org", "--name", "Some One")
        assert result.stdout == "Some One runs this site; sign in by a code sent to that address.\n"
        made = Person.objects.get(email="someone@example.org")
        assert made.is_operator
        assert not made.has_usable_password()

    def test_a_password_is_asked_for_twice_and_not_shown(self) -> None:
        result = mufakat("operator", "a@example.org", "--password", typed="long-random-words\n" * 2)
        assert result.exit_code == 0, result.output
        assert "long-random-words" not in result.output
        assert Person.objects.get().check_password("long-random-words")

    def test_what_is_no_address_is_one_line(self) -> None:
        result = mufakat("operator", "someone")
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: Enter a valid email address")
        assert result.stderr.count("\n") == 1


class TestConsultation:
    def test_the_list_shows_what_whoever_acts_may_read(self, here: World) -> None:
        hidden = world("hidden", listed=False)
        here.open("listen")
        assert mufakat("consultation", "list").stdout == "here\tlisten\t\tA consultation for tests\n"
        inside = mufakat("consultation", "list", "--as", hidden.facilitator.email).stdout
        assert [line.partition("\t")[0] for line in inside.splitlines()] == ["here", "hidden"]

    def test_an_operator_opens_one_by_the_rule_of_the_page(self) -> None:
        operator = person(operator=True)
        words = ("--title", "Rivers", "--summary", "Who may fish.", "--facilitator", "f@example.org")
        result = mufakat("consultation", "open", "rivers", *words, "--invented", "--as", operator.email)
        assert result.stdout == "rivers is open.\n"
        opened = Consultation.objects.get()
        assert (opened.slug, opened.invented, opened.listed) == ("rivers", True, True)
        assert opened.roles.get().person.email == "f@example.org"

    @pytest.mark.parametrize("who", ["", "nobody"])
    def test_anybody_else_is_refused_in_one_line(self, who: str) -> None:
        acting = ("--as", person().email) if who else ()
        result = mufakat("consultation", "open", "rivers", "--title", "R", "--summary", "S", *acting)
        assert result.exit_code == 1
        assert result.stderr == "Error: refused: Only those who run this site can open a consultation.\n"
        assert not Consultation.objects.exists()

    def test_an_address_that_nobody_has_is_said(self) -> None:
        result = mufakat("consultation", "list", "--as", "ghost@example.org")
        assert (result.exit_code, result.stderr) == (
            1,
            "Error: nobody here has the address ghost@example.org\n",
        )

    @pytest.mark.parametrize("slug", ["here", "not a slug"])
    def test_a_name_that_is_taken_or_none_is_one_line(self, here: World, slug: str) -> None:
        operator = person(operator=True)
        words = ("--title", "R", "--summary", "S", "--as", operator.email)
        result = mufakat("consultation", "open", slug, *words)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1

    def test_votes_come_in_and_everything_goes_out(self, here: World, tmp_path: Path) -> None:
        votes = tmp_path / "votes.csv"
        votes.write_text("party,demand,vote\nA,1,1\nA,2,-1\nB,1,0\nB,2,1\nC,1,1\n")
        acting = ("--as", here.facilitator.email)
        result = mufakat("consultation", "import-votes", "here", str(votes), "--language", "en", *acting)
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith("2 demands, 3 parties and 5 votes came in;")
        assert (Demand.objects.count(), Vote.objects.count()) == (2, 5)
        result = mufakat("consultation", "export", "here", str(tmp_path / "team"), *acting)
        assert result.exit_code == 0, result.output
        assert (tmp_path / "team" / "votes.csv").exists()
        result = mufakat("consultation", "export", "here", str(tmp_path / "public"))
        assert result.exit_code == 0, result.output
        assert not (tmp_path / "public" / "votes.csv").exists()

    def test_votes_of_a_stranger_and_files_that_are_none_are_one_line(
        self, here: World, tmp_path: Path
    ) -> None:
        votes = tmp_path / "votes.csv"
        votes.write_text("party,demand,vote\nA,1,1\n")
        stranger = ("--as", person().email)
        result = mufakat("consultation", "import-votes", "here", str(votes), *stranger)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert result.stderr.startswith("Error: refused: ")
        acting = ("--as", here.facilitator.email)
        result = mufakat("consultation", "import-votes", "here", str(tmp_path / "none.csv"), *acting)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert not Vote.objects.exists()

    def test_a_consultation_that_may_not_be_read_does_not_exist(self, tmp_path: Path) -> None:
        world("hidden", listed=False)
        said = [
            mufakat("consultation", "export", slug, str(tmp_path / slug)).stderr.replace(slug, "…")
            for slug in ("hidden", "nowhere")
        ]
        assert said[0] == said[1] == "Error: there is no consultation '…' here that you may read\n"
        assert not list(tmp_path.iterdir())
