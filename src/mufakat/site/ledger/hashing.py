"""How an event is hashed; anyone can do the same with a few lines of any language (`docs/ledger.md`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from typing import Any

FIELDS = ("chain", "number", "microseconds", "person", "party", "act", "subject", "detail", "previous")


def canonical(detail: Mapping[str, Any]) -> str:
    """A detail as the one JSON text that it is hashed as: keys sorted, no spaces, UTF-8, no NaN.

    Raises:
        TypeError: a value that JSON does not know.
        ValueError: a number that is not finite.
    """
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def event_hash(values: Sequence[str | int]) -> str:
    """SHA-256, hexadecimal, of the values in the order of `FIELDS`, as a JSON list without spaces."""
    # Written out by hand, because a whole ledger is hashed this way: `json.dumps` takes three times as long.
    written = [_quoted(value) if isinstance(value, str) else str(value) for value in values]
    return sha256(f"[{','.join(written)}]".encode("utf-8", "surrogatepass")).hexdigest()


def hasher(chain: str) -> Callable[[int, int, str, str, str, str, str, str], str]:
    """`event_hash` for many events of one chain; takes their values without the chain's name."""
    begin = f"[{_quoted(chain)},"

    def hash_of(
        number: int,
        microseconds: int,
        person: str,
        party: str,
        act: str,
        subject: str,
        detail: str,
        previous: str,
    ) -> str:
        text = (
            f"{begin}{number},{microseconds},{_quoted(person)},{_quoted(party)},{_quoted(act)}"
            f",{_quoted(subject)},{_quoted(detail)},{_quoted(previous)}]"
        )
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    return hash_of


def text_hash(text: str) -> str:
    """SHA-256, hexadecimal, by which an event speaks of a text without holding it."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
