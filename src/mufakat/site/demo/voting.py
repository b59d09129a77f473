"""The votes of the invented consultation: those of the parties, cast by their heads, and the public's."""

from __future__ import annotations

from mufakat import story
from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.demo.dating import Dating, votes
from mufakat.site.people.models import Person
from mufakat.site.voices.actions.importing import bring_in_votes
from mufakat.site.voices.models.demands import Demand


def bring_in(team: Actor, consultation: Consultation, demands: dict[str, Demand], dating: Dating) -> None:
    """Bring in all votes with the times at which they were cast.

    Args:
        demands: by the number they have in the story; votes go to what became of each.
    """
    key = dict(Person.objects.values_list("email", "pk"))
    heads = {who.party: key[who.email] for who in story.people() if who.capacity == "head"}
    numbers = {name: demand.number for name, demand in demands.items()}
    bring_in_votes(
        actor=team,
        consultation=consultation,
        events=[
            (
                cast.party,
                numbers[cast.demand],
                cast.vote,
                False,
                dating.moment(cast.time),
                heads.get(cast.party),
            )
            for cast in votes()
        ],
    )
