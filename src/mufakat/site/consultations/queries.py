"""What is read of consultations: their stages and themes, their team, and their texts in every language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from mufakat.site.consultations.models import Consultation, Permit, Role, Stage, Theme
from mufakat.site.languages.models import Rendering, Text
from mufakat.site.languages.reading import Words, read, with_text
from mufakat.site.languages.tags import SIX, called


@dataclass(frozen=True, slots=True)
class ToldStage:
    """A stage with what is told of it in the reader's language.

    Attributes:
        story: what it is for, or what happened in it; None where nobody has said so.
        permits: what it lets parties do while it is open, in words, each with the kinds of party it lets.
    """

    stage: Stage
    story: Words | None
    permits: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ToldTheme:
    """A theme with its name and description in the reader's language."""

    theme: Theme
    name: Words
    description: Words | None


@dataclass(frozen=True, slots=True)
class TextIn:
    """A text in one language: the source, a translation, or a translation that is missing.

    Attributes:
        called: the language's name in the reader's language.
        rendering: None where the text is not yet in this language.
    """

    language: str
    called: str
    rendering: Rendering | None
    words: Words | None


def stages_of(consultation: Consultation, language: str) -> list[ToldStage]:
    """The stages in their order, with their stories and what they permit."""
    stages = (
        Stage.objects.filter(consultation=consultation)
        .select_related("story")
        .prefetch_related(*with_text("story"), "permits")
    )
    return [
        ToldStage(
            stage=stage,
            story=read(stage.story, language) if stage.story is not None else None,
            permits=_permits(stage.permits.all()),
        )
        for stage in stages
    ]


def _permits(permits: Sequence[Permit] | QuerySet[Permit]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    kinds: dict[str, list[str]] = {}
    for permit in permits:
        kinds.setdefault(str(permit.get_what_display()), []).append(str(permit.get_party_kind_display()))
    return tuple((what, tuple(sorted(of))) for what, of in sorted(kinds.items()))


def permitted(stage: Stage, what: str) -> list[str]:
    """The kinds of party that a stage lets do something while it is open."""
    return list(stage.permits.filter(what=what).values_list("party_kind", flat=True))


def themes_of(consultation: Consultation, language: str, *, retired: bool = False) -> list[ToldTheme]:
    """The themes in their order; with *retired* also those that are no longer offered."""
    themes = (
        Theme.objects.filter(consultation=consultation)
        .select_related("name", "description")
        .prefetch_related(*with_text("name", "description"))
    )
    return [
        ToldTheme(
            theme=theme,
            name=read(theme.name, language),
            description=read(theme.description, language) if theme.description is not None else None,
        )
        for theme in (themes if retired else themes.filter(retired=False))
    ]


def team_of(consultation: Consultation) -> QuerySet[Role]:
    """The roles in force, with their persons, the first granted first."""
    return (
        Role.objects.filter(consultation=consultation, revoked_at__isnull=True)
        .select_related("person", "granted_by")
        .order_by("granted_at", "pk")
    )


def roles_of(person: int) -> QuerySet[Role]:
    """The roles in force of one person, with their consultations."""
    return (
        Role.objects.filter(person=person, revoked_at__isnull=True)
        .select_related("consultation__title")
        .prefetch_related(*with_text("consultation__title"))
        .order_by("consultation__opened_at", "pk")
    )


def in_every_language(text: Text, languages: Sequence[str]) -> list[TextIn]:
    """A text in its source, in each of the *languages*, and in whatever else it was put into."""
    renderings = {each.language: each for each in text.renderings.select_related("by")}
    # The source first, then the languages asked for, then whatever else there is.
    order = dict.fromkeys([text.language, *languages, *sorted(renderings)])
    return [
        TextIn(
            language=language,
            called=called(language),
            rendering=renderings.get(language),
            words=_words(renderings[language], text) if language in renderings else None,
        )
        for language in order
    ]


def _words(rendering: Rendering, text: Text) -> Words:
    return Words(
        body=rendering.body,
        language=rendering.language,
        direction=rendering.direction,
        translated_from="" if rendering.language == text.language else text.language,
        stale=rendering.renders < text.version,
    )


def translated_into(text: Text) -> tuple[str, ...]:
    """The languages that a text can be put into: the six, without its own."""
    return tuple(language for language in SIX if language != text.language)
