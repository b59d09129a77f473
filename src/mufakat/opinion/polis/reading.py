"""The whole Polis reading of a consultation, from votes to what is typical of each group.

The formulas are those of the engine that runs public Polis conversations. Three things are this module's own:
a vote for a demand is +1 here and -1 in the engine, the axes are exact for any size (the engine samples above
10 000 people), and the groups depend on the final votes alone (the engine's depend on every earlier update).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.axes import principal_axes
from mufakat.opinion.errors import StudyError
from mufakat.opinion.moments import Moments, moments_of
from mufakat.opinion.polis.clusters import BaseClusters, base_clusters, groups_of
from mufakat.opinion.polis.positions import demand_positions, parties_in_the_map, party_positions
from mufakat.opinion.polis.representative import RepresentativeDemand, representative_demands
from mufakat.opinion.polis.scores import (
    GroupVotes,
    Majority,
    group_aware_consensus,
    group_votes,
    majority_consensus,
    routing_priorities,
)
from mufakat.opinion.votes import Floats, Ints, Votes

COMPONENTS = 2


@dataclass(frozen=True, eq=False)
class PolisGroup:
    """One opinion group.

    Attributes:
        id: its number, as given or from 0.
        size: how many parties belong to it.
        centre: x and y of its members' mean position.
        representative: at most five demands that are typical of it.
    """

    id: int
    size: int
    centre: tuple[float, float]
    representative: tuple[RepresentativeDemand, ...]


@dataclass(frozen=True, eq=False)
class PolisReading:
    """What Polis would say of the votes of P parties on S demands. Agree is +1 throughout.

    Attributes:
        parties: ids of the parties.
        demands: ids of the demands.
        hidden: shape (S,); set to 0 for everyone and never shown as typical; includes `meta`.
        meta: shape (S,); asked for background.
        votes_cast: shape (P,); votes of each party, passes and hidden demands included.
        centre: shape (S,); mean vote on each demand, 0 where hidden.
        components: shape (S, 2); unit columns, zeros where the votes do not spread in two directions.
        positions: shape (P, 2); x and y of each party.
        demand_positions: shape (S, 2); where a party that agreed with this demand alone would stand.
        extremity: shape (S,); distance of `demand_positions` from the centre.
        clustered: shape (P,); whether a party is in the map (has a group).
        base: the base clusters, or None where the groups were given.
        silhouette: mean silhouette of each number of groups tried; empty where the groups were given.
        membership: shape (P,), int32; index into `groups`, or -1 outside the map.
        groups: the k opinion groups.
        votes: counts by group and demand, each of shape (k, S).
        consensus_agree: shape (S,); group-aware consensus for agreeing, 0 to 1.
        consensus_disagree: shape (S,); the same for disagreeing, which the engine does not compute.
        majority: what most parties agree or disagree with, whatever their group.
        priorities: shape (S,); relative weight with which a demand would be shown next.
    """

    parties: Sequence[str]
    demands: Sequence[str]
    hidden: NDArray[np.bool_]
    meta: NDArray[np.bool_]
    votes_cast: Ints
    centre: Floats
    components: Floats
    positions: Floats
    demand_positions: Floats
    extremity: Floats
    clustered: NDArray[np.bool_]
    base: BaseClusters | None
    silhouette: Mapping[int, float]
    membership: NDArray[np.int32]
    groups: tuple[PolisGroup, ...]
    votes: GroupVotes
    consensus_agree: Floats
    consensus_disagree: Floats
    majority: Majority
    priorities: Floats


def polis_reading(
    votes: Votes,
    *,
    hidden: Collection[str] = (),
    meta: Collection[str] = (),
    groups: Mapping[str, int] | None = None,
    moments: Moments | None = None,
) -> PolisReading:
    """Read votes as the Polis engine does. Nothing is random and weights of votes are not used.

    Args:
        votes: the votes.
        hidden: ids of demands that were moderated out; one that nobody was asked about changes nothing.
        meta: ids of demands asked for background; they are hidden too.
        groups: the group of each clustered party, where it is known; other parties are outside the map.
        moments: `moments_of(votes)`, where it is already at hand.

    Raises:
        StudyError: no votes, `groups` that are empty or name an unknown party, or moments of other votes.
    """
    if len(votes) == 0:
        raise StudyError(
            f"no votes of {len(votes.parties)} parties on {len(votes.demands)} demands: at least 1 is needed"
        )
    background, removed = set(meta), set(hidden)
    meta_mask = np.array([demand in background for demand in votes.demands], dtype=bool)
    hidden_mask = meta_mask | np.array([demand in removed for demand in votes.demands], dtype=bool)
    if moments is None:
        moments = moments_of(votes)
    elif moments.parties != len(votes.parties) or list(moments.demands) != list(votes.demands):
        raise StudyError(
            f"moments of {moments.parties} parties on {len(moments.demands)} demands must be those of the "
            f"votes, {len(votes.parties)} parties on the same {len(votes.demands)} demands"
        )

    voted = moments.cast > 0
    demand_count = int(voted.sum())
    axes = principal_axes(moments, count=COMPONENTS, hidden=hidden_mask)
    components = np.zeros((len(votes.demands), COMPONENTS))
    components[:, : axes.loadings.shape[1]] = axes.loadings
    positions = party_positions(votes, axes.centre, components, hidden=hidden_mask, voted=voted)
    of_demands = demand_positions(axes.centre, components, demands=demand_count)
    extremity = np.hypot(*of_demands.T)

    base, silhouette = None, {}
    if groups is None:
        clustered = parties_in_the_map(votes.cast, demands=demand_count)
        base = base_clusters(positions, clustered=clustered)
        grouping = groups_of(base)
        silhouette = dict(grouping.silhouette)
        membership = np.where(base.member < 0, np.int32(-1), grouping.group[base.member])
        numbers = list(range(int(grouping.group.max()) + 1))
    else:
        membership, numbers = _given(votes.parties, groups)
        clustered = membership >= 0

    counts = group_votes(votes, membership, groups=len(numbers))
    representative = representative_demands(votes.demands, counts, hidden=hidden_mask)
    size = np.bincount(membership[clustered], minlength=len(numbers))
    centre = [np.bincount(membership[clustered], weights=axis[clustered]) / size for axis in positions.T]
    return PolisReading(
        parties=votes.parties,
        demands=votes.demands,
        hidden=hidden_mask,
        meta=meta_mask,
        votes_cast=votes.cast,
        centre=axes.centre,
        components=components,
        positions=positions,
        demand_positions=of_demands,
        extremity=extremity,
        clustered=clustered,
        base=base,
        silhouette=silhouette,
        membership=membership,
        groups=tuple(
            PolisGroup(number, int(size[g]), (float(centre[0][g]), float(centre[1][g])), representative[g])
            for g, number in enumerate(numbers)
        ),
        votes=counts,
        consensus_agree=group_aware_consensus(counts.agree, counts.cast),
        consensus_disagree=group_aware_consensus(counts.disagree, counts.cast),
        majority=majority_consensus(
            votes.demands,
            agree=moments.agree,
            disagree=moments.disagree,
            cast=moments.cast,
            hidden=hidden_mask,
        ),
        priorities=routing_priorities(counts, extremity, meta=meta_mask),
    )


def _given(parties: Sequence[str], groups: Mapping[str, int]) -> tuple[NDArray[np.int32], list[int]]:
    """The membership that was given, with groups in order of their numbers."""
    if not groups:
        raise StudyError("groups: at least one party must have a group; leave groups out to have them found")
    place = {party: p for p, party in enumerate(parties)}
    numbers = sorted(set(groups.values()))
    index = {number: g for g, number in enumerate(numbers)}
    membership = np.full(len(parties), -1, dtype=np.int32)
    for party, number in groups.items():
        if party not in place:
            raise StudyError(f"groups: {party!r} is not one of the {len(parties)} parties of the votes")
        membership[place[party]] = index[number]
    return membership, numbers
