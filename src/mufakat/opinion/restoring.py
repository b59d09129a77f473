"""A study out of its JSON: what `mufakat.opinion.writing` wrote, as values again.

Floats come back with the digits that were written, and what was not a number as nan. Whatever is wrong is
told with its place, such as `demands[3].constituencies[0]`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import starmap
from operator import itemgetter
from typing import Any, Final, TypeVar

import numpy as np

from mufakat.opinion.errors import StudyError
from mufakat.opinion.result import (
    SCHEMA,
    Coverage,
    DemandResult,
    Exposure,
    GroupsResult,
    Integrity,
    PartyResults,
    Representative,
    RowCount,
    StabilityPoint,
    Standing,
    State,
    Study,
)

Row = Mapping[str, Any]
Made = TypeVar("Made")
STATES: Final = {state.value: state for state in State}
NAN: Final = float("nan")
STANDING: Final = itemgetter("family", "name", "n", "agree", "low", "high")
STANDING_TYPES: Final = (str, str, float, float, float, float)


def study_from_json(document: Mapping[str, Any]) -> Study:
    """The study that `writing.as_json` or a `study.json` tells of.

    Keys that are not known are left aside. Writing the study again gives the same document.

    Args:
        document: what `json.loads` gives.

    Raises:
        StudyError: another schema, a key that is missing, or a value that cannot stand where it does.
    """
    if not isinstance(document, Mapping):
        raise StudyError(f"a study is an object with the key 'schema', not {_short(document)}")
    schema = document.get("schema")
    if schema != SCHEMA:
        raise StudyError(f"schema is {schema!r}: only a study of schema {SCHEMA!r} can be read here")
    whole = "study"
    groups = _groups(_object(document, "groups", whole))
    return Study(
        title=_text(document, "title", whole),
        invented=_flag(document, "invented", whole),
        parties=_parties(_list(document, "parties", whole), groups.names),
        demands=_each(document, "demands", _demand),
        explained=_numbers(_object(document, "axes", whole), "explained", "axes"),
        groups=groups,
        representative=_each(document, "representative", _representative),
        coverage=_each(document, "coverage", _coverage),
        exposure=_exposure(_object(document, "exposure", whole)),
        integrity=_integrity(_object(document, "integrity", whole)),
        rows=_rows(_object(document, "rows", whole)),
        seed=_count(document, "seed", whole),
        # Studies of an earlier time do not have it, and withhold nothing.
        least=_count({"least": 0, **document}, "least", whole),
        notes=dict(_object(document, "notes", whole)),
    )


def _parties(rows: Sequence[Any], names: tuple[str, ...]) -> PartyResults:
    """All parties, column by column."""
    code: dict[str | None, int] = {None: -1, **{name: i for i, name in enumerate(names)}}
    group = np.empty(len(rows), dtype=np.int64)
    membership, x, y = (np.empty(len(rows)) for _ in range(3))
    votes = np.empty(len(rows), dtype=np.int64)
    ids, called = [], []
    for i, row in enumerate(rows):
        place = f"parties[{i}]"
        _checked(row, place)
        ids.append(_text(row, "id", place))
        called.append(_text(row, "name", place))
        letter = _value(row, "group", place)
        if not isinstance(letter, str | None) or letter not in code:
            raise _wrong(f"{place}.group", letter, f"null or one of the groups, {', '.join(names)}")
        group[i] = code[letter]
        membership[i] = _number(row, "membership", place)
        x[i], y[i] = _number(row, "x", place), _number(row, "y", place)
        votes[i] = _count(row, "votes", place)
    return PartyResults(id=ids, name=called, x=x, y=y, group=group, membership=membership, votes=votes)


def _demand(row: Row, place: str) -> DemandResult:
    state = _value(row, "state", place)
    if not isinstance(state, str) or state not in STATES:
        raise _wrong(f"{place}.state", state, f"one of {', '.join(STATES)}")
    binding = _value(row, "binding", place)
    if binding is not None:
        at = f"{place}.binding"
        _checked(binding, at)
        binding = (_text(binding, "family", at), _text(binding, "name", at))
    divides = _value(row, "divides", place)
    if divides is not None:
        if not isinstance(divides, list | tuple) or list(map(type, divides)) != [str, str]:
            raise _wrong(f"{place}.divides", divides, "two names of groups, or null")
        divides = (divides[0], divides[1])
    return DemandResult(
        id=_text(row, "id", place),
        text=_text(row, "text", place),
        language=_text(row, "language", place),
        agree=_count_or_none(row, "agree", place),
        disagree=_count_or_none(row, "disagree", place),
        passes=_count_or_none(row, "pass", place),
        adjusted=None if _value(row, "adjusted", place) is None else _number(row, "adjusted", place),
        state=STATES[state],
        score=_number(row, "score", place),
        binding=binding,
        constituencies=_standings(row, place),
        flip=_count_or_none(row, "flip", place),
        divides=divides,
    )


def _standings(row: Row, place: str) -> tuple[Standing, ...]:
    """The standings of a demand; a study has tens of thousands, so those without fault are taken at once."""
    try:
        found = [STANDING(item) for item in row["constituencies"]]
    except (KeyError, TypeError):
        found = []
    if found and all(tuple(map(type, values)) == STANDING_TYPES for values in found):
        return tuple(starmap(Standing, found))
    return _each(row, "constituencies", _standing, place)


def _standing(row: Row, place: str) -> Standing:
    return Standing(
        _text(row, "family", place),
        _text(row, "name", place),
        *(_number(row, key, place) for key in ("n", "agree", "low", "high")),
    )


def _groups(row: Row) -> GroupsResult:
    place = "groups"
    value, reference, margin = (_object(row, key, place) for key in ("stability", "reference", "margin"))
    points = []
    for k in value:
        if not k.isdecimal():
            raise _wrong(f"{place}.stability", k, "whole numbers of groups as keys")
        points.append(
            StabilityPoint(
                int(k),
                _number(value, k, "groups.stability"),
                _number(reference, k, "groups.reference"),
                _number(margin, k, "groups.margin"),
            )
        )
    names, sizes = _list(row, "names", place), _list(row, "sizes", place)
    if len(names) != len(sizes):
        raise StudyError(
            f"groups has {len(names)} names and {len(sizes)} sizes: one of each a group is right"
        )
    return GroupsResult(
        k=_count(row, "k", place),
        names=tuple(_text(names, i, "groups.names") for i in range(len(names))),
        sizes=tuple(_count_or_none(sizes, i, "groups.sizes") for i in range(len(sizes))),
        axes=_count(row, "axes", place),
        stability=tuple(points),
        forced=_flag(row, "forced", place),
    )


def _representative(row: Row, place: str) -> Representative:
    return Representative(
        group=_text(row, "group", place),
        demand=_text(row, "demand", place),
        side=_count(row, "side", place),
        share=_number(row, "share", place),
        rest=_number(row, "rest", place),
        p=_number(row, "p", place),
        q=_number(row, "q", place),
    )


def _coverage(row: Row, place: str) -> Coverage:
    return Coverage(
        family=_text(row, "family", place),
        name=_text(row, "name", place),
        declared=_count(row, "declared", place),
        heard=_count(row, "heard", place),
        votes=_count_or_none(row, "votes", place),
    )


def _exposure(row: Row) -> Exposure:
    place = "exposure"
    return Exposure(
        source=_text(row, "source", place),
        uneven=_number(row, "uneven", place),
        largest=_number(row, "largest", place),
        mean=_number(row, "mean", place),
        states=_count(row, "states", place),
        axis=_number(row, "axis", place),
        moved=_number(row, "moved", place),
    )


def _integrity(row: Row) -> Integrity:
    def straight(found: Row, place: str) -> tuple[str, int, int]:
        return _text(found, "party", place), _count(found, "vote", place), _count(found, "votes", place)

    def alike(found: Row, place: str) -> tuple[str, str, int, float]:
        pair = _list(found, "parties", place)
        if len(pair) != 2:
            raise _wrong(f"{place}.parties", pair, "two ids")
        first, second = (_text(pair, i, f"{place}.parties") for i in range(2))
        return first, second, _count(found, "common", place), _number(found, "alike", place)

    return Integrity(
        straight=_each(row, "straight", straight, "integrity"),
        alike=_each(row, "alike", alike, "integrity"),
    )


def _rows(row: Row) -> RowCount:
    return RowCount(*(_count(row, key, "rows") for key in ("read", "kept", "superseded", "rejected")))


def _each(row: Row, key: str, made: Callable[[Row, str], Made], place: str = "") -> tuple[Made, ...]:
    """Every object of a list, made into a value."""
    at = f"{place}.{key}" if place else key
    found = []
    for i, item in enumerate(_list(row, key, place or "study")):
        inside = f"{at}[{i}]"
        _checked(item, inside)
        found.append(made(item, inside))
    return tuple(found)


def _value(row: Any, key: str | int, place: str) -> Any:
    try:
        return row[key]
    except KeyError:
        raise StudyError(f"{place} has no key {key!r}: a study of schema {SCHEMA!r} has one there") from None


def _text(row: Any, key: str | int, place: str) -> str:
    value = _value(row, key, place)
    if type(value) is str:
        return value
    raise _wrong(_at(place, key), value, "text")


def _flag(row: Row, key: str, place: str) -> bool:
    value = _value(row, key, place)
    if type(value) is bool:
        return value
    raise _wrong(_at(place, key), value, "true or false")


def _count(row: Any, key: str | int, place: str) -> int:
    value = _value(row, key, place)
    if type(value) is int:
        return value
    raise _wrong(_at(place, key), value, "a whole number")


def _count_or_none(row: Any, key: str | int, place: str) -> int | None:
    return None if _value(row, key, place) is None else _count(row, key, place)


def _number(row: Any, key: str | int, place: str) -> float:
    value = _value(row, key, place)
    if type(value) is float:
        return value
    if value is None:
        return NAN
    if type(value) is int:
        return float(value)
    raise _wrong(_at(place, key), value, "a number, or null where there is none")


def _numbers(row: Row, key: str, place: str) -> tuple[float, ...]:
    found = _list(row, key, place)
    return tuple(_number(found, i, f"{place}.{key}") for i in range(len(found)))


def _object(row: Row, key: str, place: str) -> Row:
    return _checked(_value(row, key, place), _at(place, key))


def _list(row: Row, key: str, place: str) -> Sequence[Any]:
    value = _value(row, key, place)
    if isinstance(value, list | tuple):
        return value
    raise _wrong(_at(place, key), value, "a list")


def _checked(value: Any, place: str) -> Row:
    if isinstance(value, dict):
        return value
    raise _wrong(place, value, "an object")


def _at(place: str, key: str | int) -> str:
    return f"{place}[{key}]" if isinstance(key, int) else f"{place}.{key}"


def _wrong(place: str, value: Any, right: str) -> StudyError:
    return StudyError(f"{place} is {_short(value)}, but must be {right}")


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
