"""Countries and areas by their codes: ISO 3166-1 alpha-2, alpha-3, and the number it shares with M49."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mufakat.places.errors import PlacesError, nearby


@dataclass(frozen=True, order=True)
class Country:
    """A country or area of ISO 3166-1.

    Having a code says nothing about the status of a territory: most of the 249 are states, some are parts of
    one.
    """

    alpha3: str
    """Three capital letters, such as ``KEN``."""
    alpha2: str
    """Two capital letters, such as ``KE``."""
    m49: str
    """Three digits, such as ``404``: the number of ISO 3166-1 and of the United Nations standard M49."""

    def __str__(self) -> str:
        return self.alpha3


@cache
def countries() -> tuple[Country, ...]:
    """All 249 countries and areas of ISO 3166-1, in the order of their alpha-3 codes.

    Source: ISO 3166-1, through ``pycountry``.
    """
    import pycountry

    return tuple(sorted(Country(c.alpha_3, c.alpha_2, c.numeric) for c in pycountry.countries))


@cache
def by_code() -> Mapping[str, Country]:
    """Every country under each of its three codes."""
    return {code: c for c in countries() for code in (c.alpha3, c.alpha2, c.m49)}


@cache
def english_names() -> Mapping[str, str]:
    """The English name in ISO 3166-1 of each alpha-3 code, for messages."""
    import pycountry

    return {c.alpha_3: getattr(c, "common_name", c.name) for c in pycountry.countries}


def country(code: str | Country) -> Country:
    """The country of *code*.

    Args:
        code: ISO 3166-1 alpha-2 or alpha-3, in capitals or not; or the three digits of M49. A ``Country`` is
            given back as it is.

    Raises:
        PlacesError: no country has this code. Names are no codes: :func:`mufakat.places.find` reads them.
    """
    if isinstance(code, Country):
        return code
    try:
        return by_code()[code.strip().upper()]
    except KeyError:
        raise PlacesError(
            f"{code!r} is no code of a country; right are two or three letters of ISO 3166-1 (KE, KEN) or the"
            f" three digits of M49 (404).{nearby(code, english_names())}"
        ) from None
