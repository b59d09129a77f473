"""The whole study: of the invented consultation, of very small ones, and the same bytes every time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mufakat import story
from mufakat.opinion.errors import StudyError
from mufakat.opinion.reading import Reading, read_parties, read_votes
from mufakat.opinion.result import OPINION_GROUPS, State, Study
from mufakat.opinion.study import group_names, study


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return study(read_votes(story.write(tmp_path_factory.mktemp("story"))))


def reading(folder: Path, rows: str, **tables: str) -> Reading:
    (folder / "votes.csv").write_text("party,demand,vote\n" + rows, encoding="utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_votes(folder)


def test_the_study_of_the_story_finds_what_was_planted(invented: Study) -> None:
    planted = {demand.demand: demand.planted for demand in story.demands()}
    found: dict[str, set[str]] = {}
    for demand in invented.demands:
        outcome = "divides" if demand.divides else demand.state.value
        found.setdefault(planted[demand.id], set()).add(outcome)
    assert found == {
        "everywhere": {"holds everywhere"},
        "divides": {"divides"},
        "unheard": {"not heard enough"},
        "mixed": {"contested"},
    }


def test_the_three_planted_groups_are_found_though_a_tenth_of_parties_stand_between_them(
    invented: Study,
) -> None:
    planted = story.planted_groups()
    table: dict[tuple[str, int], int] = {}
    for party, group in zip(invented.parties.id, invented.parties.group.tolist(), strict=True):
        pair = planted[party], group
        table[pair] = table.get(pair, 0) + 1
    assert invented.groups.k == 3
    assert not invented.groups.forced
    best = [max(table.get((name, g), 0) for name in set(planted.values())) for g in range(3)]
    assert sum(best) / len(invented.parties.id) > 0.85


def test_those_who_did_not_read_and_the_copy_are_flagged_and_nobody_else(invented: Study) -> None:
    assert {vote for _, vote, _ in invented.integrity.straight} == {1}
    assert len(invented.integrity.straight) == 5
    assert len(invented.integrity.alike) == 1


def test_coverage_tells_who_has_not_been_heard(invented: Study) -> None:
    everyone = invented.coverage[0]
    assert (everyone.declared, everyone.heard, everyone.votes) == (250, 181, 8514)
    kinds = [row for row in invented.coverage if row.family == "kind"]
    assert sum(row.declared for row in kinds) == 250
    assert sum(row.heard for row in kinds) == 181


def test_votes_add_up_in_every_family(invented: Study) -> None:
    for demand in invented.demands:
        cast = demand.agree + demand.disagree + demand.passes
        for family in ("all parties", "kind", "region", OPINION_GROUPS):
            assert sum(s.n for s in demand.constituencies if s.family == family) == cast
        assert all(0 <= s.low <= s.agree <= s.high <= 1 for s in demand.constituencies)
        assert demand.score == min(s.low for s in demand.constituencies)
        assert (demand.flip is not None) == (demand.state is State.EVERYWHERE)


@pytest.mark.component
def test_two_processes_write_identical_bytes(tmp_path: Path) -> None:
    source = story.write(tmp_path / "story")
    command = [sys.executable, "-m", "mufakat", "opinion", "study", str(source), "--out"]
    for run in ("first", "second"):
        environment = {**os.environ, "PYTHONHASHSEED": "1" if run == "first" else "2"}
        subprocess.run([*command, str(tmp_path / run)], env=environment, check=True, capture_output=True)
    names = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert "study.json" in names
    for name in names:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    for name, order in (("one", 1), ("other", -1)):
        folder = story.write(tmp_path / name)
        header, *rows = (folder / "votes.csv").read_text("utf-8").splitlines()
        (folder / "votes.csv").write_text("\n".join([header, *rows[::order]]) + "\n", encoding="utf-8")
    from mufakat.opinion.writing import as_json

    assert as_json(study(read_votes(tmp_path / "one"))) == as_json(study(read_votes(tmp_path / "other")))


@pytest.mark.parametrize(
    ("rows", "parties", "demands"),
    [
        ("a,1,1\n", 1, 1),
        ("a,1,0\n", 1, 1),
        ("a,1,1\na,2,0\na,3,-1\n", 1, 3),
        ("".join(f"p{i},1,1\n" for i in range(40)), 40, 1),
        ("".join(f"p{i},{j},0\n" for i in range(20) for j in range(5)), 20, 5),
        ("".join(f"p{i},{j},1\n" for i in range(20) for j in range(5)), 20, 5),
        ("".join(f"p{i},{i},1\n" for i in range(20)), 20, 20),
    ],
    ids=["one vote", "one pass", "one party", "one demand", "all pass", "all agree", "nothing in common"],
)
def test_the_smallest_consultations_are_studied(
    tmp_path: Path, rows: str, parties: int, demands: int
) -> None:
    found = study(reading(tmp_path, rows))
    assert len(found.parties.id) == parties
    assert len(found.demands) == demands
    assert found.groups.k == 1
    assert all(0 <= demand.score <= 1 for demand in found.demands)


def test_a_demand_nobody_voted_on_is_not_heard_enough(tmp_path: Path) -> None:
    votes = "".join(f"p{i},1,1\n" for i in range(30))
    found = study(reading(tmp_path, votes, demands="demand,text\n1,Heard\n2,Unheard\n"))
    unheard = next(demand for demand in found.demands if demand.id == "2")
    assert unheard.state is State.UNHEARD
    assert unheard.adjusted is None
    assert (unheard.agree, unheard.disagree, unheard.passes) == (0, 0, 0)


def test_no_votes_are_refused_with_the_reason(tmp_path: Path) -> None:
    both = "a,1,1\nb,1,1\n"
    found = reading(tmp_path, both)
    hidden = Reading(
        **{
            name: getattr(found, name)
            for name in (
                "votes",
                "rows",
                "rejections",
                "title",
                "texts",
                "event_agree",
                "event_disagree",
                "format",
            )
        },
        hidden=frozenset({"1"}),
    )
    with pytest.raises(StudyError, match="1 demands are hidden"):
        study(hidden)


def test_more_groups_than_parties_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="k=5 groups of 2 parties"):
        study(reading(tmp_path, "a,1,1\nb,1,1\n"), groups=5)


def test_groups_can_be_asked_for(tmp_path: Path) -> None:
    found = study(read_votes(story.write(tmp_path)), groups=2)
    assert (found.groups.k, found.groups.forced, len(found.groups.sizes)) == (2, True, 2)


def test_a_table_of_parties_given_apart_is_used(tmp_path: Path) -> None:
    votes = "".join(f"p{i},{j},1\n" for i in range(12) for j in range(4))
    table = tmp_path / "who.csv"
    table.write_text("party,kind\n" + "".join(f"p{i},{'ab'[i % 2]}\n" for i in range(14)), encoding="utf-8")
    declared, _ = read_parties(table)
    found = study(reading(tmp_path, votes), constituencies=declared)
    assert [(row.family, row.name, row.declared, row.heard) for row in found.coverage] == [
        ("all parties", "everyone", 14, 12),
        ("kind", "a", 7, 6),
        ("kind", "b", 7, 6),
    ]


def test_progress_goes_up_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []
    study(reading(tmp_path, "a,1,1\nb,1,-1\n"), progress=lambda done, doing: told.append(done))
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1


def test_groups_past_the_alphabet_have_two_letters() -> None:
    names = group_names(60)
    assert names[:2] == ("A", "B")
    assert names[25:28] == ("Z", "AA", "AB")
    assert len(set(names)) == 60
