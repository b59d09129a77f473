"""``mufakat opinion``: files, JSON and reasons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mufakat import story
from mufakat.cli.opinion import opinion

WRITTEN = {
    *("study.json", "report.html", "parties.csv", "demands.csv"),
    *("constituencies.csv", "representative.csv", "coverage.csv"),
}


@pytest.fixture(scope="module")
def consultation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return story.write(tmp_path_factory.mktemp("story"))


def test_a_study_writes_its_report_and_tables(consultation: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(opinion, ["study", str(consultation), "--out", str(tmp_path / "report")])
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "report").iterdir()} == WRITTEN
    assert "181 parties, 60 demands, 8514 votes; 3 opinion groups" in result.stdout
    assert "14 hold everywhere" in result.stdout


def test_rows_that_were_not_taken_are_written_out(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text("party,demand,vote\na,1,1\nb,1,yess\nc,1,-1\n", encoding="utf-8")
    result = CliRunner().invoke(
        opinion, ["study", str(tmp_path / "votes.csv"), "--out", str(tmp_path / "out")]
    )
    assert result.exit_code == 0, result.output
    assert "1 rows were not taken" in result.stderr
    rejected = (tmp_path / "out" / "rejected.csv").read_text("utf-8").splitlines()
    assert rejected[1].startswith("votes.csv,3,yess,")
    rows = json.loads((tmp_path / "out" / "study.json").read_text("utf-8"))["rows"]
    assert rows == {"read": 3, "kept": 2, "superseded": 0, "rejected": 1}


def test_json_goes_to_standard_output_and_nothing_is_written(
    consultation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(opinion, ["study", str(consultation), "--json", "--groups", "2"])
    study = json.loads(result.stdout)
    assert study["schema"] == "mufakat.study/1"
    assert study["groups"]["k"] == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["study", "polis"])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "nowhere.csv"),
        ("", "empty"),
        ("party,demand\na,1\n", "vote"),
        ("party,party,demand,vote\na,b,1,1\n", "party"),
        ("party,demand,vote\na,1,4\nb,1,2\nc,1,5\nd,1,3\n", "scale"),
    ],
    ids=["missing file", "empty file", "missing column", "column twice", "another scale"],
)
def test_what_cannot_be_done_is_told_on_standard_error(
    tmp_path: Path, command: str, content: str | None, reason: str
) -> None:
    path = tmp_path / ("nowhere.csv" if content is None else "votes.csv")
    if content is not None:
        path.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(opinion, [command, str(path)])
    assert result.exit_code != 0
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert reason in result.stderr
    assert path.name in result.stderr


def test_a_folder_that_cannot_be_written_to_is_told(consultation: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    result = CliRunner().invoke(
        opinion, ["study", str(consultation), "--out", str(tmp_path / "file" / "out")]
    )
    assert result.exit_code != 0
    assert "cannot write to" in result.stderr


def test_the_polis_reading_is_printed_as_text_and_as_json(consultation: Path) -> None:
    text = CliRunner().invoke(opinion, ["polis", str(consultation)])
    assert text.exit_code == 0, text.output
    assert len(text.stdout.splitlines()) > 10
    found = CliRunner().invoke(opinion, ["polis", str(consultation), "--json"])
    assert found.exit_code == 0, found.output
    assert isinstance(json.loads(found.stdout), dict)


@pytest.mark.real_data
def test_a_real_export_is_studied_whole(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "polis" / "scoop-hivemind.biodiversity"
    result = CliRunner().invoke(opinion, ["study", str(source), "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    study = json.loads((tmp_path / "study.json").read_text("utf-8"))
    assert study["rows"] == {"read": 29802, "kept": 29719, "superseded": 83, "rejected": 0}
    assert len(study["parties"]) == 536
