"""The languages that content stands in, and the direction in which each is read."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

SIX: Final = ("ar", "zh", "en", "fr", "ru", "es")
"""The official languages of the United Nations, in the order of their English names."""

CHOICES: Final = (
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
    ("", _("another language")),
)
OWN_NAMES: Final = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "français",
    "ru": "русский",
    "es": "español",
}
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "ps", "ku", "sd", "ug", "yi", "dv"})


def direction(language: str) -> str:
    """``rtl``, ``ltr``, or ``auto`` where the language is not known."""
    if not language:
        return "auto"
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def called(language: str) -> str:
    """The language's name in the reader's language; the tag itself where it has none here."""
    return str(dict(CHOICES).get(language, language)) if language else str(_("another language"))
