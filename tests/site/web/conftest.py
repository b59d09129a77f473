"""What the tests of the common look share: addresses of their own, and a request without a database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_addresses(settings: Settings, tmp_path: Path) -> None:
    """Take the addresses from `tests.site.web.urls`, and no files from where the site collects them."""
    settings.ROOT_URLCONF = "tests.site.web.urls"
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def rendered() -> Callable[..., str]:
    """Renders a template's source with variables, and with the tags of the pages loaded."""

    def render(source: str, request: HttpRequest | None = None, **variables: Any) -> str:
        template = engines["django"].from_string("{% load i18n page %}" + source)
        return str(template.render(variables, request or RequestFactory().get("/"))).strip()

    return render
