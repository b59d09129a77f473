"""Laws of the whole: order, naming, threads and process do not change what is found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from bench.groups import World, draw
from hypothesis import given, settings
from hypothesis import strategies as st

from mufakat.opinion.map import opinion_map
from mufakat.opinion.moments import moments_of
from mufakat.opinion.votes import Votes
from tests.opinion.consultations import Events, events, pivot, same_votes
from tests.opinion.test_map import same_map
from tests.opinion.test_moments import same

PROJECT_ROOT = Path(__file__).resolve().parents[2]

PRINT_MAP = """
import sys
import numpy as np
from bench.groups import World, draw
from mufakat.opinion.map import opinion_map
from mufakat.opinion.moments import moments_of

votes, _ = draw(World(90, 40, 3, separation=2.0, votes=30), np.random.default_rng(7))
found = opinion_map(votes, moments_of(votes), seed=5)
for array in (found.axes.loadings, found.place, found.label, found.share):
    np.save(sys.stdout.buffer, array)
sys.stdout.buffer.write(repr(found.choice).encode())
"""

WRITE_STUDY = """
import sys
from mufakat.opinion.reading import read_parties, read_votes
from mufakat.opinion.study import study
from mufakat.opinion.writing import write_json

folder = sys.argv[1]
constituencies, _ = read_parties(folder + "/parties.csv")
found = study(read_votes(folder + "/votes.csv"), constituencies=constituencies, seed=3)
write_json(found, sys.argv[2])
"""


def in_process(script: str, hash_seed: int, *arguments: str) -> bytes:
    """What a script prints in a process of its own, in which strings hash as `hash_seed` says."""
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=PROJECT_ROOT,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": str(PROJECT_ROOT / "src")},
        capture_output=True,
        check=True,
    )
    return run.stdout


def rows_of(votes: Votes) -> Events:
    """The votes as events in the order in which they are kept."""
    party = np.repeat(np.arange(len(votes.parties)), votes.cast).tolist()
    rows = zip(party, votes.demand.tolist(), votes.value.tolist(), [0] * len(votes), strict=True)
    return Events(tuple(votes.parties), tuple(votes.demands), tuple(rows))


@given(events(), st.data())
def test_the_order_of_parties_and_demands_in_the_input_changes_nothing(
    drawn: Events, data: st.DataObject
) -> None:
    other = drawn.recoded(
        data.draw(st.permutations(range(len(drawn.parties)))),
        data.draw(st.permutations(range(len(drawn.demands)))),
    )
    assert same_votes(drawn.votes(), other.votes())
    assert same(moments_of(drawn.votes()), moments_of(other.votes()))


@given(events(), st.data())
def test_the_order_of_rows_of_different_times_changes_nothing(drawn: Events, data: st.DataObject) -> None:
    timed = drawn.with_rows([(p, s, value, i) for i, (p, s, value, _) in enumerate(drawn.rows)])
    shuffled = timed.with_rows(data.draw(st.permutations(timed.rows)))
    assert same_votes(timed.votes(), shuffled.votes())
    assert pivot(shuffled.votes()) == drawn.last(timed=False)


@given(events(), st.data())
@settings(max_examples=10)
def test_a_map_drawn_from_rows_in_another_order_is_the_same(drawn: Events, data: st.DataObject) -> None:
    plain = rows_of(drawn.votes())
    other = plain.with_rows(data.draw(st.permutations(plain.rows))).recoded(
        data.draw(st.permutations(range(len(plain.parties)))),
        data.draw(st.permutations(range(len(plain.demands)))),
    )
    first, second = (opinion_map(v, moments_of(v)) for v in (plain.votes(), other.votes()))
    assert same_map(first, second)


def test_a_map_with_groups_drawn_from_shuffled_rows_is_the_same() -> None:
    votes, _ = draw(World(90, 40, 3, separation=2.0, votes=30), np.random.default_rng(7))
    plain = rows_of(votes)
    random = np.random.default_rng(8)
    shuffled = plain.with_rows([plain.rows[i] for i in random.permutation(len(plain.rows))])
    shuffled = shuffled.recoded(random.permutation(90).tolist(), random.permutation(40).tolist())
    first, second = opinion_map(votes, moments_of(votes)), shuffled.votes()
    assert first.choice.k == 3
    assert same_map(first, opinion_map(second, moments_of(second, threads=1), threads=1))


def test_other_names_that_keep_the_order_change_nothing_but_names() -> None:
    votes, _ = draw(World(30, 20, 2, separation=2.0), np.random.default_rng(9))
    plain = rows_of(votes)
    renamed = Events(
        tuple(f"party {int(p):03}" for p in plain.parties),
        tuple(f"demand {int(s):03}" for s in plain.demands),
        plain.rows,
    ).votes()
    assert same_map(opinion_map(votes, moments_of(votes)), opinion_map(renamed, moments_of(renamed)))


@pytest.mark.component
def test_two_processes_draw_the_same_map_to_the_last_byte() -> None:
    first, second = in_process(PRINT_MAP, 1), in_process(PRINT_MAP, 2)
    assert len(first) > 1000
    assert first == second


@pytest.mark.component
def test_two_processes_write_the_same_study_to_the_last_byte(tmp_path: Path) -> None:
    votes, planted = draw(World(60, 20, 2, separation=2.0), np.random.default_rng(11))
    rows = rows_of(votes).rows
    lines = ["party,demand,vote,time", *(f"{p},d{s},{v},{i}" for i, (p, s, v, _) in enumerate(rows))]
    (tmp_path / "votes.csv").write_text("\n".join(lines), encoding="utf-8")
    kinds = [
        f"{p},{'state' if g else 'civil society'},{'G77;LDC' if p % 3 else 'AOSIS'}"
        for p, g in enumerate(planted)
    ]
    (tmp_path / "parties.csv").write_text("\n".join(["party,kind,groups", *kinds]), encoding="utf-8")
    written = []
    for hash_seed in (1, 2):
        path = tmp_path / f"study-{hash_seed}.json"
        in_process(WRITE_STUDY, hash_seed, str(tmp_path), str(path))
        written.append(path.read_bytes())
    assert len(written[0]) > 10_000
    assert written[0] == written[1]
