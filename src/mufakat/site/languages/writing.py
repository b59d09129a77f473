"""Writing texts. These are parts of acts: whoever calls them is inside the transaction of an act."""

from __future__ import annotations

from collections.abc import Mapping

from mufakat.site.authority.acts import ImpossibleError
from mufakat.site.languages.models import EarlierRendering, Rendering, Text

LONGEST = 200_000


class TextError(ImpossibleError):
    """A text that cannot be stored; the message says why."""


def new_text(
    body: str,
    *,
    language: str,
    by: int | None,
    consultation: int | None = None,
    translations: Mapping[str, str] | None = None,
) -> Text:
    """Store what a person wrote.

    Args:
        body: in the author's language. language: its tag, or empty where it is not known.
        by: primary key of the author. consultation: primary key of where it belongs.
        translations: what is known of it in other languages, by tag.

    Raises:
        TextError: an empty or far too long body.
    """
    text = Text.objects.create(consultation_id=consultation, language=language)
    Rendering.objects.create(text=text, language=language, body=_checked(body), by_id=by)
    for other, words in (translations or {}).items():
        if other != language and words.strip():
            Rendering.objects.create(text=text, language=other, body=_checked(words), by_id=by)
    return text


def change_source(text: Text, body: str, *, by: int | None) -> bool:
    """Put other words in the author's language; every translation is stale from now on.

    Returns:
        Whether anything changed.

    Raises:
        TextError: an empty or far too long body.
    """
    body = _checked(body)
    source = text.renderings.get(language=text.language)
    if source.body == body:
        return False
    _keep(source)
    text.version += 1
    text.save(update_fields=["version"])
    Rendering.objects.filter(pk=source.pk).update(body=body, renders=text.version, by_id=by, suggested=False)
    return True


def translate(text: Text, body: str, *, language: str, by: int | None) -> Rendering:
    """Put a text into another language, or bring its translation up to date.

    Raises:
        TextError: an empty or far too long body, or the language of the source itself.
    """
    if language == text.language:
        raise TextError(f"{language!r} is the language of the source: change the source in its place")
    body = _checked(body)
    found = text.renderings.filter(language=language).first()
    if found is None:
        return Rendering.objects.create(
            text=text, language=language, body=body, renders=text.version, by_id=by
        )
    _keep(found)
    found.body, found.renders, found.by_id, found.suggested = body, text.version, by, False
    found.save()
    return found


def _keep(rendering: Rendering) -> None:
    EarlierRendering.objects.create(
        text_id=rendering.text_id,
        language=rendering.language,
        body=rendering.body,
        renders=rendering.renders,
        by_id=rendering.by_id,
        at=rendering.at,
    )


def _checked(body: str) -> str:
    body = body.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd").strip()
    if not body:
        raise TextError("a text needs words, and this one has none")
    if len(body) > LONGEST:
        raise TextError(f"this text has {len(body)} characters; at most {LONGEST} are possible")
    return body
