"""The tables of `bench.opinion`: what was measured, beside what was aimed at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.machine import GB, line
from bench.process import Measured
from bench.sizes import EXPOSURE, REVOTES, Size

MUFAKAT, PEER, UNEVEN, INCREMENT = "mufakat", "red-dwarf", "mufakat, uneven", "new votes"
BEGIN = "<!-- measured: begin -->"
END = "<!-- measured: end -->"


@dataclass(frozen=True)
class Results:
    """What was measured.

    Attributes:
        machine: what it was measured on, see `bench.machine.machine`.
        sizes: the sets of votes, smallest first.
        measured: by "size/what".
        order: the place of each in the run, from 1. load: of the machine, just before each.
    """

    machine: Mapping[str, Any]
    sizes: tuple[Size, ...]
    measured: Mapping[str, Measured]
    order: Mapping[str, int]
    load: Mapping[str, float]

    def of(self, size: Size, what: str) -> Measured | None:
        """One measurement; None where it was not made or gave no result."""
        found = self.measured.get(f"{size.name}/{what}")
        return None if found is None or found.failure else found


@dataclass(frozen=True)
class Ratio:
    """How many times more the peer needs.

    Attributes:
        what: wall, CPU or peak memory. ours, theirs: seconds or bytes of the whole processes.
        whole: theirs over ours. pipeline: their pipeline alone, without import and reading, over our whole
            process, which favours the peer; None for memory, which cannot be told apart.
    """

    what: str
    ours: float
    theirs: float
    whole: float
    pipeline: float | None

    @property
    def least(self) -> float:
        """The figure that favours the peer; budgets are held to this one."""
        return self.whole if self.pipeline is None else min(self.whole, self.pipeline)


@dataclass(frozen=True)
class Budget:
    """What was aimed at, and what came out.

    Attributes:
        at_least: whether the aim is a floor; else it is a ceiling.
        measured: None where this run did not measure it.
    """

    size: str
    what: str
    aim: float
    unit: str
    at_least: bool
    measured: float | None

    @property
    def verdict(self) -> str:
        """Met, not met, or not measured."""
        if self.measured is None:
            return "not measured"
        met = self.measured >= self.aim if self.at_least else self.measured <= self.aim
        return "met" if met else "not met"


def ratios(results: Results, size: Size) -> list[Ratio]:
    """Wall, CPU and memory beside the peer; empty where one of the two is missing."""
    ours, theirs = results.of(size, MUFAKAT), results.of(size, PEER)
    if ours is None or theirs is None:
        return []
    wall, cpu = theirs.of_stages("study")
    return [
        Ratio("wall, s", ours.wall, theirs.wall, theirs.wall / ours.wall, wall / ours.wall),
        Ratio("CPU, s", ours.cpu, theirs.cpu, theirs.cpu / ours.cpu, cpu / ours.cpu),
        Ratio("peak memory, GB", ours.peak / GB, theirs.peak / GB, theirs.peak / ours.peak, None),
    ]


def budgets(results: Results) -> list[Budget]:
    """Every budget on the sets that were measured, met or not."""
    found = []
    for size in results.sizes:
        ours, added = results.of(size, MUFAKAT), results.of(size, INCREMENT)
        if size.name == "medium":
            beside = {ratio.what.split(",")[0]: ratio.least for ratio in ratios(results, size)}
            found += [
                Budget(size.label, "times faster than red-dwarf, wall", 100, "×", True, beside.get("wall")),
                Budget(size.label, "times less CPU than red-dwarf", 100, "×", True, beside.get("CPU")),
                Budget(
                    size.label, "times less memory than red-dwarf", 10, "×", True, beside.get("peak memory")
                ),
            ]
        wall, memory = {"medium": (5.0, 0.6), "large": (25.0, 2.5)}.get(size.name, (None, None))
        if wall is not None and memory is not None:
            found += [
                Budget(size.label, "file to study, wall", wall, " s", False, ours.wall if ours else None),
                Budget(size.label, "peak memory", memory, " GB", False, ours.peak / GB if ours else None),
            ]
        if size.name == "large":
            seconds = added.of_stages("add", "draw")[0] if added else None
            found.append(Budget(size.label, "map after 1,000 new votes, wall", 1.0, " s", False, seconds))
        same = None if added is None else float(added.found["holds"])
        found.append(Budget(size.label, "that map equals the full recompute (1 for yes)", 1, "", True, same))
    return found


def as_markdown(results: Results) -> str:
    """All tables, as Markdown."""
    parts = [
        f"Measured on {line(results.machine)}.",
        "### From the file to the study\n\n" + _table(_STUDY_HEAD, _study_rows(results)),
        "### Beside red-dwarf\n\n" + _table(_RATIO_HEAD, _ratio_rows(results)),
        "### What a vote costs as the work grows\n\n" + _table(_COST_HEAD, _cost_rows(results)),
        "### 1,000 new votes\n\n" + _table(_INCREMENT_HEAD, _increment_rows(results)),
        "### Budgets\n\n" + _table(_BUDGET_HEAD, _budget_rows(results)),
    ]
    return "\n\n".join(parts)


def placed(text: str, path: Path) -> str:
    """What is to be written to the file: the text, or the file with the text between its two marks."""
    before, begin, rest = (path.read_text(encoding="utf-8") if path.exists() else "").partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{begin}\n{text}\n{end}{after}" if begin and end else text + "\n"


_PROGRAMS = {
    MUFAKAT: "Mufakat",
    UNEVEN: f"Mufakat, uneven: {REVOTES:.0%} cast anew, exposure {EXPOSURE:g}",
    PEER: PEER,
}
_STUDY_HEAD = (
    "votes",
    "program",
    "order",
    "load",
    "wall s",
    "CPU s",
    "peak GB",
    "import s",
    "read s",
    "study s",
    "groups",
    "match",
)
_RATIO_HEAD = ("votes", "", "Mufakat", "red-dwarf", "whole processes", "its pipeline alone")
_COST_HEAD = ("votes", "number", "grows by", "CPU s per million", "without import", "that grows by")
_INCREMENT_HEAD = (
    "votes",
    "adding s",
    "drawing s",
    "together, wall s",
    "CPU s",
    "all anew s",
    "moments",
    "axes",
    "places",
    "membership",
    "k, kept and anew",
)
_BUDGET_HEAD = ("votes", "what", "budget", "measured", "")


def _study_rows(results: Results) -> Iterator[Sequence[str]]:
    for size in results.sizes:
        for what in (MUFAKAT, UNEVEN, PEER):
            key = f"{size.name}/{what}"
            if key not in results.measured:
                if what == PEER and not size.peer:
                    yield (size.label, PEER, *[""] * 9, "not run: does not fit in memory")
                continue
            cost = results.measured[key]
            known = (size.label, _PROGRAMS[what], str(results.order[key]), f"{results.load[key]:.1f}")
            spent = (_seconds(cost.wall), _seconds(cost.cpu), f"{cost.peak / GB:.2f}")
            if cost.failure:
                yield (*known, *spent, *[""] * 4, cost.failure)
                continue
            stages = [_seconds(cost.stages[stage][0]) for stage in ("import", "read", "study")]
            yield (*known, *spent, *stages, str(cost.found["groups"]), f"{cost.found['rand']:.2f}")


def _ratio_rows(results: Results) -> Iterator[Sequence[str]]:
    for size in results.sizes:
        for ratio in ratios(results, size):
            alone = "" if ratio.pipeline is None else f"{ratio.pipeline:.0f} ×"
            numbers = (_seconds(ratio.ours), _seconds(ratio.theirs), f"{ratio.whole:.0f} ×", alone)
            yield (size.label, ratio.what, *numbers)


def _cost_rows(results: Results) -> Iterator[Sequence[str]]:
    before: tuple[int, float] | None = None
    for size in results.sizes:
        cost = results.of(size, MUFAKAT)
        if cost is None:
            continue
        millions = size.votes / 1e6
        net = cost.of_stages("read", "study")[1] / millions
        work = growth = ""
        if before is not None:
            work, growth = f"{size.votes / before[0]:.1f} ×", f"{net / before[1]:.2f} ×"
        yield (size.label, f"{size.votes:,}", work, f"{cost.cpu / millions:.2f}", f"{net:.2f}", growth)
        before = (size.votes, net)


def _increment_rows(results: Results) -> Iterator[Sequence[str]]:
    for size in results.sizes:
        cost = results.of(size, INCREMENT)
        if cost is None:
            continue
        wall, cpu = cost.of_stages("add", "draw")
        found = cost.found
        yield (
            size.label,
            *[_seconds(cost.stages[stage][0]) for stage in ("add", "draw")],
            _seconds(wall),
            _seconds(cpu),
            _seconds(cost.stages["anew"][0]),
            "equal" if found["moments"] else "DIFFER",
            *[f"{found[part]:.0e}" if found[part] else "0" for part in ("axes", "places", "membership")],
            f"{found['groups']} and {found['groups_chosen_anew']}",
        )


def _budget_rows(results: Results) -> Iterator[Sequence[str]]:
    for budget in budgets(results):
        sign = "≥" if budget.at_least else "≤"
        measured = "" if budget.measured is None else f"{budget.measured:.3g}{budget.unit}"
        yield (budget.size, budget.what, f"{sign} {budget.aim:g}{budget.unit}", measured, budget.verdict)


def _seconds(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}" if value >= 0.1 else f"{value:.3f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose columns stand straight in plain text too."""
    cells = [list(head), *map(list, rows)]
    if len(cells) == 1:
        return "Not measured in this run."
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
