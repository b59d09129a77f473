"""The tables say what was measured beside what was aimed at, and judge in favour of the peer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bench.process import Measured
from bench.report import BEGIN, END, Results, as_markdown, budgets, placed, ratios
from bench.sizes import SIZES

MACHINE = {
    "cores": 2,
    "processor": "one of ours",
    "memory": 8e9,
    "system": "Linux",
    "python": "3.11.0",
    "packages": {"numpy": "2.0"},
    "date": "2026-01-01",
    "load": 0.1,
}
OURS = Measured(
    wall=4.0,
    cpu=6.0,
    peak=500_000_000,
    stages={"import": (0.5, 0.5), "read": (1.0, 1.5), "study": (2.5, 4.0)},
    found={"votes": 3_777_724, "groups": 4, "rand": 0.9},
)
THEIRS = Measured(
    wall=500.0,
    cpu=540.0,
    peak=5_500_000_000,
    stages={"import": (5.0, 5.0), "read": (55.0, 55.0), "study": (440.0, 480.0)},
    found={"votes": 3_777_724, "groups": 3, "rand": 0.5},
)
ADDED = Measured(
    wall=60.0,
    cpu=70.0,
    peak=1,
    stages={"add": (0.4, 0.4), "draw": (0.5, 0.7), "anew": (20.0, 30.0)},
    found={
        "moments": True,
        "axes": 0.0,
        "places": 2e-16,
        "membership": 0.0,
        "holds": True,
        "groups": 4,
        "groups_chosen_anew": 4,
    },
)
MEDIUM = SIZES["medium"]


def results(**measured: Measured) -> Results:
    """Results by "size__what" with spaces and dashes as they are in names."""
    names = {"ours": "mufakat", "theirs": "red-dwarf", "added": "new votes"}
    keyed = {f"{key.split('_')[0]}/{names[key.split('_')[1]]}": cost for key, cost in measured.items()}
    sizes = tuple(size for size in SIZES.values() if any(key.startswith(size.name) for key in keyed))
    order = {key: i for i, key in enumerate(keyed, 1)}
    return Results(MACHINE, sizes, keyed, order, dict.fromkeys(keyed, 0.2))


def verdicts(found: Results) -> dict[str, str]:
    return {f"{budget.size}, {budget.what}": budget.verdict for budget in budgets(found)}


def test_the_peer_is_beaten_by_its_pipeline_alone() -> None:
    wall, cpu, memory = ratios(results(medium_ours=OURS, medium_theirs=THEIRS), MEDIUM)
    assert (wall.whole, wall.pipeline, wall.least) == (125.0, 110.0, 110.0)
    assert (cpu.whole, cpu.pipeline, cpu.least) == (90.0, 80.0, 80.0)
    assert (memory.whole, memory.pipeline, memory.least) == (11.0, None, 11.0)


def test_each_budget_is_met_or_not() -> None:
    assert verdicts(results(medium_ours=OURS, medium_theirs=THEIRS, large_added=ADDED)) == {
        "100k × 1k, times faster than red-dwarf, wall": "met",
        "100k × 1k, times less CPU than red-dwarf": "not met",
        "100k × 1k, times less memory than red-dwarf": "met",
        "100k × 1k, file to study, wall": "met",
        "100k × 1k, peak memory": "met",
        "100k × 1k, that map equals the full recompute (1 for yes)": "not measured",
        "1M × 2k, file to study, wall": "not measured",
        "1M × 2k, peak memory": "not measured",
        "1M × 2k, map after 1,000 new votes, wall": "met",
        "1M × 2k, that map equals the full recompute (1 for yes)": "met",
    }


@pytest.mark.parametrize(
    ("worse", "budget"),
    [
        ({"medium_ours": replace(OURS, wall=5.01)}, "100k × 1k, file to study, wall"),
        ({"medium_ours": replace(OURS, peak=601_000_000)}, "100k × 1k, peak memory"),
        (
            {"large_added": replace(ADDED, stages={**ADDED.stages, "draw": (0.61, 0.7)})},
            "1M × 2k, map after 1,000 new votes, wall",
        ),
        (
            {"large_added": replace(ADDED, found={**ADDED.found, "holds": False})},
            "1M × 2k, that map equals the full recompute (1 for yes)",
        ),
    ],
)
def test_a_budget_that_is_missed_says_so(worse: dict[str, Measured], budget: str) -> None:
    assert verdicts(results(**worse))[budget] == "not met"


def test_every_table_is_well_formed() -> None:
    text = as_markdown(results(medium_ours=OURS, medium_theirs=THEIRS, large_ours=OURS, large_added=ADDED))
    assert text.startswith("Measured on 2 cores (one of ours), 8 GB, Linux; Python 3.11.0, numpy 2.0;")
    tables = [part.splitlines() for part in text.split("\n\n") if part.startswith("|")]
    assert len(tables) == 5
    for table in tables:
        assert len({line.count("|") for line in table}) == 1
        assert len({len(line) for line in table}) == 1
    assert "not run: does not fit in memory" in text


def test_cost_per_vote_is_set_beside_that_of_the_smaller_set() -> None:
    dear = replace(OURS, cpu=120.0, stages={"import": (0, 0), "read": (30, 30.0), "study": (80, 83.06)})
    text = as_markdown(results(medium_ours=OURS, large_ours=dear))
    small, large = (line for line in text.splitlines() if "3,777,724" in line or "38,831,254" in line)
    assert [cell.strip() for cell in small.split("|")[2:7]] == ["3,777,724", "", "1.59", "1.46", ""]
    assert [cell.strip() for cell in large.split("|")[2:7]] == [
        "38,831,254",
        "10.3 ×",
        "3.09",
        "2.91",
        "2.00 ×",
    ]


def test_a_failed_peer_is_shown_with_its_reason() -> None:
    failed = Measured(wall=900, cpu=1700, peak=int(9e9), failure="stopped after 900 s")
    found = results(medium_ours=OURS, medium_theirs=failed)
    assert "stopped after 900 s" in as_markdown(found)
    assert ratios(found, MEDIUM) == []
    assert verdicts(found)["100k × 1k, times faster than red-dwarf, wall"] == "not measured"


def test_a_document_with_marks_keeps_what_stands_around_them(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text(f"# Before\n{BEGIN}\nold\n{END}\nAfter\n")
    assert placed("new", document) == f"# Before\n{BEGIN}\nnew\n{END}\nAfter\n"


def test_a_file_without_marks_is_written_whole(tmp_path: Path) -> None:
    (tmp_path / "table.md").write_text("something else")
    assert placed("new", tmp_path / "table.md") == "new\n"
    assert placed("new", tmp_path / "not-there.md") == "new\n"
