"""How events are hashed: the same everywhere, and for ever."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mufakat.site.ledger.hashing import canonical, event_hash, hasher


def test_the_hash_of_an_event_never_changes() -> None:
    values = ("consultation:1", 1, 1_700_000_000_000_000, "7", "MRD", "voices.vote", "party:MRD", "{}", "")
    assert event_hash(values) == "b2af95248463207be0add18bf88dcaa42bbb11a2009f7514be4ad4fd81d2cf39"


@given(st.lists(st.text() | st.integers(), max_size=12))
def test_it_is_the_hash_of_the_values_as_a_json_list(values: list[str | int]) -> None:
    text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    assert event_hash(values) == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@given(
    st.text(), st.lists(st.integers(), min_size=2, max_size=2), st.lists(st.text(), min_size=6, max_size=6)
)
def test_many_are_hashed_as_one_is(chain: str, numbers: list[int], texts: list[str]) -> None:
    assert hasher(chain)(*numbers, *texts) == event_hash([chain, *numbers, *texts])  # type: ignore[call-arg]


def test_a_detail_is_one_text_whatever_the_order_of_its_keys() -> None:
    assert (
        canonical({"b": 1, "a": ["é", "\n"]})
        == canonical({"a": ["é", "\n"], "b": 1})
        == '{"a":["é","\\n"],"b":1}'
    )


def test_a_detail_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"share": float("nan")})
    with pytest.raises(TypeError):
        canonical({"when": object()})
