"""What drawing the next demand for a party needs of the team's study, small enough to be read at every vote.

Kept as JSON beside the study: the demands in order, how each follows from a place on the map, how often each
was shown, its state, and the interval of every constituency. Votes themselves are not in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mufakat.opinion.reading.result import Reading
    from mufakat.opinion.result import Standing, State, Study
    from mufakat.opinion.votes import Floats, Ints
    from mufakat.site.voices.study.held import Held

PARTS: Final = 10_000
"""Shares stand in the JSON as whole ten-thousandths."""


def routing_json(study: Study, reading: Reading, held: Held) -> dict[str, Any]:
    """What is stored beside the team's study."""
    import numpy as np

    from mufakat.opinion.axes import principal_axes
    from mufakat.opinion.placement import spread_of

    place = {number: s for s, number in enumerate(held.votes.demands)}
    chosen = np.array([place[demand.id] for demand in study.demands], dtype=np.int64)
    moments = held.moments.over(chosen)
    axes = principal_axes(moments, count=max(2, study.groups.axes))
    spread = spread_of(moments, axes)
    shown = moments.cast if reading.showings is None else _times(reading, len(held.votes.demands))[chosen]
    constituencies = sorted({(s.family, s.name) for demand in study.demands for s in demand.constituencies})
    index = {key: c for c, key in enumerate(constituencies)}
    return {
        "demands": [demand.id for demand in study.demands],
        "states": [demand.state.value for demand in study.demands],
        "loadings": np.round(axes.loadings, 4).tolist(),
        "spread": np.round(spread.along, 6).tolist(),
        "noise": round(spread.noise, 6),
        "showings": shown.tolist(),
        "constituencies": constituencies,
        "intervals": [
            [
                (index[s.family, s.name], round(PARTS * s.low), round(PARTS * s.high))
                for s in demand.constituencies
            ]
            for demand in study.demands
        ],
        "groups": {
            party: study.groups.names[group]
            for party, group in zip(study.parties.id, study.parties.group.tolist(), strict=True)
        }
        if study.groups.k > 1
        else {},
    }


def _times(reading: Reading, demands: int) -> Ints:
    import numpy as np

    shown = reading.showings
    if shown is None:
        return np.zeros(demands, dtype=np.int64)
    return np.bincount(shown.demand, weights=shown.times, minlength=demands).astype(np.int64)


@dataclass(eq=False)
class Routes:
    """The same as arrays, made once for a stored study.

    Attributes:
        place: the index of each demand that the study knows, by number.
        loadings: shape (S, r). spread: shape (r,). noise: as in `mufakat.opinion.routing`.
        showings: shape (S,). states: S of them.
        constituencies: (family, name) of each. intervals: of each demand, its constituencies' indices and
            bounds in ten-thousandths.
        groups: letter of the opinion group, by code of the party.
    """

    place: dict[str, int]
    loadings: Floats
    spread: Floats
    noise: float
    showings: Ints
    states: list[State]
    constituencies: list[tuple[str, str]]
    intervals: list[list[tuple[int, int, int]]]
    groups: dict[str, str]
    _standings: dict[frozenset[tuple[str, str]], list[tuple[Standing, ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: dict[str, Any]) -> Routes:
        """Out of the JSON."""
        import numpy as np

        from mufakat.opinion.result import State

        size = len(document["demands"])
        return cls(
            place={number: s for s, number in enumerate(document["demands"])},
            loadings=np.array(document["loadings"], dtype=np.float64).reshape(size, -1),
            spread=np.array(document["spread"], dtype=np.float64),
            noise=float(document["noise"]),
            showings=np.array(document["showings"], dtype=np.int64),
            states=[State(state) for state in document["states"]],
            constituencies=[(family, name) for family, name in document["constituencies"]],
            intervals=document["intervals"],
            groups=document["groups"],
        )

    def standings(self, mine: frozenset[tuple[str, str]]) -> list[tuple[Standing, ...]]:
        """Of each demand, how the constituencies in `mine` stand to it."""
        from mufakat.opinion.result import Standing

        found = self._standings.get(mine)
        if found is None:
            wanted = {c: key for c, key in enumerate(self.constituencies) if key in mine}
            found = [
                tuple(
                    Standing(*wanted[c], n=0.0, agree=0.0, low=low / PARTS, high=high / PARTS)
                    for c, low, high in bounds
                    if c in wanted
                )
                for bounds in self.intervals
            ]
            self._standings[mine] = found
        return found
