"""Counted things in words."""

from __future__ import annotations

import pytest

from mufakat.site.web.nouns import NOUNS, count_in_words


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_every_noun_has_one_and_many(noun: str) -> None:
    one, many = count_in_words(1, noun), count_in_words(2, noun)
    assert one == f"1 {noun}"
    assert many.startswith("2 ")
    assert many.removeprefix("2 ") != noun


def test_an_unknown_noun_is_refused() -> None:
    with pytest.raises(KeyError):
        count_in_words(1, "unicorn")
