"""Routes that cannot exist without a rule.

Every page of the site's own is made by `route`: it names the act that reading asks for and the act that
writing asks for. The door checks before the view is called; the action that the view calls checks again, in
the transaction that writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern, path

from mufakat.site.authority.acts import Act, check

READING = ("GET", "HEAD")
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Door:
    """What a route asks for.

    Attributes:
        reads: the act that GET and HEAD ask for; None where the route cannot be read.
        writes: the act that POST asks for; None where the route cannot be written to.
    """

    reads: Act | None
    writes: Act | None

    @property
    def methods(self) -> tuple[str, ...]:
        """The verbs of HTTP that it answers."""
        return (*(READING if self.reads else ()), *(("POST",) if self.writes else ()))

    def act_for(self, method: str) -> Act | None:
        """The act that a verb asks for; None where the verb is not answered."""
        if method in READING:
            return self.reads
        return self.writes if method == "POST" else None


def route(
    pattern: str, view: View, *, name: str, reads: Act | None = None, writes: Act | None = None
) -> URLPattern:
    """A route with its door.

    Raises:
        ValueError: neither an act to read nor one to write.
    """
    if reads is None and writes is None:
        raise ValueError(f"the route {name!r} names no act, so nobody could be refused")
    door = Door(reads, writes)

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        wanted = door.act_for(request.method or "")
        if wanted is None:
            return HttpResponseNotAllowed(door.methods)
        check(wanted, request.actor, request.subject)  # type: ignore[attr-defined]
        return view(request, *arguments, **named)

    guarded.door = door  # type: ignore[attr-defined]
    return path(pattern, guarded, name=name)
