"""The recipe of ``docs/ledger.md``: whoever has Python and the database can verify it without Mufakat."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from mufakat.site.ledger.models import Chain, Event
from tests.site.factories import world

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).resolve().parents[3] / "docs" / "ledger.md"
CHAIN = ("id", "name", "length", "hash")
EVENT = (
    *("chain_id", "number", "microseconds", "person", "party"),
    *("act", "subject", "detail", "previous", "hash"),
)


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    """The lines of the page, as the file that it tells to make."""
    lines = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(lines) == 1
    script = tmp_path / "check.py"
    script.write_text(lines[0], encoding="utf-8")
    return script


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The two tables of a small ledger in an SQLite database, whatever the site itself stores in."""
    here = world()
    here.party("MRD")
    here.submission("Les puits d'abord, « d'urgence ».\nالآبار أولاً")
    path = tmp_path / "mufakat.sqlite3"
    database = sqlite3.connect(path)
    database.execute(f"CREATE TABLE ledger_chain ({', '.join(CHAIN)})")
    database.execute(f"CREATE TABLE ledger_event ({', '.join(EVENT)})")
    database.executemany("INSERT INTO ledger_chain VALUES (?, ?, ?, ?)", Chain.objects.values_list(*CHAIN))
    database.executemany(
        f"INSERT INTO ledger_event VALUES ({', '.join('?' * len(EVENT))})",
        Event.objects.order_by("-number").values_list(*EVENT),
    )
    database.commit()
    database.close()
    return path


def verified(recipe: Path, database: Path) -> tuple[int, str]:
    """Exit code and words of the recipe, run by a Python that knows nothing but its standard library."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(recipe), str(database)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def behind(database: Path, statement: str) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute(statement)
    connection.close()


def test_a_ledger_that_was_not_touched_is_whole(recipe: Path, copy: Path) -> None:
    code, words = verified(recipe, copy)
    head = Chain.objects.get()
    assert (code, words) == (0, f"{head.name} is whole 3 {head.hash}\n")


@pytest.mark.parametrize(
    ("statement", "event"),
    [
        ("UPDATE ledger_event SET person = '99' WHERE number = 2", 2),
        ("DELETE FROM ledger_event WHERE number = 1", 1),
        ("UPDATE ledger_event SET previous = '' WHERE number = 3", 3),
    ],
)
def test_what_was_changed_is_named(recipe: Path, copy: Path, statement: str, event: int) -> None:
    behind(copy, statement)
    code, words = verified(recipe, copy)
    assert code == 1
    assert f"broken at event {event}" in words


def test_a_dropped_end_is_seen(recipe: Path, copy: Path) -> None:
    behind(copy, "DELETE FROM ledger_event WHERE number = 3")
    assert "does not end where its head says" in verified(recipe, copy)[1]
