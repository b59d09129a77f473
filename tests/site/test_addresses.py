"""Every page is documented, with its address and the acts it asks for, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import PROJECT_ROOT

DOCUMENT = PROJECT_ROOT / "docs" / "addresses.md"


def own_routes(patterns: Any = None, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the site's own, with its whole address."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from own_routes(pattern.url_patterns, whole)
        elif hasattr(pattern.callback, "door"):
            yield re.sub(r"<\w+:(\w+)>", r"<\1>", whole), pattern


def test_every_page_is_documented_with_its_address_and_its_acts() -> None:
    documented = {}
    for line in DOCUMENT.read_text("utf-8").splitlines():
        if line.startswith("| `"):
            name, address, told, reads, writes = (cell.strip() for cell in line.strip("|").split("|"))
            assert told, f"{name} is listed, and nothing is said of it"
            documented[name.strip("`")] = (address.strip("`"), reads.strip("`"), writes.strip("`"))
    existing = {}
    for address, pattern in own_routes():
        door = pattern.callback.door  # type: ignore[attr-defined]
        reads, writes = (act.name if act else "" for act in (door.reads, door.writes))
        existing[str(pattern.name)] = (address, reads, writes)
    assert documented == existing
