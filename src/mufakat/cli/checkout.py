"""The folder of the project's own checkout, for the commands that check and build Mufakat itself."""

from __future__ import annotations

from pathlib import Path

import click


def checkout() -> Path:
    """Return the project's root; raise :exc:`click.ClickException` where there is no checkout."""
    root = Path(__file__).resolve().parents[3]
    if not (root / "requirements").is_dir():
        raise click.ClickException(
            f"this command works on the project's own checkout, and {root} is none;"
            " fetch the project and call its ./mufakat"
        )
    return root
