"""Finding what an address names inside of the consultation, and who acts there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from django.shortcuts import get_object_or_404

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.requests import Inside
from mufakat.site.parties.models import Group, Party


def party_here(request: Inside, code: str) -> Party:
    """The party of this consultation with a code.

    Raises:
        Http404: there is none here, whatever there is elsewhere.
    """
    parties = Party.objects.select_related("name")
    return get_object_or_404(parties, consultation=request.consultation, code=_storable(code))


def group_here(request: Inside, code: str) -> Group:
    """The group of this consultation with a code.

    Raises:
        Http404: there is none here, whatever there is elsewhere.
    """
    groups = Group.objects.select_related("name")
    return get_object_or_404(groups, consultation=request.consultation, code=_storable(code))


def _storable(code: str) -> str:
    """A code of an address as a database can be asked for it: none of them is asked for the character 0."""
    return code.replace("\x00", "\ufffd")


def acting_for(request: Inside, party: Party) -> Actor:
    """Whoever asks, acting for this party where they may: on its own page, its head acts for it."""
    with suppress(StopIteration):
        own = next(voice for voice in request.actor.voices if voice.party == party.pk)
        return replace(request.actor, voice=own)
    return request.actor
