from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

from mufakat import story

FILES = ("README.txt", "demands.csv", "parties.csv", "votes.csv")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_writes_the_three_tables_and_says_that_all_is_invented(tmp_path: Path) -> None:
    place = story.write(tmp_path / "new" / "folder")
    assert place == tmp_path / "new" / "folder"
    assert tuple(sorted(path.name for path in place.iterdir())) == FILES
    assert "Everything in this folder is invented" in (place / "README.txt").read_text(encoding="utf-8")


def test_what_is_written_reads_back_as_what_the_library_gives(tmp_path: Path) -> None:
    place = story.write(tmp_path)
    votes = [
        story.VoteEvent(r["party"], r["demand"], int(r["vote"]), int(r["time"]))
        for r in rows(place / "votes.csv")
    ]
    assert tuple(votes) == story.votes()
    parties = [(r["party"], r["name"], r["kind"], r["groups"]) for r in rows(place / "parties.csv")]
    assert parties == [(p.party, p.name, p.kind, ";".join(p.groups)) for p in story.parties()]
    demands = [
        (r["demand"], r["text"], r["language"], r["english"], r["theme"]) for r in rows(place / "demands.csv")
    ]
    assert demands == [(d.demand, d.text, d.language, d.english, d.theme) for d in story.demands()]


def test_the_planted_outcome_is_not_given_away(tmp_path: Path) -> None:
    assert list(rows(story.write(tmp_path) / "demands.csv")[0]) == [
        "demand",
        "text",
        "language",
        "english",
        "theme",
    ]


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    here = story.write(tmp_path / "here", seed=5)
    program = "import sys; from mufakat import story; story.write(sys.argv[1], seed=5)"
    environment = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "there")], check=True, env=environment)
    assert all((tmp_path / "there" / name).read_bytes() == (here / name).read_bytes() for name in FILES)


def test_writing_again_replaces_the_files(tmp_path: Path) -> None:
    story.write(tmp_path, seed=1)
    story.write(tmp_path, seed=2)
    assert (tmp_path / "votes.csv").read_bytes() == (
        story.write(tmp_path / "b", seed=2) / "votes.csv"
    ).read_bytes()
