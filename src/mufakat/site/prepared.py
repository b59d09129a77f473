"""Queries on the shortest path of a request, compiled once by Django and run many times.

Putting SQL together takes Django some ten times longer than a small query takes to run. What every request or
every vote asks is therefore said once, as a queryset with places in it, and run with values in those places:

    roles = Prepared(lambda at: Role.objects.filter(person=at.number("person")).values_list("role"))
    roles.rows(person=12)

The SQL is Django's own, so it is right for the database that the site is on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models

# No key, number or text of a person comes near these.
_NUMBERS = 7_777_777_777_000
_TEXTS = "\ue000{}\ue001"
_MOMENTS = datetime(9876, 5, 4, tzinfo=UTC)


StandIn = TypeVar("StandIn", int, str, datetime)


class Places:
    """Gives stand-ins for values that are not known yet, and remembers which is which."""

    def __init__(self) -> None:
        self.named: dict[Any, str] = {}

    def number(self, name: str) -> int:
        """A place for a whole number."""
        return self._keep(_NUMBERS + len(self.named), name)

    def text(self, name: str) -> str:
        """A place for a text."""
        return self._keep(_TEXTS.format(len(self.named)), name)

    def moment(self, name: str) -> datetime:
        """A place for a moment."""
        return self._keep(_MOMENTS + timedelta(days=len(self.named)), name)

    def _keep(self, stand_in: StandIn, name: str) -> StandIn:
        self.named[stand_in] = name
        return stand_in


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL; its parameters, each with the name of its place or "" where it is fixed; converters by column."""

    sql: str
    parameters: tuple[tuple[str, Any], ...]
    converters: tuple[tuple[int, Callable[[Any, Any], Any]], ...]


class Prepared:
    """A query, compiled at its first use on each kind of database.

    Args:
        build: makes the queryset of rows (``values_list``), with stand-ins from the `Places` it is given.
    """

    def __init__(self, build: Callable[[Places], models.QuerySet[Any, Any]]) -> None:
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows, in Python's own types.

        Raises:
            KeyError: a place for which no value is given.
        """
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile(connection)
        compiled = self._compiled[connection.vendor]
        parameters = [
            _adapted(values[name], connection) if name else fixed for name, fixed in compiled.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        if not compiled.converters:
            return rows
        converted = []
        for row in rows:
            cells = list(row)
            for place, convert in compiled.converters:
                cells[place] = convert(cells[place], connection)
            converted.append(tuple(cells))
        return converted

    def _compile(self, connection: Any) -> _Compiled:
        places = Places()
        compiler = self._build(places).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        named = {_adapted(stand_in, connection): name for stand_in, name in places.named.items()}
        asked = [column[0] for column in compiler.select[: compiler.col_count]]
        converters = tuple(
            (place, partial(_convert, functions, expression))
            for place, (functions, expression) in compiler.get_converters(asked).items()
        )
        return _Compiled(sql, tuple((named.get(value, ""), value) for value in parameters), converters)


def _convert(functions: Sequence[Callable[..., Any]], expression: Any, value: Any, connection: Any) -> Any:
    for function in functions:
        value = function(value, expression, connection)
    return value


_insertions: dict[tuple[str, type[models.Model], tuple[str, ...]], str] = {}


def insert(model: type[models.Model], values: Mapping[str, Any]) -> None:
    """Store one row, by attribute names of the model such as ``party_id``; defaults are not filled in."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(
            _insertion(model, tuple(values), connection),
            [_adapted(value, connection) for value in values.values()],
        )


def insert_many(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store rows, each the values of the named attributes; no defaults are filled in, no keys come back."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.executemany(
            _insertion(model, tuple(names), connection),
            [[_adapted(value, connection) for value in row] for row in rows],
        )


def _insertion(model: type[models.Model], names: tuple[str, ...], connection: Any) -> str:
    key = (connection.vendor, model, names)
    if key not in _insertions:
        quoted = connection.ops.quote_name
        columns = {field.attname: field.column for field in model._meta.concrete_fields}
        wanted = ", ".join(quoted(str(columns[name])) for name in names)
        marks = ", ".join(["%s"] * len(names))
        table = quoted(model._meta.db_table)
        _insertions[key] = f"INSERT INTO {table} ({wanted}) VALUES ({marks})"  # noqa: S608
    return _insertions[key]


def _adapted(value: Any, connection: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
