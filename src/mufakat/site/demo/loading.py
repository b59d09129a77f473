"""Loading the invented consultation: everything or nothing, and only once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from mufakat.site.consultations.models import Consultation
from mufakat.site.demo.process import SLUG

Tell = Callable[[float, str], None]


def is_loaded() -> bool:
    """Whether the invented consultation is in the database, from its beginning to its end."""
    return Consultation.objects.filter(slug=SLUG, invented=True).exists()


def load(data: Path, *, tell: Tell = lambda done, doing: None) -> bool:
    """Load the invented consultation, unless it is there.

    All of it is one transaction: a load that is interrupted leaves nothing behind.

    Args:
        data: folder in which the passwords are kept. tell: called with the share done, 0 to 1, and what is
            being done.

    Returns:
        Whether it was loaded now.
    """
    # What loads needs the story and numpy, which a site that is only served should not have to hold.
    from mufakat.site.demo import cast, process, saying, voting
    from mufakat.site.demo.dating import until
    from mufakat.site.demo.logins import make_logins
    from mufakat.site.parties.actors import actor_in
    from mufakat.site.people.actors import actor_of
    from mufakat.site.people.models import Person
    from mufakat.site.voices.actions.likeness import suggest

    with transaction.atomic():
        if is_loaded():
            return False
        dating = until(timezone.now())
        tell(0.0, "inviting the invented people")
        cast.add_people()
        operator = actor_of(Person.objects.get(email=cast.OPERATOR.email))
        consultation = process.open_it(operator)
        team = actor_in(Person.objects.get(email=cast.FACILITATOR.email), consultation.pk)
        cast.add_team(operator, consultation)
        process.tell_stages(team, consultation, dating)
        process.reach_the_present(team, consultation, dating)
        themes = process.add_themes(team, consultation)
        tell(0.05, "listing the parties")
        cast.add_groups(team, consultation)
        by_code = cast.add_parties(team, consultation)
        tell(0.1, "accrediting the people")
        cast.accredit_people(team, by_code, dating)
        tell(0.5, "hearing what they say")
        submissions = saying.bring_in_submissions(team, consultation, by_code, dating)
        demands = saying.draw_demands(team, submissions, themes)
        saying.decide_before_voting(team, demands)
        tell(0.7, "counting the votes")
        voting.bring_in(team, consultation, demands, dating)
        suggest(actor=team, consultation=consultation)
        saying.decide_after_voting(team, demands)
        make_logins(data)
    return True
