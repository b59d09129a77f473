"""What the figures were measured on, and a fingerprint of the code that was measured."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.process import ROOT

PACKAGES = ("numpy", "scipy", "pyarrow", "red-dwarf", "scikit-learn", "pandas")
GB = 1e9


def machine() -> dict[str, Any]:
    """Cores, processor, bytes of memory, system, versions, date (UTC) and load at this moment."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _processor(),
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: version for name in PACKAGES if (version := _version(name))},
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "load": load(),
    }


def line(known: Mapping[str, Any]) -> str:
    """What `machine` gave, in one line."""
    packages = ", ".join(f"{name} {version}" for name, version in known["packages"].items())
    return (
        f"{known['cores']} cores ({known['processor']}), {known['memory'] / GB:.0f} GB, {known['system']}; "
        f"Python {known['python']}, {packages}; {known['date']}, load {known['load']:.1f} at the start"
    )


def load() -> float:
    """How many processes wanted a core, on average over the last minute."""
    return os.getloadavg()[0]


def fingerprint(modules: Iterable[str]) -> str:
    """A hash of the opinion library, of the bench modules named, and of what they run on."""
    known = machine()
    library = (ROOT / "src" / "mufakat" / "opinion").rglob("*.py")
    measured = [ROOT.joinpath(*module.split(".")).with_suffix(".py") for module in modules]
    world = repr((known["cores"], known["processor"], known["python"], known["packages"]))
    return hashlib.sha256((world + fingerprint_of([*library, *measured])).encode()).hexdigest()


def fingerprint_of(files: Iterable[Path]) -> str:
    """A hash of the names and contents of files inside the project, whatever their order."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    if known.is_file():
        for row in known.read_text(encoding="utf-8", errors="replace").splitlines():
            if row.startswith("model name"):
                return row.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
