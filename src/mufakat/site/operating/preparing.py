"""Bringing an installation up to date: the tables of its database, and the files that pages ask for."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Tell = Callable[[str], None]
STAMP: Final = ".collected"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done: how many migrations were applied, and whether static files were collected anew."""

    migrations: int
    collected: bool


def prepare(tell: Tell = lambda doing: None) -> Prepared:
    """Apply the migrations that are missing and collect static files where they changed; else do nothing.

    Args:
        tell: called with what is being done, where it takes time.

    Raises:
        django.db.Error: the database cannot be reached or migrated.
        OSError: the data folder cannot be written.
    """
    folder = Path(settings.CONFIG.data)
    _close_to_others(folder)
    with _one_at_a_time(folder / "prepare.lock"):
        missing = len(missing_migrations())
        if missing:
            tell(f"bringing the database up to date: {missing} migrations")
            call_command("migrate", verbosity=0, interactive=False)
        digest = static_digest()
        changed = not settings.DEBUG and collected_digest() != digest
        if changed:
            tell("collecting style sheets and scripts")
            collect(digest)
    return Prepared(missing, changed)


def missing_migrations() -> list[str]:
    """The migrations that the database still lacks, such as ``voices.0002_more``, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def static_files() -> Iterator[tuple[str, Path]]:
    """Every file that pages may ask for: its name in addresses, and where it stands."""
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))


def static_digest() -> str:
    """One hash of all static files as they stand in the code: their names, sizes and times."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]["BACKEND"]).encode())
    for name, path in sorted(static_files()):
        state = path.stat()
        digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collected_digest() -> str:
    """The hash of what was collected last; empty where nothing was."""
    try:
        return (Path(settings.STATIC_ROOT) / STAMP).read_text("ascii")
    except OSError:
        return ""


def collect(digest: str) -> None:
    """Collect all static files into the data folder, named by their content; the stamp comes last."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    (root / STAMP).unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False, stdout=io.StringIO())
    (root / STAMP).write_text(digest, encoding="ascii")


def _close_to_others(folder: Path) -> None:
    """Make the data folder, or one that holds nothing yet but a secret key, readable for its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    if {path.name for path in folder.iterdir()} <= {"secret-key"}:
        folder.chmod(0o700)


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    """Let a second call wait until the first is done; where the system knows no such locks, go on."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
