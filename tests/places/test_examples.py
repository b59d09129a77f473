"""The examples in the documentation of places are true."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "places.md"


@pytest.mark.parametrize("module", ["__init__", "dates", "finding"])
def test_the_examples_of_a_module_hold(module: str) -> None:
    failed, tried = doctest.testmod(
        importlib.import_module(f"mufakat.places.{module}".removesuffix(".__init__"))
    )
    assert tried > 0
    assert failed == 0


def test_the_examples_of_the_document_hold() -> None:
    text = DOCUMENT.read_text("utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, DOCUMENT.name, str(DOCUMENT), 0)
    assert len(examples.examples) > 3
    assert doctest.DocTestRunner().run(examples).failed == 0
