"""A click group that imports the module of a command only when that command is needed."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click


@dataclass(frozen=True)
class LazyCommand:
    """Where a command is found, ``module:name``, and the one line that stands for it until it is imported."""

    target: str
    summary: str

    def load(self) -> click.Command:
        """Import the module and return its command; raise :exc:`TypeError` if the name is none."""
        module_name, _, attribute = self.target.partition(":")
        command = getattr(importlib.import_module(module_name), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.target} is a {type(command).__name__}, where a click command is needed")
        return command


class LazyGroup(click.Group):
    """A group that knows its commands by name and summary alone, and loads each at its first use."""

    def __init__(self, *arguments: Any, commands_by_name: Mapping[str, LazyCommand], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.commands_by_name = dict(commands_by_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they were declared."""
        return list(self.commands_by_name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command called *cmd_name*; None if there is none of that name."""
        found = self.commands_by_name.get(cmd_name)
        return found.load() if found is not None else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the summaries as declared, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in self.commands_by_name.items()])
