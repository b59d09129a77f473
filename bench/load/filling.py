"""Fills an installation with an invented consultation of a given size: ``python -m bench.load.filling OUT``.

The votes come from ``bench.synthetic``'s kind of world in small: parties with a place on two axes and demands
that pull along them. What a client needs to act for each party is written to the file OUT.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

SLUG = "load"
SEED = 2019
WORDS = (
    *("water", "road", "school", "clinic", "seed", "border", "court", "radio", "harbour", "bridge"),
    *("grain", "well", "land", "paper", "boat", "market"),
)


def fill(*, parties: int, demands: int, votes: int) -> dict[str, object]:
    """Store the consultation and return what clients need: slug, demand numbers, and a session a party."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db import connection

    from mufakat.site.consultations import actions as consultations
    from mufakat.site.parties import actions as party_actions
    from mufakat.site.parties.actors import actor_in
    from mufakat.site.people.actors import actor_of
    from mufakat.site.people.models import Person
    from mufakat.site.people.sessions import SessionStore
    from mufakat.site.voices.actions import demands as demand_actions
    from mufakat.site.voices.actions import submissions
    from mufakat.site.voices.actions.importing import bring_in_votes
    from mufakat.site.voices.study.keeping import refresh

    random = np.random.default_rng(SEED)
    operator = Person.objects.create_user("operator@load.example", name="Operator", is_operator=True)
    consultation = consultations.open_consultation(
        actor=actor_of(operator),
        slug=SLUG,
        title="An invented consultation under load",
        summary="Everything in it is invented.",
        invented=True,
    )
    team = actor_in(operator, consultation.pk)
    for kind in ("listen", "converge"):
        consultations.open_stage(actor=team, stage=consultation.stages.get(kind=kind))
    kinds = ("member_state", "think_tank", "civil_society", "intergovernmental", "individual")
    regions = ("africa", "asia_pacific", "eastern_europe", "latin_america", "western_europe")
    sessions = []
    for number in range(parties):
        party = party_actions.add_party(
            actor=team,
            consultation=consultation,
            code=f"P{number:04}",
            name=f"Invented party {number}",
            kind=kinds[number % 5],
            region=regions[number // 5 % 5],
            language="en",
        )
        granted = party_actions.accredit(
            actor=team,
            party=party,
            email=f"head{number}@load.example",
            name=f"Head {number}",
            capacity="head",
        )
        session = SessionStore()
        session[SESSION_KEY] = str(granted.person_id)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = granted.person.get_session_auth_hash()
        session.create()
        sessions.append((party.code, session.session_key))
    numbers = []
    for start in range(0, demands, 20):
        asks = [
            f"{' '.join(random.choice(WORDS, size=9))} must be in the text, and by the harvest ({start + i})."
            for i in range(min(20, demands - start))
        ]
        submission = submissions.enter(
            actor=team,
            consultation=consultation,
            party=None,
            body="\n".join(asks),
            language="en",
            channel="meeting",
        )
        place = 0
        for ask in asks:
            drawn = demand_actions.draw(
                actor=team,
                submission=submission,
                wording=ask,
                language="en",
                spans=[demand_actions.Span(place, place + len(ask))],
            )
            numbers.append(drawn.number)
            place += len(ask) + 1
    place_of = random.normal(size=(parties, 2))
    pull = random.normal(size=(demands, 2))
    warmth = random.normal(0.4, 1.0, size=demands)
    chosen = random.choice(parties * demands, size=votes, replace=False)
    opened = datetime(2026, 1, 1, tzinfo=UTC)
    agrees = random.random(votes)
    events = []
    for i, cell in enumerate(chosen):
        party, demand = divmod(int(cell), demands)
        chance = 1 / (1 + np.exp(-(warmth[demand] + place_of[party] @ pull[demand])))
        value = 0 if agrees[i] < 0.08 else 1 if (agrees[i] - 0.08) / 0.92 < chance else -1
        events.append((f"P{party:04}", numbers[demand], value, False, opened + timedelta(seconds=i), None))
    bring_in_votes(actor=team, consultation=consultation, events=events)
    refresh(consultation)
    if connection.vendor == "postgresql":
        # What the server does by itself within a minute; the measurement begins at once.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return {"slug": SLUG, "demands": numbers, "sessions": sessions, "votes": votes}


if __name__ == "__main__":
    out, *sizes = sys.argv[1:]
    names = ("parties", "demands", "votes")
    Path(out).write_text(json.dumps(fill(**dict(zip(names, map(int, sizes), strict=True)))), encoding="utf-8")
