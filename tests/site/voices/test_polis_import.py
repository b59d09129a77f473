"""Conversations out of Polis come in whole, and are studied here as they are on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mufakat.opinion.reading import read_votes
from mufakat.opinion.study import study
from mufakat.opinion.writing import as_json
from mufakat.site.ledger.models import Event
from mufakat.site.ledger.verification import verify
from mufakat.site.voices.actions.errors import VoiceError
from mufakat.site.voices.actions.importing import bring_in
from mufakat.site.voices.models import Demand, EarlierVote, Intake, Vote
from mufakat.site.voices.models.study import TEAM
from mufakat.site.voices.study.keeping import refresh
from mufakat.site.voices.study.stored import stored
from tests.site.factories import world

pytestmark = pytest.mark.django_db

CONVERSATIONS = ("canadian-electoral-reform", "london.youth.policing", "scoop-hivemind.biodiversity")
# What a consultation is called is for its facilitator to say.
MAY_DIFFER = ("title",)


@pytest.mark.real_data
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_conversation_of_polis_is_studied_as_on_the_command_line(name: str, shared_data: Path) -> None:
    folder = shared_data / "polis" / name
    reading = read_votes(folder)
    here = world()
    before = Event.objects.count()
    arrival = bring_in(actor=here.team, consultation=here.consultation, reading_path=folder)
    assert Event.objects.count() == before + 1
    assert verify().breaks == ()
    assert (arrival.votes, arrival.earlier) == (reading.rows.kept, reading.rows.superseded)
    assert Vote.objects.count() + EarlierVote.objects.count() + arrival.rejected == reading.rows.read
    assert refresh(here.consultation)
    found = stored(here.consultation.pk, TEAM)
    assert found is not None
    assert without(found.document) == without(as_json(study(reading)))


def without(document: dict[str, Any]) -> dict[str, Any]:
    """A study without what may differ."""
    return {key: value for key, value in document.items() if key not in MAY_DIFFER}
