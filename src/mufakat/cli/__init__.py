"""The command line of Mufakat: ``mufakat COMMAND``.

Each command lives in a module of its own, which is imported only when that command is called or asked about;
``mufakat --help`` therefore answers at once.
"""

from __future__ import annotations

import click

from mufakat.cli.lazy import LazyCommand, LazyGroup

COMMANDS = {
    "demo": LazyCommand(
        "mufakat.cli.demo:demo", "Load the invented consultation and serve it on this machine."
    ),
    "serve": LazyCommand("mufakat.cli.serve:serve", "Serve the site, with its background worker."),
    "worker": LazyCommand(
        "mufakat.cli.serve:worker", "Work in the background: tasks, fresh studies of votes."
    ),
    "prepare": LazyCommand("mufakat.cli.prepare:prepare", "Bring database and static files up to date."),
    "check": LazyCommand(
        "mufakat.cli.check:check", "Say what is wrong with this installation, and how to mend it."
    ),
    "verify": LazyCommand("mufakat.cli.verify:verify", "Check that nothing in the ledger was changed."),
    "operator": LazyCommand("mufakat.cli.operator:operator", "Let a person run the site."),
    "consultation": LazyCommand(
        "mufakat.cli.consultation:consultation", "List, open, fill and export consultations."
    ),
    "opinion": LazyCommand("mufakat.cli.opinion:opinion", "Who agrees with what, and how surely."),
    "bench": LazyCommand("mufakat.cli.bench:bench", "Measure speed and memory beside other programs."),
    "test": LazyCommand("mufakat.cli.test:test", "Run every check: lint, format, types, layers and tests."),
    "lock": LazyCommand("mufakat.cli.lock:lock", "Pin the exact version and hash of every package needed."),
}


@click.group(
    cls=LazyGroup, commands_by_name=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
def main() -> None:
    """Run a strategic consultation, from the first voice to what was done about it."""
