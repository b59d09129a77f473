from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from mufakat.opinion.errors import InputError
from mufakat.opinion.reading import read_votes
from tests.opinion.reading.compare import cells, plain, written


def saved(folder: Path, **columns: Any) -> Path:
    path = folder / "votes.parquet"
    parquet.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize(
    "vote",
    [pa.array([1, 0, -1]), pa.array([1.0, 0.0, -1.0]), pa.array(["agree", "pass", "no"]).dictionary_encode()],
)
def test_votes_of_any_type_read_alike(tmp_path: Path, vote: pa.Array) -> None:
    reading = read_votes(saved(tmp_path, party=["a", "a", "b"], demand=[1, 2, 1], vote=vote))
    assert cells(reading.votes) == {("a", "1"): 1, ("a", "2"): 0, ("b", "1"): -1}


def test_parquet_reads_as_the_same_table_in_csv(tmp_path: Path) -> None:
    rows = [(i % 5, i % 3, i % 3 - 1, 100 - i) for i in range(30)]
    text = "party,demand,vote,time\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
    party, demand, vote, time = zip(*rows, strict=True)
    path = saved(tmp_path, party=party, demand=demand, vote=vote, time=time)
    assert plain(read_votes(path)) == plain(read_votes(written(tmp_path, text)))


def test_a_missing_value_is_an_empty_one_and_rows_count_from_1(tmp_path: Path) -> None:
    path = saved(tmp_path, party=["a", None, "b"], demand=[1.0, 2.0, None], vote=[1, 1, 0])
    reading = read_votes(path)
    assert cells(reading.votes) == {("a", "1"): 1}
    assert [(r.row, r.reason) for r in reading.rejections] == [
        (2, "the party is empty"),
        (3, "the demand is empty"),
    ]


@pytest.mark.parametrize(
    ("times", "first"),
    [
        (
            [datetime(2020, 1, 2, 3, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)],
            datetime(2020, 1, 1, tzinfo=UTC),
        ),
        ([datetime(2020, 1, 2), datetime(2020, 1, 1, 5)], datetime(2020, 1, 1, 5, tzinfo=UTC)),  # noqa: DTZ001
        ([date(2020, 1, 2), date(2020, 1, 1)], datetime(2020, 1, 1, tzinfo=UTC)),
    ],
)
def test_times_of_any_type_order_the_votes(tmp_path: Path, times: list[Any], first: datetime) -> None:
    reading = read_votes(saved(tmp_path, party=["a", "a"], demand=["d", "d"], vote=[1, -1], time=times))
    assert cells(reading.votes) == {("a", "d"): 1}
    assert reading.time_range is not None
    assert reading.time_range[0] == first


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, party=["a"], demand=["d"], vote=[1])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match=r"votes\.parquet: cannot be read as Parquet"):
        read_votes(path)


def test_a_column_of_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"column 'vote' holds list<.*should hold text, numbers or times"):
        read_votes(saved(tmp_path, party=["a"], demand=["d"], vote=[[1]]))


def test_a_folder_may_hold_parquet(tmp_path: Path) -> None:
    saved(tmp_path, party=["a"], demand=["d"], vote=[1])
    assert cells(read_votes(tmp_path).votes) == {("a", "d"): 1}
