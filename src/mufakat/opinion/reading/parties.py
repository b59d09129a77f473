"""The parties table: `party[,name][,kind][,region][,groups][,any other column]`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from mufakat.opinion.constituencies import Constituencies, family_of, group_family
from mufakat.opinion.errors import InputError
from mufakat.opinion.reading.careful import Row, column_key, small_table
from mufakat.opinion.reading.rows import Rejection, shown

NOT_FAMILIES: Final = ("party", "name", "groups")


def read_parties(path: str | Path) -> tuple[Constituencies, tuple[Rejection, ...]]:
    """Read the parties and the constituencies they form.

    Each column but `party`, `name` and `groups` becomes a family; each group named in `groups`, where names
    are separated by `;` or `|`, becomes a family of its members and everyone else.

    Returns:
        The constituencies, and the rows that were not used.

    Raises:
        InputError: the file cannot be read, has no `party` column, or names no party.
    """
    path = Path(path)
    names, rows, rejections = small_table(path, needs=("party",))
    parties: list[Row] = []
    first_line: dict[str, int] = {}
    for row in rows:
        party = row.values["party"]
        if not party:
            rejections.append(Rejection(path.name, row.line, party, "the party is empty"))
        elif party in first_line:
            reason = f"the party stands in row {first_line[party]} already; the first is kept"
            rejections.append(Rejection(path.name, row.line, shown(party), reason))
        else:
            first_line[party] = row.line
            parties.append(row)
    if not parties:
        raise InputError(f"{path}: names no party; each row after the header is one party")
    families = [
        family_of(name, [row.values[column_key(name)] for row in parties])
        for name in names
        if name and column_key(name) not in NOT_FAMILIES
    ]
    families = [family for family in families if family.constituencies]
    belongs = [_groups_of(row) for row in parties]
    groups = sorted({group for mine in belongs for group in mine})
    return (
        Constituencies(
            parties=[row.values["party"] for row in parties],
            families=(
                *families,
                *(group_family(group, [group in mine for mine in belongs]) for group in groups),
            ),
            names={row.values["party"]: row.values["name"] for row in parties if row.values.get("name")},
        ),
        tuple(sorted(rejections, key=lambda rejection: rejection.row)),
    )


def _groups_of(row: Row) -> set[str]:
    return {group for part in re.split("[;|]", row.values.get("groups", "")) if (group := part.strip())}
