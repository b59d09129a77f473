"""Shows a page that was made in this process to a real browser, with the headers that the site sends."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Route

ADDRESS = "http://mufakat.test/c/compact/voices/"


def policy() -> str:
    """The site's content security policy as the header says it."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def show(page: Page, html: str, address: str = ADDRESS) -> list[str]:
    """Open *html* at an address whose style sheets and scripts come from the apps; nothing else answers.

    Returns:
        A list to which everything that the browser complains about is added as it happens.
    """
    complaints: list[str] = []

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.path.startswith(settings.STATIC_URL):
            found = finders.find(url.path.removeprefix(settings.STATIC_URL))
            if isinstance(found, str):
                kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
                route.fulfill(body=Path(found).read_bytes(), content_type=kind)
                return
            route.fulfill(status=404)
        elif route.request.url == address:
            headers = {"Content-Security-Policy": policy()}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
        else:
            complaints.append(f"asked for {route.request.url}")
            route.abort()

    def complain(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            complaints.append(said.text)

    page.on("console", complain)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", answer)
    page.goto(address)
    return complaints
