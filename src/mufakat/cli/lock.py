"""``mufakat lock``: write down the exact version and hash of every package the project needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from mufakat.cli.checkout import checkout

# In this order: `base` first, then `dev`; the sets after them are held to what these chose.
SETS = ("base", "dev", "bench", "cluster")
OLDEST_PYTHON = "3.11"


@click.command()
@click.option(
    "--upgrade", is_flag=True, help="Take the newest versions instead of keeping those that still fit."
)
def lock(*, upgrade: bool) -> None:
    """Pin the exact version and hash of every package needed.

    Reads requirements/*.in and writes requirements/*.txt, which hold names, versions and hashes but no
    address: where packages come from is the choice of whoever installs them. Needs the network.
    """
    folder = checkout() / "requirements"
    for name in SETS:
        click.echo(f"{name}: {pin(folder, name, upgrade=upgrade)} packages")


def pin(folder: Path, name: str, *, upgrade: bool) -> int:
    """Compile the set called *name* in *folder* and return how many packages it holds.

    Raises :exc:`click.ClickException` if packages cannot be resolved, or if an address got into the result.
    """
    if run_compiler(folder, name, ["--upgrade"] if upgrade else []) != 0:
        raise click.ClickException(f"requirements/{name}.in cannot be resolved; the reason stands above")
    compiled = (folder / f"{name}.txt").read_text("utf-8")
    addresses = [line for line in compiled.splitlines() if "://" in line]
    if addresses:
        raise click.ClickException(
            f"requirements/{name}.txt must hold no address, but it holds {addresses[0]!r}"
        )
    return len({line.partition("==")[0] for line in compiled.splitlines() if "==" in line})


def run_compiler(folder: Path, name: str, options: list[str]) -> int:
    """Let uv write *name*.txt from *name*.in in *folder*; return its exit code."""
    command = [
        *(sys.executable, "-P", "-m", "uv", "pip", "compile", "--quiet", *options),
        *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
        *("--universal", "--python-version", OLDEST_PYTHON),
        *("--output-file", f"{name}.txt", f"{name}.in"),
    ]
    return subprocess.run(command, cwd=folder, check=False).returncode
