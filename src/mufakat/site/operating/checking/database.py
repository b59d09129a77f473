"""The database: does it answer, is it up to date, and do its ledger and its clock agree with us?"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection

from mufakat.site.ledger.hashing import FIELDS, event_hash
from mufakat.site.ledger.models import Chain, Event
from mufakat.site.operating.checking.finding import Finding, good, wrong
from mufakat.site.operating.operators import operators
from mufakat.site.operating.preparing import missing_migrations

OLDEST_POSTGRESQL: Final = 14
APART: Final = 60.0
"""Seconds by which two clocks may differ."""
PREPARE: Final = "./mufakat prepare"


def findings() -> Iterator[Finding]:
    """Look at the database, and at what stands in it if it can be read."""
    is_file = connection.vendor == "sqlite" and "mode=memory" not in str(connection.settings_dict["NAME"])
    if is_file and not Path(connection.settings_dict["NAME"]).exists():
        yield wrong("database", "there is none yet", PREPARE)
        return
    try:
        yield _postgresql() if connection.vendor == "postgresql" else _sqlite()
        missing = missing_migrations()
        if missing:
            yield wrong(
                "tables", f"{len(missing)} changes of the database are missing, from {missing[0]} on", PREPARE
            )
            return
        yield good("tables", "as this version of the code needs them")
        yield _heads()
        yield from _clock()
        yield _operators()
    except DatabaseError as error:
        reason = (str(error).strip().splitlines() or ["it does not answer"])[0]
        where = "MUFAKAT_DATABASE_URL" if settings.CONFIG.database_url else "the data folder"
        yield wrong("database", f"{_shown()}: {_hidden(reason)}", f"start it, or set {where} right")


def _shown() -> str:
    """Which database it is, without its password."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"SQLite in {given['NAME']}"
    return f"PostgreSQL, {given['NAME']} on {given['HOST'] or 'this machine'}"


def _hidden(text: str) -> str:
    password = connection.settings_dict.get("PASSWORD")
    return text.replace(password, "…") if password else text


def _sqlite() -> Finding:
    mode = _asked("PRAGMA journal_mode")
    if mode not in ("wal", "memory"):
        return wrong(
            "database",
            f"{_shown()} keeps its journal as {mode!r}, so that readers wait for writers",
            "keep the data folder on a disk of this machine: no network share can hold it",
        )
    return good("database", f"{_shown()}, version {sqlite3.sqlite_version}, journal {mode}")


def _postgresql() -> Finding:
    number = int(_asked("SHOW server_version_num"))
    shown = f"{number // 10000}.{number % 10000}"
    if number // 10000 < OLDEST_POSTGRESQL:
        return wrong(
            "database",
            f"{_shown()}, version {shown}, is too old",
            f"use PostgreSQL {OLDEST_POSTGRESQL} or newer",
        )
    return good("database", f"{_shown()}, version {shown}")


def _asked(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return row[0] if row else None


def _heads() -> Finding:
    """The head of each chain against its last event; `mufakat verify` looks at every event."""
    chains = list(Chain.objects.order_by("name"))
    for chain in chains:
        last = Event.objects.filter(chain=chain).order_by("-number").values_list(*FIELDS[1:], "hash").first()
        agrees = (
            (chain.length, chain.hash) == (0, "")
            if last is None
            else last[0] == chain.length and last[-1] == chain.hash == event_hash([chain.name, *last[:-1]])
        )
        if not agrees:
            return wrong(
                "ledger",
                f"the end of {chain.name} is not what was written",
                "./mufakat verify names the event; bring the database back from a copy",
            )
    return good("ledger", f"the ends of {len(chains)} chains are what was written")


def _clock() -> Iterator[Finding]:
    ahead = (
        Event.objects.order_by("-microseconds").values_list("microseconds", flat=True).first() or 0
    ) / 1e6
    ahead -= time.time()
    if ahead > APART:
        yield wrong(
            "clock",
            f"the last event of the ledger lies {ahead:.0f} seconds in the future",
            "set the clock of this machine right",
        )
        return
    if connection.vendor == "postgresql":
        apart = abs(float(_asked("SELECT extract(epoch FROM clock_timestamp())")) - time.time())
        if apart > APART:
            yield wrong(
                "clock",
                f"the clocks of this machine and of the database are {apart:.0f} seconds apart",
                "set both right",
            )
            return
    yield good("clock", "after the last event of the ledger")


def _operators() -> Finding:
    count = operators()
    if not count:
        return wrong(
            "operator", "nobody runs this site, so nobody can open a consultation", "./mufakat operator EMAIL"
        )
    return good("operator", f"{count} {'person runs' if count == 1 else 'people run'} this site")
