"""The runner measures what is asked for, keeps what is finished, and goes on from there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from bench import machine, opinion
from bench.opinion import BenchError, Cache, as_json, run
from bench.process import Measured
from bench.report import Results, as_markdown
from bench.sizes import Size
from bench.synthetic import Recipe, invent

TINY = Size("tiny", 300, 40, len(invent(Recipe(300, 40))), peer=False, uneven=False)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def tiny(cache: Cache) -> Results:
    return run([TINY], peer=False, cache=cache, fresh=False, say=lambda words: None)


def test_a_tiny_set_gives_figures_without_the_peer(tiny: Results) -> None:
    assert list(tiny.measured) == ["tiny/mufakat", "tiny/new votes"]
    study, added = tiny.of(TINY, "mufakat"), tiny.of(TINY, "new votes")
    assert study is not None
    assert added is not None
    assert study.found["votes"] == TINY.votes
    assert study.found["parties"] == 300
    assert set(study.stages) == {"import", "read", "study"}
    assert study.peak > 20e6
    assert added.found["holds"]
    assert added.found["new"] == 1_000


def test_its_tables_are_well_formed(tiny: Results) -> None:
    text = as_markdown(tiny)
    head, rule, mufakat, peer = (line for line in text.split("\n\n")[2].splitlines())
    assert head.count("|") == rule.count("|") == mufakat.count("|") == peer.count("|")
    assert mufakat.startswith("| 300 × 40 | Mufakat ")
    assert "Not measured in this run." in text


def test_everything_is_in_the_json(tiny: Results) -> None:
    read = json.loads(as_json(tiny))
    assert read["schema"] == "mufakat.bench.opinion/1"
    assert [(one["size"], one["what"], one["order"]) for one in read["measurements"]] == [
        ("tiny", "mufakat", 1),
        ("tiny", "new votes", 2),
    ]
    assert [budget["verdict"] for budget in read["budgets"]] == ["met"]
    assert read["machine"]["packages"]["numpy"]


def test_what_is_finished_is_not_measured_again(
    tiny: Results, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opinion, "measure", refuse)
    words: list[str] = []
    assert run([TINY], peer=False, cache=cache, fresh=False, say=words.append) == tiny
    assert words == ["300 × 40, mufakat: kept from before", "300 × 40, new votes: kept from before"]


def test_a_change_of_the_code_measured_forgets_what_is_finished(
    tiny: Results, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = machine.fingerprint(opinion.MEASURED)
    assert set(cache.recall(mark)["measurements"]) == set(tiny.measured)
    assert cache.recall("another")["measurements"] == {}
    assert machine.fingerprint({*opinion.MEASURED, "bench.report"}) != mark


def test_other_votes_than_are_told_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinion, "measure", lambda *_, **__: Measured(1, 1, 1, found={"votes": 5}))
    with pytest.raises(BenchError, match=f"read 5 votes of {TINY.votes}"):
        run([TINY], peer=False, cache=Cache(tmp_path), fresh=True, say=lambda words: None)


def test_the_reason_of_a_failure_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opinion, "measure", lambda *_, **__: Measured(1, 1, 1, failure="MemoryError"))
    assert opinion.main(["--no-peer", "--cache", str(tmp_path)]) == 1
    assert "mufakat bench: 10k × 500: the votes could not be invented: MemoryError" in capsys.readouterr().err


def refuse(module: str, arguments: Sequence[str], *, limit: float | None = None) -> Measured:
    raise AssertionError(f"{module} was measured again")
