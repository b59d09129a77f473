"""Tags and filters that all pages share: people's words, dates, counts, next steps, forms, pages of a list.

Load them with ``{% load page %}``; ``docs/pages.md`` shows each in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mufakat.site.languages.reading import Words
from mufakat.site.languages.tags import called
from mufakat.site.web.nouns import count_in_words, grouped
from mufakat.site.web.passages import Quoted, pieces

register = template.Library()

INLINE: Final = ("span", "b", "em", "q", "cite")
BLOCKS: Final = ("p", "div", "blockquote")
BADGES: Final = ("", "good", "split", "open", "warn", "act")
MEASURES: Final = ("", "little")


@register.simple_tag
def words(text: Words | str, element: str = "span", *, note: bool = True) -> SafeString:
    """What a person wrote, with its language and direction, and whether it is a translation or a stale one.

    A block keeps the author's line breaks. A plain string is shown in the direction it is written in.

    Raises:
        ValueError: an element that words do not stand in.
    """
    if element not in INLINE + BLOCKS:
        raise ValueError(f"words stand in one of {', '.join(INLINE + BLOCKS)}, not in {element!r}")
    if not isinstance(text, Words):
        text = Words(body=str(text), language="", direction="auto")
    language = format_html(' lang="{}"', text.language) if text.language else ""
    shown = format_html(
        '<{0} class="words"{1} dir="{2}">{3}</{0}>', element, language, text.direction, text.body
    )
    said = told_of(text) if note else ""
    if not said:
        return shown
    if element in INLINE:
        return format_html('{} <small class="note">({})</small>', shown, said)
    return format_html('{}<p class="note">{}</p>', shown, said)


@register.simple_tag
def told(text: Words | str) -> SafeString | str:
    """That these words are a translation, or a stale one; for where `words` stands without its note."""
    said = told_of(text) if isinstance(text, Words) else ""
    return format_html('<span class="note">{}</span>', said) if said else ""


def told_of(text: Words) -> str:
    """What a reader must know of these words beside themselves; empty for an author's own."""
    if not text.translated_from:
        return ""
    source = called(text.translated_from)
    if text.stale:
        return _("translated from %(language)s; the original has changed since") % {"language": source}
    return _("translated from %(language)s") % {"language": source}


@register.inclusion_tag("web/parts/marked.html")
def marked(text: Words, passages: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """A submission as received, with the passages marked that something was drawn from.

    A passage is a tuple of start, end, label and, where there is one, address.
    """
    return {"text": text, "pieces": pieces(text.body, [Quoted(*each) for each in passages])}


@register.filter
def when(moment: date | datetime | None, precision: str = "day") -> SafeString | str:
    """A date written out; with ``"clock"`` also the time and zone, to which a script adds the reader's."""
    if moment is None:
        return ""
    if not isinstance(moment, datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), written_out(moment))
    local = timezone.localtime(moment)
    if precision != "clock":
        return format_html('<time datetime="{}">{}</time>', local.date().isoformat(), written_out(local))
    said = _("%(day)s, %(time)s %(zone)s") % {
        "day": written_out(local),
        "time": format_date(local, "H:i"),
        "zone": local.tzname(),
    }
    return format_html(
        '<time datetime="{}" data-clock="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        _("%s where you are"),
        said,
    )


def written_out(day: date | datetime) -> str:
    """Day, month in letters and year, in the order of the reader's language."""
    english = (get_language() or "en").partition("-")[0] == "en"
    return format_date(day, "j F Y" if english else get_format("DATE_FORMAT"))


@register.simple_tag
def count_of(number: int, noun: str) -> str:
    """``1 demand``, ``1,240 demands``: a number with its noun, one of `mufakat.site.web.nouns`."""
    return count_in_words(number, noun)


@register.filter
def number(value: float) -> str:
    """A number as the reader's language writes it."""
    return grouped(value)


