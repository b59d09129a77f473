"""Fields that several forms of this app share."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from mufakat.site.consultations.models import Consultation, Theme
from mufakat.site.languages.tags import CHOICES
from mufakat.site.voices.queries.demands import themes

LONGEST_WORDING: Final = 1000
ANOTHER: Final = "und"
"""What a form sends for a language that has no name here: BCP 47 for undetermined."""


class LanguageField(forms.ChoiceField):
    """The language of some words; comes out as its tag, empty for a language that has no name here."""

    def __init__(self, label: Any = "", **named: Any) -> None:
        super().__init__(
            label=label or _("Language of these words"),
            choices=[(tag or ANOTHER, name) for tag, name in CHOICES],
            **named,
        )

    def prepare_value(self, value: Any) -> Any:
        """As the form sends it."""
        return ANOTHER if value == "" else value

    def clean(self, value: Any) -> str:
        """The tag."""
        tag: str = super().clean(value)
        return "" if tag == ANOTHER else tag


class ThemeField(forms.ChoiceField):
    """A theme of one consultation, or none; comes out as the theme itself."""

    def __init__(self, consultation: Consultation, language: str) -> None:
        self.consultation = consultation
        super().__init__(
            label=_("Theme"),
            choices=[("", _("no theme yet")), *themes(consultation, language)],
            required=False,
        )

    def clean(self, value: Any) -> Theme | None:
        """The theme with this code."""
        code = super().clean(value)
        return Theme.objects.get(consultation=self.consultation, code=code) if code else None


def words(label: Any, *, rows: int = 3, help_text: Any = "", required: bool = True) -> forms.CharField:
    """What somebody words: a demand, a part of one, a translation."""
    return forms.CharField(
        label=label,
        max_length=LONGEST_WORDING,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        help_text=help_text,
        required=required,
    )


def reason(help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Why something was decided."""
    return forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=help_text,
        required=required,
    )
