"""Python, and the packages beside it: are they the ones that the project names?"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mufakat.site.operating.checking.finding import Finding, good, note, wrong

OLDEST = (3, 11)
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(;?)", re.MULTILINE)
BUILD_ANEW = "delete .venv and call ./mufakat again"


def findings(requirements: Path | None = None) -> Iterator[Finding]:
    """Look at Python and at every package.

    Args:
        requirements: the list of exact versions; by default that of the project this code stands in.
    """
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST:
        yield wrong("Python", f"{found} is too old; 3.11 is the oldest that works", "install a newer one")
    else:
        yield good("Python", found)
    requirements = requirements or Path(__file__).resolve().parents[5] / "requirements" / "base.txt"
    if not requirements.exists():
        yield note(
            "packages", "this is no checkout of the project, so their versions cannot be held against it"
        )
        return
    wanted: dict[str, set[str]] = {}
    optional = set()
    for name, number, conditional in PINNED.findall(requirements.read_text("utf-8")):
        wanted.setdefault(name, set()).add(number)
        if conditional:
            optional.add(name)
    differing = []
    for name, numbers in wanted.items():
        have = _version(name)
        if have is None and name not in optional:
            differing.append(f"{name} is missing")
        elif have is not None and have not in numbers:
            differing.append(f"{name} is {have} and not {' or '.join(sorted(numbers))}")
    if differing:
        more = f" and {len(differing) - 3} more" if len(differing) > 3 else ""
        yield wrong("packages", f"{', '.join(differing[:3])}{more}", BUILD_ANEW)
    else:
        yield good("packages", f"{len(wanted)}, each in the version that requirements/base.txt names")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
