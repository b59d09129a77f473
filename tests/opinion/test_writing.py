"""study.json and the CSV tables: what they hold, and that equal studies give equal bytes."""

from __future__ import annotations

import csv
import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.opinion.result import SCHEMA, Study
from mufakat.opinion.writing import FORMULA_STARTS, as_json, guarded, rounded, write_csvs, write_json
from tests.opinion import studies

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "study-json.md"
EVERY_STUDY = (studies.study, studies.one_group, studies.smallest, studies.hostile)


@pytest.fixture(params=EVERY_STUDY, ids=lambda made: made.__name__)
def study(request: pytest.FixtureRequest) -> Study:
    made: Callable[[], Study] = request.param
    return made()


def strict(text: str) -> Any:
    """JSON without the NaN and Infinity that Python alone accepts."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_keys_stand_in_one_order() -> None:
    found = as_json(studies.study())
    assert list(found) == [
        *("schema", "title", "invented", "seed", "least", "parties", "demands", "axes", "groups", "rows"),
        *("representative", "coverage", "exposure", "integrity", "notes"),
    ]
    assert found["schema"] == SCHEMA == "mufakat.study/1"
    assert list(found["parties"][0]) == ["id", "name", "group", "membership", "x", "y", "votes"]
    assert list(found["demands"][0]) == [
        *("id", "text", "language", "agree", "disagree", "pass", "adjusted", "state", "score", "binding"),
        *("constituencies", "flip", "divides"),
    ]
    assert list(found["demands"][0]["constituencies"][0]) == ["family", "name", "n", "agree", "low", "high"]
    assert list(found["rows"]) == ["read", "kept", "superseded", "rejected"]


def test_the_figures_are_those_of_the_study() -> None:
    made = studies.study()
    found = as_json(made)
    party = found["parties"][3]
    assert party["id"] == "P3"
    assert party["group"] == made.groups.names[made.parties.group[3]]
    assert party["x"] == pytest.approx(made.parties.x[3], rel=1e-5)
    assert party["votes"] == made.parties.votes[3]
    demand, source = found["demands"][1], made.demands[1]
    assert (demand["agree"], demand["disagree"], demand["pass"]) == (
        source.agree,
        source.disagree,
        source.passes,
    )
    assert demand["divides"] == ["A", "C"]
    assert demand["state"] == "contested"
    assert source.binding is not None
    assert demand["binding"] == {"family": source.binding[0], "name": source.binding[1]}
    assert found["groups"]["k"] == 3
    assert found["groups"]["stability"] == {"2": 0.45, "3": 0.93, "4": 0.45, "5": 0.45}
    assert found["axes"] == {"explained": [0.231, 0.094]}
    assert found["integrity"]["straight"] == [{"party": "P7", "vote": 1, "votes": 11}]
    assert found["integrity"]["alike"] == [{"parties": ["P3", "P9"], "common": 12, "alike": 1.0}]


def test_the_file_holds_what_as_json_gives(study: Study, tmp_path: Path) -> None:
    path = write_json(study, tmp_path / "study.json")
    assert strict(path.read_text("utf-8")) == as_json(study)


def test_equal_studies_give_equal_bytes(tmp_path: Path) -> None:
    first = write_json(studies.study(), tmp_path / "first.json").read_bytes()
    assert write_json(studies.study(), tmp_path / "second.json").read_bytes() == first
    assert str(tmp_path).encode() not in first


def test_what_is_not_a_number_is_null(tmp_path: Path) -> None:
    made = studies.study(parties=2, demands=1, groups=1)
    made = replace(made, parties=replace(made.parties, x=np.array([np.nan, np.inf])))
    found = strict(write_json(made, tmp_path / "study.json").read_text("utf-8"))
    assert [party["x"] for party in found["parties"]] == [None, None]
    assert as_json(studies.smallest())["exposure"]["axis"] is None


def test_a_study_without_parties_and_demands_is_still_json(tmp_path: Path) -> None:
    made = studies.study(parties=0, demands=0, groups=1)
    found = strict(write_json(made, tmp_path / "study.json").read_text("utf-8"))
    assert found["parties"] == []
    assert found["demands"] == []


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_keep_six_significant_digits(value: float) -> None:
    found = rounded(value)
    assert found is not None
    assert math.isclose(found, value, rel_tol=5.01e-6, abs_tol=1e-320)
    assert rounded(found) == found


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_comes_back_from_json_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    made = studies.study(parties=1, demands=1, groups=1)
    made = replace(made, title=text, parties=replace(made.parties, id=[text]))
    found = strict(write_json(made, tmp_path_factory.getbasetemp() / "study.json").read_text("utf-8"))
    assert (found["title"], found["parties"][0]["id"]) == (text, text)


def test_half_a_character_does_not_stop_the_writing(tmp_path: Path) -> None:
    made = replace(studies.study(parties=1, demands=1, groups=1), title="half \ud83d")
    assert strict(write_json(made, tmp_path / "study.json").read_text("utf-8"))["title"] == "half ?"


def test_the_tables_hold_one_row_an_item(tmp_path: Path) -> None:
    made = studies.study()
    names = [path.name for path in write_csvs(made, tmp_path)]
    assert names == ["parties.csv", "demands.csv", "constituencies.csv", "representative.csv", "coverage.csv"]
    assert len(rows(tmp_path / "parties.csv")) == 40
    assert len(rows(tmp_path / "constituencies.csv")) == sum(len(d.constituencies) for d in made.demands)
    assert len(rows(tmp_path / "representative.csv")) == len(made.representative)
    assert len(rows(tmp_path / "coverage.csv")) == len(made.coverage)
    demand = rows(tmp_path / "demands.csv")[1]
    assert demand["text"] == made.demands[1].text
    assert (demand["divides_for"], demand["divides_against"]) == ("A", "C")
    assert float(demand["score"]) == pytest.approx(made.demands[1].score, rel=1e-5)
    assert demand["flip"] == ""
    assert rows(tmp_path / "representative.csv")[0]["side"] == "disagree"


def test_numbers_of_tables_are_never_guarded(tmp_path: Path) -> None:
    made = studies.study()
    write_csvs(made, tmp_path)
    places = [float(row["x"]) for row in rows(tmp_path / "parties.csv")]
    assert min(places) < 0
    assert places == pytest.approx(made.parties.x, rel=1e-5)


def test_texts_that_a_spreadsheet_would_run_get_an_apostrophe(tmp_path: Path) -> None:
    write_csvs(studies.hostile(), tmp_path)
    ids = [row["party"] for row in rows(tmp_path / "parties.csv")[:4]]
    assert ids == ["'=1+1", "'-2", "'@sum", "<b>"]
    texts = [row["text"] for row in rows(tmp_path / "demands.csv")]
    assert texts[2] == '\'=HYPERLINK("http://example.invalid")'
    assert texts[5].startswith('new\nline, "quote"')


@given(st.text(max_size=20))
def test_no_guarded_text_begins_like_a_formula(text: str) -> None:
    safe = guarded(text)
    assert not safe.lstrip(" ").startswith(FORMULA_STARTS)
    assert safe.removeprefix("'") == text.removeprefix("'")


def test_many_parties_are_written_in_seconds(tmp_path: Path) -> None:
    made = studies.study(parties=100_000, demands=2, groups=2)
    start = time.process_time()
    path = write_json(made, tmp_path / "study.json")
    write_csvs(made, tmp_path)
    assert time.process_time() - start < 5
    assert len(strict(path.read_text("utf-8"))["parties"]) == 100_000


def keys(value: Any) -> Iterator[str]:
    """Every key anywhere in the study but the names that votes and files bring along."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if not key.isdigit():
                yield key
            if key != "notes":
                yield from keys(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from keys(inside)


def test_every_key_and_every_column_is_documented(tmp_path: Path) -> None:
    text = DOCUMENT.read_text("utf-8")
    names = set(keys(as_json(studies.study())))
    for path in write_csvs(studies.study(), tmp_path):
        names.update(path.read_text("utf-8").splitlines()[0].split(","))
        assert path.name in text
    assert not {name for name in names if f"`{name}`" not in text}
    assert SCHEMA in text
