"""The Polis reading as a plain table to read and as JSON for scripts (described in `docs/polis.md`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from mufakat.opinion.polis.reading import PolisGroup, PolisReading
from mufakat.opinion.polis.scores import MajorityDemand
from mufakat.opinion.votes import Floats

SCHEMA = "mufakat-polis-1"
SHOWN = 10
TEXT_WIDTH = 60


def as_json(reading: PolisReading) -> dict[str, Any]:
    """The reading in lists, strings and numbers alone; keys and units are those of `docs/polis.md`."""
    group_ids = [group.id for group in reading.groups]
    return {
        "schema": SCHEMA,
        "agree": 1,
        "parties": [
            {
                "id": party,
                "group": group_ids[member] if member >= 0 else None,
                "base_cluster": None if reading.base is None or base < 0 else base,
                "x": x,
                "y": y,
                "votes": votes,
            }
            for party, member, base, (x, y), votes in zip(
                reading.parties,
                reading.membership.tolist(),
                _base_members(reading),
                reading.positions.tolist(),
                reading.votes_cast.tolist(),
                strict=True,
            )
        ],
        "demands": [_demand(reading, s) for s in range(len(reading.demands))],
        "groups": [
            {
                "id": group.id,
                "size": group.size,
                "x": group.centre[0],
                "y": group.centre[1],
                "representative": [asdict(row) for row in group.representative],
            }
            for group in reading.groups
        ],
        "silhouette": {str(count): value for count, value in reading.silhouette.items()},
        "majority": {
            "agree": [asdict(row) for row in reading.majority.agree],
            "disagree": [asdict(row) for row in reading.majority.disagree],
        },
    }


def _base_members(reading: PolisReading) -> list[int]:
    if reading.base is None:
        return [-1] * len(reading.parties)
    return [int(member) for member in reading.base.member]


def _demand(reading: PolisReading, s: int) -> dict[str, Any]:
    return {
        "id": reading.demands[s],
        "hidden": bool(reading.hidden[s]),
        "meta": bool(reading.meta[s]),
        "mean": float(reading.centre[s]),
        "components": reading.components[s].tolist(),
        "x": float(reading.demand_positions[s, 0]),
        "y": float(reading.demand_positions[s, 1]),
        "extremity": float(reading.extremity[s]),
        "consensus_agree": float(reading.consensus_agree[s]),
        "consensus_disagree": float(reading.consensus_disagree[s]),
        "priority": float(reading.priorities[s]),
        "votes": [
            {
                "group": group.id,
                "agree": int(reading.votes.agree[g, s]),
                "disagree": int(reading.votes.disagree[g, s]),
                "cast": int(reading.votes.cast[g, s]),
            }
            for g, group in enumerate(reading.groups)
        ],
    }


def render_text(reading: PolisReading, texts: Mapping[str, str]) -> str:
    """The reading for a terminal: groups, group-aware consensus, majorities, what is typical of each group.

    Args:
        reading: the reading.
        texts: what each demand says, by id; a demand without a text is shown by its id alone.
    """
    return "\n".join(
        [
            *_overview(reading),
            *_consensus("agree", reading.consensus_agree, reading, texts),
            *_consensus("disagree", reading.consensus_disagree, reading, texts),
            *_majority("agree", reading.majority.agree, texts),
            *_majority("disagree", reading.majority.disagree, texts),
            *(line for group in reading.groups for line in _group(group, texts)),
            "",
        ]
    )


def _overview(reading: PolisReading) -> Iterable[str]:
    yield f"Polis reading: {len(reading.parties)} parties, {len(reading.demands)} demands"
    sizes = ", ".join(str(group.size) for group in reading.groups)
    yield f"  hidden demands   {int(reading.hidden.sum())} (of which background {int(reading.meta.sum())})"
    yield f"  parties in map   {int(reading.clustered.sum())}"
    yield f"  groups           {len(reading.groups)}, of {sizes} parties"
    for count, value in reading.silhouette.items():
        yield f"  silhouette k={count}   {value:.4f}"


def _consensus(side: str, scores: Floats, reading: PolisReading, texts: Mapping[str, str]) -> Iterable[str]:
    yield ""
    yield f"Group-aware consensus to {side} (product over groups of (votes + 1) / (cast + 2))"
    yield f"  {'score':>7}  demand"
    shown = np.flatnonzero(~reading.hidden)
    for s in shown[np.argsort(-scores[shown], kind="stable")][:SHOWN]:
        yield f"  {scores[s]:7.4f}  {_said(reading.demands[s], texts)}"


def _majority(side: str, rows: Iterable[MajorityDemand], texts: Mapping[str, str]) -> Iterable[str]:
    yield ""
    yield f"Most parties {side} (all groups together)"
    yield f"  {'votes':>9}  {'p':>6}  {'p-test':>7}  demand"
    for row in rows:
        votes = f"{row.n_success}/{row.n_trials}"
        yield f"  {votes:>9}  {row.p_success:6.3f}  {row.p_test:7.2f}  {_said(row.demand, texts)}"


def _group(group: PolisGroup, texts: Mapping[str, str]) -> Iterable[str]:
    yield ""
    yield f"Group {group.id} ({group.size} parties): representative demands"
    yield f"  {'side':<8}  {'votes':>9}  {'p':>6}  {'p-test':>7}  {'repness':>7}  {'r-test':>7}  demand"
    for row in group.representative:
        votes = f"{row.n_success}/{row.n_trials}"
        pinned = " (best agree)" if row.best_agree else ""
        yield (
            f"  {row.side:<8}  {votes:>9}  {row.p_success:6.3f}  {row.p_test:7.2f}  {row.repness:7.2f}  "
            f"{row.repness_test:7.2f}  {_said(row.demand, texts)}{pinned}"
        )


def _said(demand: str, texts: Mapping[str, str]) -> str:
    """The demand's id and the start of its text, on one line."""
    text = " ".join(texts.get(demand, "").split())
    if len(text) > TEXT_WIDTH:
        text = text[: TEXT_WIDTH - 1].rstrip() + "…"
    return f"[{demand}] {text}".rstrip()