@register.inclusion_tag("web/parts/next_step.html", takes_context=True)
def next_step(context: Context, sentence: str, label: str = "", url: str = "", *, post: bool = False) -> Any:
    """The page's next step: one sentence and one button, which follows a link or, with ``post``, acts."""
    token = context.get("csrf_token") if post else None
    return {"sentence": sentence, "label": label, "url": url, "post": post, "csrf_token": token}


@register.inclusion_tag("web/parts/empty.html")
def empty(what: str, how: str = "", label: str = "", url: str = "") -> dict[str, str]:
    """Where there is nothing yet: what will be here, and how to start."""
    return {"what": what, "how": how, "label": label, "url": url}


@register.simple_tag
def badge(word: str, kind: str = "") -> SafeString:
    """A state in a word; its kind colours it and never says more than the word.

    Raises:
        ValueError: a kind that has no colour.
    """
    if kind not in BADGES:
        raise ValueError(f"a badge is of one of the kinds {BADGES}, not {kind!r}")
    return format_html('<span class="badge{}">{}</span>', f" {kind}" if kind else "", word)


@register.inclusion_tag("web/parts/figure_of.html")
def figure_of(value: float | str, label: str, note: str = "", url: str = "") -> dict[str, str]:
    """A key figure with what it counts; stands in ``<dl class="figures">``."""
    shown = value if isinstance(value, str) else grouped(value)
    return {"value": shown, "label": label, "note": note, "url": url}


@register.inclusion_tag("web/parts/bar.html")
def bar(part: float, whole: float, sentence: str = "", kind: str = "") -> dict[str, Any]:
    """How far something has come, in words and as a bar; without a sentence, “181 of 250”.

    Raises:
        ValueError: a kind that has no colour.
    """
    if kind not in MEASURES:
        raise ValueError(f"a bar is of one of the kinds {MEASURES}, not {kind!r}")
    said = sentence or _("%(part)s of %(whole)s") % {"part": grouped(part), "whole": grouped(whole)}
    share = min(max(part / whole, 0), 1) if whole else 0
    return {"part": f"{100 * share:.1f}", "sentence": said, "kind": kind}


@register.inclusion_tag("web/parts/trail.html")
def trail(*labels_and_urls: str) -> dict[str, list[tuple[str, str]]]:
    """The way here: label and address in turn, the page itself last, without an address."""
    padded = [*labels_and_urls, ""]
    return {"steps": list(zip(padded[0::2], padded[1::2], strict=False))}


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field of a form with its label, help and errors."""
    return mark_safe(bound.as_field_group())  # noqa: S308 - rendered by a template, which escapes


@dataclass(frozen=True, slots=True)
class Problem:
    """An error of a form, with the element that it is about."""

    label: str
    message: str
    target: str


@register.inclusion_tag("web/parts/problems.html")
def problems(form: BaseForm) -> dict[str, Any]:
    """What keeps a form from being saved, with links to the fields; nothing where nothing does."""
    if not form.is_bound:
        return {"general": [], "problems": []}
    return {"general": list(form.non_field_errors()), "problems": list(_problems(form))}


def _problems(form: BaseForm) -> Iterator[Problem]:
    for bound in form:
        for message in bound.errors:
            yield Problem(str(bound.label).rstrip(".:? "), str(message), bound.auto_id or bound.html_name)


@register.inclusion_tag("web/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], key: str = "page") -> dict[str, Any]:
    """The ways to the other pages of a list; all else that the address asks for is kept."""
    query = context["request"].GET.copy()

    def address(wanted: int) -> str:
        query[key] = str(wanted)
        return "?" + str(query.urlencode())

    steps = [
        {"number": step, "url": address(step), "current": step == page.number}
        if isinstance(step, int)
        else {"number": None}
        for step in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "pages": page.paginator.num_pages,
        "showing": _("%(first)s to %(last)s of %(all)s")
        % {
            "first": grouped(page.start_index()),
            "last": grouped(page.end_index()),
            "all": grouped(page.paginator.count),
        },
        "steps": steps,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
