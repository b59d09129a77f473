"""The data folder: can it be written, is there room, and who else can read it?"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from mufakat.site.operating.checking.finding import Finding, good, note, wrong

LITTLE_ROOM: Final = 1024**3
NO_ROOM: Final = 100 * 1024**2
SHORT_KEY: Final = 50


def findings() -> Iterator[Finding]:
    """Look at the data folder, the secret key in it, its permissions and the room on its disk."""
    folder = Path(settings.CONFIG.data)
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield wrong(
            "data folder",
            f"{folder} cannot be written ({error.strerror}), and nothing could be kept",
            f"make it writable for this user: chown -R {_user()} {folder}",
        )
        return
    yield good("data folder", f"{folder} can be written")
    yield _key(folder / "secret-key")
    yield _permissions(folder)
    free = shutil.disk_usage(folder).free
    if free < NO_ROOM:
        yield wrong("disk", f"{_megabytes(free)} are free; soon nothing can be kept", "make room")
    elif free < LITTLE_ROOM:
        yield note("disk", f"{_megabytes(free)} are free", "make room before it runs out")
    else:
        yield good("disk", f"{_megabytes(free)} are free")


def _key(path: Path) -> Finding:
    given = settings.CONFIG.secret_key
    if given and len(given) < SHORT_KEY:
        return wrong(
            "secret key",
            f"MUFAKAT_SECRET_KEY has {len(given)} characters and could be guessed",
            f"set {SHORT_KEY} random characters or more, or leave it out and let one be made",
        )
    if given:
        return good("secret key", "set by MUFAKAT_SECRET_KEY")
    if not path.exists():
        return wrong(
            "secret key",
            f"{path} is gone; at the next start everybody is signed out, and links in e-mail fail",
            "put it back from a copy of the data folder",
        )
    return good("secret key", f"kept in {path}")


def _permissions(folder: Path) -> Finding:
    private = ("secret-key", "mufakat.sqlite3", "demo-logins.json")
    if os.name != "posix":
        return note("permissions", "this system has none that could be looked at")
    open_ = [
        path
        for path in (folder, *(folder / name for name in private))
        if path.exists() and path.stat().st_mode & _forbidden(path)
    ]
    if not open_:
        return good("permissions", "no other user of this machine can read what is private")
    names = " ".join(str(path) for path in open_)
    return wrong(
        "permissions",
        f"other users of this machine can read or change {', '.join(path.name for path in open_)}",
        f"chmod o= {names}",
    )


def _forbidden(path: Path) -> int:
    """What others may not: change the folder, or read a file; a folder closed to others guards its files."""
    if path.is_dir():
        return stat.S_IWOTH
    closed = not path.parent.stat().st_mode & stat.S_IXOTH
    return 0 if closed else stat.S_IROTH | stat.S_IWOTH


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.0f} MB"


def _user() -> str:
    try:
        return str(os.getuid())
    except AttributeError:
        return "YOU"
