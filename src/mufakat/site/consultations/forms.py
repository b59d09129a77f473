"""The forms by which a consultation is opened, planned and kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mufakat.site.consultations.kinds import PARTY_KINDS
from mufakat.site.consultations.models import ROLES
from mufakat.site.languages.tags import CHOICES, SIX

LANGUAGES = tuple((tag, name) for tag, name in CHOICES if tag in SIX)


class Day(forms.DateInput):
    """A day, chosen from the browser's own calendar and written as the form reads it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of our time: one that a calendar can reckon with in every zone."""

    widget = Day

    def clean(self, value: Any) -> date | None:
        """The day, or None for none.

        Raises:
            ValidationError: no day, or one outside of the years 1900 to 2199.
        """
        day: date | None = super().clean(value)
        if day is not None and not 1900 <= day.year < 2200:
            raise ValidationError(_("Choose a day between the years 1900 and 2199."))
        return day


class SettingsForm(forms.Form):
    """What a facilitator says of a consultation as a whole."""

    title = forms.CharField(label=_("Title"), max_length=300)
    summary = forms.CharField(
        label=_("What it is about"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5000,
        help_text=_("Who asks, what is wanted, and until when. It stands on the first page."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages it is held in"),
        choices=LANGUAGES,
        initial=list(SIX),
        widget=forms.CheckboxSelectMultiple,
    )
    listed = forms.BooleanField(
        label=_("The public can see it"),
        required=False,
        initial=True,
        help_text=_("Without this, it does not exist for anybody but the team and those who take part."),
    )
    least = forms.IntegerField(
        label=_("Fewest parties that are told of together"),
        min_value=1,
        max_value=1000,
        initial=5,
        help_text=_("The public sees no share and no mean that is of fewer parties than this."),
    )


class OpenForm(SettingsForm):
    """What is needed to open a consultation."""

    slug = forms.SlugField(
        label=_("Its name in addresses"),
        max_length=60,
        help_text=_(
            "Small letters, digits and hyphens, such as southern-compact. It cannot be changed later."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of title and summary"),
        choices=LANGUAGES,
        initial="en",
        help_text=_("Translations can be added afterwards."),
    )
    invented = forms.BooleanField(
        label=_("Everything in it is invented"),
        required=False,
        help_text=_("For trying out and training: every page then says so. It cannot be changed later."),
    )
    facilitator = forms.EmailField(
        label=_("E-mail address of its first facilitator"),
        max_length=254,
        help_text=_("They sign in by a code sent to this address, and name the others of the team."),
    )
    field_order = ("title", "summary", "language", "slug", "facilitator", "languages", "listed", "invented")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        del self.fields["least"]

    def clean_slug(self) -> str:
        """The name in small letters, so that no two addresses differ by capitals alone."""
        return str(self.cleaned_data["slug"]).lower()


class StageForm(forms.Form):
    """When a stage is planned, what it is for, and what it permits."""

    planned_from = DayField(label=_("Planned from"), required=False)
    planned_until = DayField(label=_("Planned until"), required=False)
    story = forms.CharField(
        label=_("What it is for, or what happened in it"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    submit = forms.MultipleChoiceField(
        label=_("While it is open, these make submissions"),
        required=False,
        choices=PARTY_KINDS,
        widget=forms.CheckboxSelectMultiple,
    )
    vote = forms.MultipleChoiceField(
        label=_("While it is open, these vote on demands"),
        required=False,
        choices=PARTY_KINDS,
        widget=forms.CheckboxSelectMultiple,
    )


class ThemeForm(forms.Form):
    """What a theme is called."""

    name = forms.CharField(label=_("Name"), max_length=200)
    description = forms.CharField(
        label=_("What belongs to it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewThemeForm(ThemeForm):
    """A theme to be added."""

    code = forms.SlugField(
        label=_("Short name in addresses and tables"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens, such as land-and-return."),
    )


class ChangedThemeForm(ThemeForm):
    """A theme that is there."""

    retired = forms.BooleanField(
        label=_("No longer offered"),
        required=False,
        help_text=_("Demands that stand under it stay there."),
    )


class RoleForm(forms.Form):
    """A person to be taken into the team."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=200,
        help_text=_("Only where this person has no account yet; otherwise their own name stays."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect, initial="secretariat")


class TranslationForm(forms.Form):
    """A text in another language."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Language"), choices=())
    body = forms.CharField(
        label=_("Translation"), widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}), max_length=200_000
    )

    def __init__(self, *arguments: Any, languages: tuple[str, ...], **named: Any) -> None:
        super().__init__(*arguments, **named)
        names = dict(LANGUAGES)
        choices = [(tag, names.get(tag, tag)) for tag in languages]
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=choices)
