"""``python -m mufakat``: the command line."""

from __future__ import annotations

from mufakat.cli import main

if __name__ == "__main__":
    main(prog_name="mufakat")
