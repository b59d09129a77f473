"""Names as people write them, without what would let one name pass for another or turn a line around."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 200
# Scripts whose letters look alike; a word that mixes them is not a name but a disguise.
LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK")


def clean_name(text: str) -> str:
    """The name in composed form (NFC), with single spaces and without invisible or turning characters.

    Raises:
        ValidationError: nothing is left, it is too long, or a word mixes scripts whose letters look alike.
    """
    composed = unicodedata.normalize("NFC", text)
    # Joiners are letters' own business in Arabic and Indic scripts; all other controls and formats go.
    kept = "".join(
        char
        if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") or char in "\u200c\u200d"
        else " "
        for char in composed
    )
    name = " ".join(kept.split()).strip("\u200c\u200d ")
    if not name:
        raise ValidationError(_("A name is needed."), code="empty_name")
    if len(name) > LONGEST:
        raise ValidationError(
            _("This name has %(length)d characters; at most %(longest)d are possible."),
            code="long_name",
            params={"length": len(name), "longest": LONGEST},
        )
    for word in name.split():
        scripts = {script for char in word if (script := _script(char))}
        if len(scripts) > 1:
            raise ValidationError(
                _("The word “%(word)s” mixes letters of scripts that look alike: write it in one script."),
                code="mixed_scripts",
                params={"word": word},
            )
    return name


def _script(char: str) -> str:
    if not char.isalpha():
        return ""
    first = unicodedata.name(char, "").partition(" ")[0]
    return first if first in LOOK_ALIKE else ""
