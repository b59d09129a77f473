"""A study comes back from its JSON, and what is no study is refused with its place."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat import story
from mufakat.opinion.errors import StudyError
from mufakat.opinion.reading import read_votes
from mufakat.opinion.restoring import study_from_json
from mufakat.opinion.result import Study
from mufakat.opinion.study import study
from mufakat.opinion.writing import as_json, write_json
from tests.opinion import studies

EVERY_STUDY = (studies.study, studies.one_group, studies.large, studies.smallest, studies.hostile)
LEAN = ("mufakat.opinion.restoring", "mufakat.opinion.report", "mufakat.opinion.routing")


def again(made: Study) -> Study:
    """The study after a way through JSON."""
    return study_from_json(json.loads(json.dumps(as_json(made))))


@pytest.mark.parametrize("made", EVERY_STUDY, ids=lambda made: made.__name__)
def test_a_study_comes_back_as_it_was_written(made: Callable[[], Study]) -> None:
    written = as_json(made())
    assert as_json(again(made())) == written


def test_the_study_of_the_story_comes_back(tmp_path: Path) -> None:
    found = study(read_votes(story.write(tmp_path)))
    path = write_json(found, tmp_path / "study.json")
    restored = study_from_json(json.loads(path.read_text("utf-8")))
    assert write_json(restored, tmp_path / "again.json").read_bytes() == path.read_bytes()


@given(
    st.integers(0, 6),
    st.integers(0, 4),
    st.integers(1, 4),
    st.booleans(),
    st.sampled_from([np.nan, np.inf, -0.0, 1 / 3, 1e300]),
)
def test_odd_studies_come_back(parties: int, demands: int, groups: int, declared: bool, odd: float) -> None:
    made = studies.study(parties=parties, demands=demands, groups=groups, declared=declared)
    nameless = [""] * parties
    made = replace(
        made,
        parties=replace(made.parties, name=nameless, x=np.full(parties, odd)),
        explained=(odd,) * groups,
        exposure=replace(made.exposure, axis=odd),
        demands=tuple(replace(d, adjusted=None, score=odd, constituencies=()) for d in made.demands),
    )
    assert as_json(again(made)) == as_json(made)


def test_what_was_no_number_is_nan_and_what_was_not_there_is_none() -> None:
    restored = again(studies.smallest())
    assert np.isnan(restored.exposure.axis)
    assert restored.demands[0].adjusted is None
    assert restored.demands[0].binding is None


def test_keys_of_a_later_time_are_left_aside() -> None:
    written = as_json(studies.study())
    later = {**written, "weather": "fair", "demands": [{**d, "colour": 1} for d in written["demands"]]}
    assert as_json(study_from_json(later)) == written


def changed(change: Callable[[Any], None]) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(json.dumps(as_json(studies.study())))
    change(written)
    return written


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.update(schema="mufakat.study/2"), "schema is 'mufakat.study/2': only .*mufakat.study/1"),
        (lambda d: d.pop("schema"), "schema is None"),
        (lambda d: d.pop("coverage"), "study has no key 'coverage'"),
        (lambda d: d["demands"][3].pop("pass"), r"demands\[3\] has no key 'pass'"),
        (
            lambda d: d["demands"][2]["constituencies"][1].pop("low"),
            r"demands\[2\]\.constituencies\[1\] has no key 'low'",
        ),
        (
            lambda d: d["demands"][2]["constituencies"][1].update(high="0.5"),
            r"demands\[2\]\.constituencies\[1\]\.high is '0.5', but must be a number",
        ),
        (
            lambda d: d["demands"][0].update(state="maybe"),
            r"demands\[0\]\.state is 'maybe', but must be one of holds everywhere",
        ),
        (lambda d: d["demands"][0].update(divides=["A"]), r"demands\[0\]\.divides is .* two names"),
        (lambda d: d["parties"][5].update(group="Z"), r"parties\[5\]\.group is 'Z', .* null or .* A, B, C"),
        (lambda d: d["parties"][5].update(votes=1.5), r"parties\[5\]\.votes is 1.5, .* whole number"),
        (lambda d: d["parties"].append(7), r"parties\[40\] is 7, but must be an object"),
        (lambda d: d["groups"]["sizes"].pop(), "groups has 3 names and 2 sizes"),
        (lambda d: d["groups"]["reference"].pop("3"), "groups.reference has no key '3'"),
        (lambda d: d["groups"]["stability"].update(x=1), "groups.stability is 'x'"),
        (lambda d: d["groups"].update(names="ABC"), "groups.names is 'ABC', but must be a list"),
        (lambda d: d["axes"]["explained"].append("much"), r"axes\.explained\[2\] is 'much'"),
        (lambda d: d["integrity"]["alike"][0].update(parties=["a"]), r"alike\[0\]\.parties is .* two ids"),
        (lambda d: d.update(invented=1), "study.invented is 1, but must be true or false"),
        (lambda d: d.update(seed=True), "study.seed is True, but must be a whole number"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_would_be_right(
    change: Callable[[Any], None], told: str
) -> None:
    with pytest.raises(StudyError, match=told):
        study_from_json(changed(change))


@pytest.mark.parametrize("document", [None, [], "study"])
def test_what_is_no_object_is_no_study(document: Any) -> None:
    with pytest.raises(StudyError, match="a study is an object"):
        study_from_json(document)


def test_a_large_study_comes_back_at_once() -> None:
    made = wide()
    text = json.dumps(as_json(made))
    start = time.process_time()
    restored = study_from_json(json.loads(text))
    taken = time.process_time() - start
    assert len(restored.demands[999].constituencies) == 40
    assert taken < 1.5  # five times what it takes on a slow machine


def wide() -> Study:
    """700 parties, 1,000 demands and 40 constituencies."""
    made = studies.study(parties=700, demands=1000, groups=4)
    standings = made.demands[0].constituencies[:1]
    more = tuple(replace(standings[0], family="region", name=f"Region {i}") for i in range(40))
    return replace(made, demands=tuple(replace(d, constituencies=more) for d in made.demands))


def test_who_only_shows_a_study_holds_no_scipy_in_memory() -> None:
    imports = "; ".join(f"import {name}" for name in LEAN)
    listed = f"import sys; {imports}; print([m for m in sys.modules if m.split('.')[0] == 'scipy'])"
    done = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_document_may_be_any_mapping() -> None:
    class Kept(Mapping[str, Any]):
        def __init__(self, inside: dict[str, Any]) -> None:
            self.inside = inside

        def __getitem__(self, key: str) -> Any:
            return self.inside[key]

        def __iter__(self) -> Any:
            return iter(self.inside)

        def __len__(self) -> int:
            return len(self.inside)

    written = as_json(studies.study())
    assert as_json(study_from_json(Kept(written))) == written
