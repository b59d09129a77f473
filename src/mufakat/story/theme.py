"""The themes under which the invented demands are sorted, with their names in six languages.

The table itself is ``themes.csv`` beside this file.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Final

from mufakat.story.party import LANGUAGES


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme.

    Attributes:
        theme: its name in English, as it stands in ``Demand.theme``.
        about: what belongs under it, in one English sentence.
        names: its name by language, one for each of ``party.LANGUAGES``.
    """

    theme: str
    about: str
    names: Mapping[str, str]


def _themes() -> tuple[Theme, ...]:
    source = resources.files("mufakat.story").joinpath("themes.csv")
    with source.open(encoding="utf-8") as lines:
        return tuple(
            Theme(
                theme=row["theme"],
                about=row["about"],
                names=MappingProxyType(
                    {language: row["theme" if language == "en" else language] for language in LANGUAGES}
                ),
            )
            for row in csv.DictReader(lines)
        )


THEMES: Final = _themes()
"""All 15 themes, in the order in which the demands first raise them."""
