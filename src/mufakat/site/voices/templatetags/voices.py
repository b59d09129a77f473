"""Template tags of voices: names of languages, and what a party has said and asked."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import get_language

from mufakat.site.languages.tags import called as name_of
from mufakat.site.parties.models import Party
from mufakat.site.voices.queries.of_party import OfParty, of_party

register = template.Library()


@register.filter
def called(language: str) -> str:
    """The language's name in the reader's language."""
    return name_of(language)


@register.simple_tag(takes_context=True)
def said_by(context: Context, party: Party) -> OfParty:
    """What a party has said and asked, as far as the reader may know: ``{% said_by party as said %}``."""
    request: Any = context["request"]
    return of_party(party, actor=request.actor, language=get_language() or "en")
