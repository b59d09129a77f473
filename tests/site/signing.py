"""Browsers in which somebody has signed in, and reading what a page says."""

from __future__ import annotations

import html
import re
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client

from mufakat.site.people.models import Person


def signed_in(person: Person | None, **options: Any) -> Client:
    """A browser in which a person has signed in; nobody, where there is none."""
    client = Client(**options)
    if person is not None:
        client.force_login(person)
    return client


def text_of(response: Any) -> str:
    """What a page says to a reader: without its marks, in one line."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def told(response: Any) -> list[str]:
    """The messages that the next page will show."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors_of(response: Any, form: str = "form") -> str:
    """What keeps the form of a page from being saved."""
    found = response.context[form].errors
    return " ".join(f"{field}: {' '.join(texts)}" for field, texts in found.items())
