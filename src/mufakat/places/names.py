"""The names of countries and regions in the six official languages of the United Nations.

They are the everyday names of the Unicode CLDR, through ``babel``. Where those differ from the usage of the
United Nations in a way that matters in a consultation (a state under a territory's name, a region that leaves
out half of its countries), ``names.csv`` of this package has the short name that the United Nations uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from mufakat.places.countries import Country, country
from mufakat.places.errors import PlacesError
from mufakat.places.regions import Region, regions
from mufakat.places.tables import rows

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
"""The six official languages, in the order of their English names."""


def check_language(language: str) -> str:
    """*language* itself.

    Raises:
        PlacesError: it is none of the six.
    """
    if language not in LANGUAGES:
        raise PlacesError(f"{language!r} is none of the six languages; right are {', '.join(LANGUAGES)}")
    return language


@cache
def own_names() -> Mapping[str, Mapping[str, str]]:
    """The names that stand in ``names.csv``, by alpha-3 or M49 code and by language."""
    return {row.pop("code"): row for row in rows("names", "code", *LANGUAGES)}


@cache
def cldr_names(language: str) -> Mapping[str, str]:
    """The names of CLDR by alpha-2 code, or by three digits for regions."""
    from babel import Locale

    return dict(Locale.parse(language).territories)


def name(of: str | Country | Region, language: str) -> str:
    """The name of a country or of a region of M49.

    Args:
        of: a country or any of its codes, or a region or its code of three digits.
        language: one of ``ar``, ``zh``, ``en``, ``fr``, ``ru``, ``es``.

    Raises:
        PlacesError: there is no such country, region or language.
    """
    check_language(language)
    code = of.code if isinstance(of, Region) else of
    if isinstance(code, str) and any(region.code == code for region in regions()):
        key = cldr_key = code
    else:
        found = country(code)
        key, cldr_key = found.alpha3, found.alpha2
    if key in own_names():
        return own_names()[key][language]
    return cldr_names(language)[cldr_key]
