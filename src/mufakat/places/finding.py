"""Countries by their names, as people type them into address books, in any of the six languages.

Only what is sure is found: a name must be one that the country has, but for capitals, accents, punctuation,
articles, the order of words ("Korea, Republic of") and the spelling of "and" and "Saint". A name that could
be two countries, such as "Korea", finds none of them.
"""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from mufakat.places.countries import Country, by_code, countries, country
from mufakat.places.names import LANGUAGES, cldr_names, name
from mufakat.places.tables import rows

CODE = re.compile(r"[A-Z]{2,3}")
WORD = re.compile(r"\w+")

# Letters that Unicode does not take apart, but that people write one for the other.
LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "ى": "ي", "ة": "ه", "ـ": None, "’": "'", "ʼ": "'"})
# "Bahamas (the)", "les Comores", "Trinidad & Tobago": articles and "and" come and go.
SILENT = frozenset(
    (
        "the",
        "and",
        "of",
        "l",
        "le",
        "la",
        "les",
        "et",
        "de",
        "du",
        "des",
        "d",
        "el",
        "los",
        "las",
        "y",
        "del",
        "и",
    )
)
SAINT = {"st": "saint", "ste": "saint", "sainte": "saint", "san": "saint", "sankt": "saint"}


def key(text: str) -> str:
    """The bare words of a name, sorted: what is the same in all spellings of one name.

    >>> key("Saint Vincent & the Grenadines") == key("ST. VINCENT AND GRENADINES")
    True
    """
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in parts if not unicodedata.combining(c)).translate(LETTERS)
    words = [SAINT.get(word, word) for word in WORD.findall(bare)]
    return " ".join(sorted(word for word in words if word not in SILENT))


def iso_names() -> Iterator[tuple[Country, str]]:
    """The short, formal and common names of ISO 3166-1, and their translations in ``pycountry``."""
    import pycountry

    translations = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[locale], fallback=True)
        for locale in ("ar", "zh_CN", "fr", "ru", "es")
    ]
    for entry in pycountry.countries:
        for field in ("name", "official_name", "common_name"):
            if english := getattr(entry, field, None):
                yield country(entry.alpha_3), english
                for translation in translations:
                    yield country(entry.alpha_3), translation.gettext(english)


def all_names() -> Iterator[tuple[Country, str]]:
    """Every name of every country that this library knows; some are given more than once."""
    for c in countries():
        for language in LANGUAGES:
            yield c, name(c, language)
            yield c, cldr_names(language)[c.alpha2]
    yield from iso_names()
    for row in rows("variants", "country", "name"):
        yield country(row["country"]), row["name"]


@cache
def by_name() -> Mapping[str, Country | None]:
    """The country of each key; None where two countries share it."""
    found: dict[str, Country | None] = {}
    for c, label in all_names():
        if wanted := key(label):
            found[wanted] = c if found.get(wanted, c) == c else None
    return found


def find(text: str) -> Country | None:
    """The country that *text* names, or None where that is not sure.

    Args:
        text: a name in Arabic, Chinese, English, French, Russian or Spanish: the short or the formal one, or
            one of those in ``variants.csv``. ISO codes are read in capitals only ("IN", but not "in").

    Nothing is guessed: a misspelt name finds nothing.
    """
    stripped = text.strip()
    if CODE.fullmatch(stripped) and stripped in by_code():
        return by_code()[stripped]
    return by_name().get(key(text))
