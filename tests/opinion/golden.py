"""Recorded results of the Polis engine, beside the votes that they came from.

Two exports with the engine's own result and five recorded fixtures lie in ``../shared/data/polis-golden``.
A vote to agree is +1 in all the files of votes, as it is in Mufakat, but -1 inside the engine: what was read
from an engine result is turned round once, here, where it is read.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.votes import Floats, Votes, votes_from_events

EXPORTS = {
    "biodiversity": "r4tykwac8thvzv35jrn53-biodiversity",
    "vw": "r6vbnhffkxbd7ifmfbdrd-vw",
}
INCOMPLETE = "50ptpt-3gp-strict-no-meta"
FIXTURES = (
    "150ptpt-3gp-no-strict-no-meta",
    "25ptpt-3gp-no-strict-with-meta",
    INCOMPLETE,
    "above-100-ptpts",
    "below-100-ptpts",
)
NAMES = (*EXPORTS, *FIXTURES)

# Participant 50 disagreed on these statements; the recorded votes lack it, the engine's centre implies it.
LOST_PARTY, LOST_DEMANDS = "50", ("1", "4", "12", "20")

Event = tuple[str, str, int, int]  # party, demand, vote, time


@dataclass(frozen=True, eq=False)
class Golden:
    """One conversation and what the engine made of it; arrays are in the order of `votes`, agree is +1."""

    name: str
    votes: Votes
    blob: Mapping[str, Any]

    @cached_property
    def hidden(self) -> list[str]:
        return [str(tid) for tid in self.blob["mod-out"]]

    @cached_property
    def meta(self) -> list[str]:
        return [str(tid) for tid in self.blob["meta-tids"]]

    @cached_property
    def hidden_mask(self) -> NDArray[np.bool_]:
        return np.isin(np.array(self.votes.demands), self.hidden)

    @cached_property
    def centre(self) -> Floats:
        return -self._by_demand(self.blob["pca"]["center"])

    @cached_property
    def components(self) -> Floats:
        """Shape (S, 2); turned round, so that a position in Mufakat's votes is the engine's position."""
        return -np.stack([self._by_demand(column) for column in self.blob["pca"]["comps"]], axis=1)

    @cached_property
    def demand_positions(self) -> Floats:
        """Shape (S, 2); both the vote and the component are turned round, so positions stay."""
        columns = self.blob["pca"]["comment-projection"]
        return np.stack([self._by_demand(column) for column in columns], axis=1)

    @cached_property
    def extremity(self) -> Floats:
        return self._by_demand(self.blob["pca"]["comment-extremity"])

    @cached_property
    def base_members(self) -> list[list[int]]:
        """Indices of the parties in each base cluster."""
        place = {party: p for p, party in enumerate(self.votes.parties)}
        return [[place[str(pid)] for pid in members] for members in self.blob["base-clusters"]["members"]]

    @cached_property
    def base_centres(self) -> Floats:
        return np.stack([self.blob["base-clusters"][axis] for axis in "xy"], axis=1)

    @cached_property
    def base_groups(self) -> NDArray[np.int32]:
        """The group of each base cluster."""
        group = {base: g["id"] for g in self.blob["group-clusters"] for base in g["members"]}
        return np.array([group[base] for base in self.blob["base-clusters"]["id"]], dtype=np.int32)

    @cached_property
    def groups(self) -> dict[str, int]:
        """The group of every clustered party."""
        return {
            self.votes.parties[p]: int(group)
            for members, group in zip(self.base_members, self.base_groups, strict=True)
            for p in members
        }

    def of_demands(self, key: str) -> Floats:
        """A figure that the engine keeps by statement."""
        return np.array([float(self.blob[key][demand]) for demand in self.votes.demands])

    def _by_demand(self, values: list[float]) -> Floats:
        """A list in the order of the engine's statements, in the order of the demands."""
        value = {str(tid): v for tid, v in zip(self.blob["tids"], values, strict=True)}
        return np.array([float(value[demand]) for demand in self.votes.demands])


def load(name: str, data: Path, *, complete: bool = True) -> Golden:
    """One golden set from the folder of shared data; `complete` adds the four votes that one of them lost."""
    root = data / "polis-golden"
    if name in EXPORTS:
        folder = root / "polis-delphi-real_data" / EXPORTS[name]
        events = _exported(next(folder.glob("*-votes.csv")))
        blob = json.loads(next(folder.glob("*_math_blob.json")).read_text(encoding="utf-8"))
    else:
        folder = root / "red-dwarf-fixtures" / name
        events = _recorded(folder / "votes.json")
        blob = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
        if name == INCOMPLETE and complete:
            events += [(LOST_PARTY, demand, -1, 0) for demand in LOST_DEMANDS]
    return Golden(name=name, votes=votes_of(events), blob=blob)


def votes_of(events: list[Event]) -> Votes:
    """Votes from events in order of the file; the last by time wins."""
    parties = sorted({event[0] for event in events})
    demands = sorted({event[1] for event in events})
    party_code = {party: p for p, party in enumerate(parties)}
    demand_code = {demand: s for s, demand in enumerate(demands)}
    votes, _ = votes_from_events(
        parties=parties,
        demands=demands,
        party=np.array([party_code[event[0]] for event in events], dtype=np.int32),
        demand=np.array([demand_code[event[1]] for event in events], dtype=np.int32),
        value=np.array([event[2] for event in events], dtype=np.int8),
        time=np.array([event[3] for event in events], dtype=np.int64),
    )
    return votes


def _exported(path: Path) -> list[Event]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["voter-id"], row["comment-id"], int(row["vote"]), int(row["timestamp"]))
            for row in csv.DictReader(file)
        ]


def _recorded(path: Path) -> list[Event]:
    """Two generations of recordings name the same columns differently."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    party, demand = ("pid", "tid") if "pid" in rows[0] else ("participant_id", "statement_id")
    return [
        (str(row[party]), str(row[demand]), int(row["vote"]), int(float(row["modified"]))) for row in rows
    ]
