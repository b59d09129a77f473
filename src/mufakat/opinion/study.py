"""The study of a consultation's votes: from what was read to what can be said of every demand."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from string import ascii_uppercase

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.consensus import Consensus, consensus
from mufakat.opinion.constituencies import Constituencies, Family
from mufakat.opinion.coverage import coverage, declared_sizes
from mufakat.opinion.errors import StudyError
from mufakat.opinion.evenness import Shown, weigh_for_exposure
from mufakat.opinion.flip import Flip, fewest_added
from mufakat.opinion.held_out import held_out_counts
from mufakat.opinion.integrity import integrity
from mufakat.opinion.map import OpinionMap, opinion_map
from mufakat.opinion.moments import Moments, halved_moments
from mufakat.opinion.reading.result import Reading
from mufakat.opinion.representative import representative
from mufakat.opinion.result import (
    OPINION_GROUPS,
    DemandResult,
    GroupsResult,
    PartyResults,
    Representative,
    RowCount,
    StabilityPoint,
    Standing,
    Study,
)
from mufakat.opinion.threads import linear_algebra_on_one_thread
from mufakat.opinion.votes import Votes

Progress = Callable[[float, str], None]


@linear_algebra_on_one_thread()
def study(
    reading: Reading,
    *,
    constituencies: Constituencies | None = None,
    groups: int | None = None,
    seed: int = 0,
    title: str | None = None,
    invented: bool = False,
    progress: Progress | None = None,
) -> Study:
    """Study the votes of a consultation.

    Demands that moderators took out are not studied. The same reading and seed give the same study.

    Args:
        reading: what was read.
        constituencies: what the parties table declares; by default the table found beside the votes.
        groups: how many opinion groups to make instead of the number that stability chooses.
        seed: of everything drawn at random.
        title: of the consultation, where the files do not say.
        invented: whether the consultation is made up, and the results must say so.
        progress: called with the share done, 0 to 1, and what is being done.

    Raises:
        StudyError: no votes to study, or more groups asked for than there are parties.
    """
    say = progress if progress is not None else _silent
    votes = visible(reading)
    if not len(votes):
        raise StudyError(
            f"there are no votes to study: {reading.rows.read} rows were read, {reading.rows.rejected} "
            f"of them rejected, and {len(reading.hidden)} demands are hidden by moderation"
        )
    declared = constituencies or reading.constituencies or Constituencies()
    say(0.0, "summing votes")
    halves = halved_moments(votes, progress=lambda done: say(0.25 * done, "summing votes"))
    moments = halves[0] + halves[1]
    say(0.25, "finding opinion groups")
    drawn = opinion_map(
        votes,
        moments,
        seed=seed,
        k=groups,
        halves=halves,
        progress=lambda done: say(0.25 + 0.4 * done, "finding opinion groups"),
    )
    names = group_names(len(drawn.mixture.shares))
    say(0.65, "asking every constituency")
    families = [*declared.aligned(votes.parties), *opinion_family(drawn, names)]
    agreed = consensus(votes, families, declared=declared_sizes(declared, votes))
    say(0.75, "looking at what stands out, who was shown what and who did not read")
    # None of these needs another. One thread beside this one is enough: more would only hold more memory.
    with ThreadPoolExecutor(1) as pool:
        flips = pool.submit(fewest_added, agreed)
        standing_out = pool.submit(stand_out, votes, moments, drawn, names)
        mischief = pool.submit(integrity, votes, drawn.label, groups=len(names))
        exposure, adjusted = weigh_for_exposure(
            votes, moments, drawn, agreed, shown=visible_showings(reading), seed=seed
        )
    say(0.95, "putting it together")
    return Study(
        title=title if title is not None else reading.title,
        invented=invented,
        parties=_parties(votes, drawn, declared),
        demands=_demands(reading, votes, moments, agreed, flips.result(), adjusted),
        explained=tuple(drawn.axes.explained[:2].tolist()),
        groups=_groups(drawn, names),
        representative=standing_out.result(),
        coverage=coverage(declared, votes),
        exposure=exposure,
        integrity=mischief.result(),
        rows=RowCount(reading.rows.read, reading.rows.kept, reading.rows.superseded, reading.rows.rejected),
        seed=seed,
    )


def visible(reading: Reading) -> Votes:
    """The votes on demands that moderators left in."""
    if not reading.hidden:
        return reading.votes
    shown = [s for s, demand in enumerate(reading.votes.demands) if demand not in reading.hidden]
    return reading.votes.over(np.array(shown, dtype=np.int64))


def visible_showings(reading: Reading) -> Shown | None:
    """What was shown to whom, over the demands that moderators left in; None where it was not logged."""
    if reading.showings is None:
        return None
    demands = reading.votes.demands
    shown = np.array([demand not in reading.hidden for demand in demands], dtype=bool)
    place = np.cumsum(shown) - 1
    kept = shown[reading.showings.demand]
    start = np.append(0, np.cumsum(kept))[reading.showings.start]
    return start, place[reading.showings.demand[kept]]


def group_names(k: int) -> tuple[str, ...]:
    """Letters for k opinion groups: A to Z, then AA, AB and so on."""
    letters = ascii_uppercase
    return tuple(letters[g] if g < 26 else letters[g // 26 - 1] + letters[g % 26] for g in range(k))


def opinion_family(drawn: OpinionMap, names: tuple[str, ...]) -> tuple[Family, ...]:
    """The opinion groups as a family of constituencies; none where there is one group."""
    return (Family(OPINION_GROUPS, names, drawn.label),) if len(names) > 1 else ()


def stand_out(
    votes: Votes, moments: Moments, drawn: OpinionMap, names: tuple[str, ...]
) -> tuple[Representative, ...]:
    """The demands on which each group stands out; none where there is one group."""
    if len(names) == 1:
        return ()
    axes = max(drawn.choice.axes, 1)
    counts = held_out_counts(votes, moments, drawn.label, groups=len(names), axes=axes)
    return representative(counts.agree, counts.disagree, counts.cast, groups=names, demands=votes.demands)


def _silent(done: float, doing: str) -> None:
    """Report nothing."""


def _parties(votes: Votes, drawn: OpinionMap, declared: Constituencies) -> PartyResults:
    return PartyResults(
        id=votes.parties,
        name=[declared.names.get(party, "") for party in votes.parties]
        if declared.names
        else [""] * len(votes.parties),
        x=drawn.place[:, 0],
        y=drawn.place[:, 1],
        group=drawn.label,
        membership=drawn.membership,
        votes=votes.cast,
    )


def _demands(
    reading: Reading,
    votes: Votes,
    moments: Moments,
    agreed: Consensus,
    flips: tuple[Flip | None, ...],
    adjusted: NDArray[np.float64],
) -> tuple[DemandResult, ...]:
    results = []
    for s, demand in enumerate(votes.demands):
        standings = agreed.standings(s)
        flip = flips[s]
        results.append(
            DemandResult(
                id=demand,
                text=reading.texts.get(demand, ""),
                language=reading.languages.get(demand, ""),
                agree=int(moments.agree[s]),
                disagree=int(moments.disagree[s]),
                passes=int(moments.passes[s]),
                adjusted=float(adjusted[s]) if moments.cast[s] else None,
                state=agreed.state[s],
                score=float(agreed.score[s]),
                binding=agreed.binding[s],
                constituencies=standings,
                flip=flip.added if flip is not None else None,
                divides=_divides(standings),
            )
        )
    return tuple(results)


def _divides(standings: tuple[Standing, ...]) -> tuple[str, str] | None:
    """The opinion group that most surely carries a demand and the one that most surely does not."""
    groups = [standing for standing in standings if standing.family == OPINION_GROUPS]
    if len(groups) < 2:
        return None
    most = max(groups, key=lambda standing: standing.low)
    least = min(groups, key=lambda standing: standing.high)
    return (most.name, least.name) if most.low > 0.5 > least.high else None


def _groups(drawn: OpinionMap, names: tuple[str, ...]) -> GroupsResult:
    choice = drawn.choice
    return GroupsResult(
        k=len(names),
        names=names,
        sizes=tuple(np.bincount(drawn.label, minlength=len(names)).tolist()),
        axes=choice.axes,
        stability=tuple(
            StabilityPoint(k, tried.value, tried.reference, tried.margin)
            for k, tried in choice.stability.items()
        ),
        forced=choice.forced,
    )
