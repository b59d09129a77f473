"""Template tags of voices: names of languages, and what a party has said and asked."""

from __future__ import annotations

import functools
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from mufakat.site.languages.tags import called as name_of
from mufakat.site.parties.models import Party
from mufakat.site.voices.queries.attribution import Speaker
from mufakat.site.voices.queries.of_party import OfParty, of_party

register = template.Library()


@register.filter
def called(language: str) -> str:
    """The language's name in the reader's language."""
    return name_of(language)


@register.simple_tag(takes_context=True)
def whose(context: Context, speaker: Speaker) -> SafeString:
    """Who said something, as the reader may know it, with the way to the page of the party."""
    request: Any = context["request"]
    return _whose(request.consultation.slug, speaker, get_language())


@functools.lru_cache(maxsize=4096)
def _whose(slug: str, speaker: Speaker, language: str | None) -> SafeString:
    # The same few parties stand many times on a page; what is kept depends on nothing but the arguments.
    return render_to_string("voices/parts/speaker.html", {"slug": slug, "speaker": speaker})


@register.simple_tag(takes_context=True)
def said_by(context: Context, party: Party) -> OfParty:
    """What a party has said and asked, as far as the reader may know: ``{% said_by party as said %}``."""
    request: Any = context["request"]
    return of_party(party, actor=request.actor, language=get_language() or "en")
