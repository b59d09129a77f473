"""Markup that is safe by its type: text is escaped, and only what was built here counts as markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from string import Formatter
from typing import TypeAlias

# Elements that have no end tag in HTML.
VOID = frozenset({"br", "hr", "link", "meta"})
# What may not stand in a page (control characters, lone surrogates, noncharacters), and marks that turn the
# direction of text: left open, they would reorder what stands behind. Every text is isolated by the page.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class Html(str):
    """A piece of finished markup. Joined to plain text by `+` or an f-string it is plain text again."""

    __slots__ = ()

    def __html__(self) -> Html:
        """Itself: how templates of other libraries learn that it needs no escaping."""
        return self


Child: TypeAlias = "str | Iterable[Child] | None"
Value: TypeAlias = "str | int | float | bool | None"


def clean(text: str) -> str:
    """The text without characters that a page may not hold or that would reorder its surroundings."""
    return TURNING.sub("", FORBIDDEN.sub("\ufffd", text))


def markup(child: Child) -> Html:
    """Any child as markup: `Html` as it is, text escaped, several joined, None nothing."""
    if child is None:
        return Html("")
    if isinstance(child, Html):
        return child
    if isinstance(child, str):
        return Html(html.escape(clean(child), quote=False))
    return Html("".join(map(markup, child)))


def element(tag: str, *children: Child, **attributes: Value) -> Html:
    """An element with its attributes in the order given.

    `class_` gives `class`, `aria_label` gives `aria-label`; None and False leave an attribute out, True
    gives it without a value; floats keep five significant digits.
    """
    start = f"<{tag}{''.join(_attribute(name, value) for name, value in attributes.items())}>"
    if tag in VOID:
        return Html(start)
    return Html(f"{start}{markup(children)}</{tag}>")


def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    # SVG's own attributes in two words are written as one here; everything else takes hyphens.
    name = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    text = f"{value:.5g}" if isinstance(value, float) else clean(str(value))
    return f' {name}="{html.escape(text)}"'


def fill(template: str, **parts: Child) -> Html:
    """A translated sentence with markup in its places: `fill(_("{group} agrees"), group=mark)`.

    Raises:
        KeyError: the sentence names a part that is not given.
    """
    pieces: list[Html] = []
    for literal, name, _spec, _conversion in Formatter().parse(template):
        pieces.append(markup(literal))
        if name is not None:
            pieces.append(markup(parts[name]))
    return Html("".join(pieces))


def people_text(tag: str, text: str, *, language: str = "", class_: str | None = None) -> Html:
    """Words that people wrote, in their own direction and, where it is known, their own language."""
    known = language if LANGUAGE_TAG.fullmatch(language) else None
    return element(tag, text, class_=class_, lang=known, dir="auto")


def shortened(text: str, most: int) -> str:
    """The text cut to at most `most` characters, at a space where there is one near."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ", most // 2)
    return f"{cut[:space] if space > 0 else cut}…"
