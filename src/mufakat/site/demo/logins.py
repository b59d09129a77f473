"""The passwords of the demonstration: made once for a data folder, and kept there for its owner alone."""

from __future__ import annotations

import json
import os
import secrets
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.contrib.auth.hashers import get_hasher

from mufakat import story
from mufakat.site.demo.cast import FACILITATOR
from mufakat.site.people.models import Person
from mufakat.story.party import THINK_TANK

FILE: Final = "demo-logins.json"
QUICK: Final = 10_000
STATE: Final = "MRD"
"""The delegation whose head signs in: Maranda."""


@dataclass(frozen=True, slots=True)
class Login:
    """What one role signs in with.

    Attributes:
        role: what the person is in the consultation, for people. who: name.
    """

    role: str
    who: str
    email: str
    password: str


def logins(data: Path) -> list[Login]:
    """The logins of the demonstration in a data folder; none before it was loaded."""
    try:
        rows = json.loads((data / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return []
    return [Login(**row) for row in rows]


def make_logins(data: Path) -> list[Login]:
    """Give a password to the facilitator, a delegate and a think tank; the same as before where one is kept.

    Raises:
        OSError: the data folder cannot be written.
    """
    found = logins(data) or [
        Login(role, who, email, secrets.token_urlsafe(12)) for role, who, email in _roles()
    ]
    handle = os.open(data / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(
            [{name: getattr(login, name) for name in Login.__slots__} for login in found],
            file,
            ensure_ascii=False,
            indent=1,
        )
    for login in found:
        Person.objects.filter(email=login.email).update(password=_kept(login.password))
    return found


def _kept(password: str) -> str:
    """What is kept of a random password, which cannot be guessed however fast; a sign-in slows it down."""
    hasher = copy(get_hasher())
    if hasattr(hasher, "iterations"):
        hasher.iterations = QUICK
    return hasher.encode(password, hasher.salt())


def _roles() -> list[tuple[str, str, str]]:
    heads = {person.party: person for person in story.people() if person.capacity == "head"}
    names = {party.party: party.name for party in story.parties()}
    tank = next(
        party.party for party in story.parties() if party.kind == THINK_TANK and party.language == "en"
    )
    return [
        ("facilitator", FACILITATOR.name, FACILITATOR.email),
        (f"delegate, head of {names[STATE]}", heads[STATE].name, heads[STATE].email),
        (f"think tank, {names[tank]}", heads[tank].name, heads[tank].email),
    ]
