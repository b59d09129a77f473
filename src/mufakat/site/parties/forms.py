"""The forms by which parties are added, people let act for them, and groups kept."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mufakat import places
from mufakat.site.consultations.forms import DayField
from mufakat.site.consultations.kinds import PARTY_KINDS
from mufakat.site.languages.tags import CHOICES
from mufakat.site.parties.importing import ListError, decoded
from mufakat.site.parties.kinds import CAPACITIES, MEMBER, REGIONS
from mufakat.site.people.names import LONGEST

_SOME_REGION = (("", _("none, or not known")), *REGIONS)


class PartyForm(forms.Form):
    """What is known of a party."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST)
    kind = forms.ChoiceField(label=_("Kind"), choices=PARTY_KINDS)
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        choices=_SOME_REGION,
        help_text=_("The regional group of the United Nations; for a body without a territory, of its seat."),
    )
    country = forms.CharField(
        label=_("Country"),
        required=False,
        max_length=120,
        help_text=_("Its name in any of the six languages, or its code; empty for an invented state."),
    )

    def clean_country(self) -> str:
        """The three letters of the country."""
        said = self.cleaned_data["country"].strip()
        if not said:
            return ""
        try:
            return (places.find(said) or places.country(said)).alpha3
        except places.PlacesError as error:
            raise ValidationError(str(error)) from None


class NewPartyForm(PartyForm):
    """A party to be added."""

    code = forms.CharField(
        label=_("Short code in tables and addresses"),
        max_length=64,
        help_text=_("Letters, digits and hyphens, such as MRD. It cannot be changed later."),
    )
    language = forms.ChoiceField(
        label=_("Language it writes in"), required=False, choices=CHOICES, initial="en"
    )


class ChangedPartyForm(PartyForm):
    """A party that is there."""

    left = forms.BooleanField(
        label=_("It has left the consultation"),
        required=False,
        help_text=_("Nobody can act for it any more; what it did stays."),
    )


class ImportForm(forms.Form):
    """A list of parties, as a file or pasted."""

    file = forms.FileField(
        label=_("A file"), required=False, help_text=_("CSV in UTF-8, or UTF-16 with its mark.")
    )
    text = forms.CharField(
        label=_("Or the list itself"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "spellcheck": "false"}),
        help_text=_(
            "The first line names the columns: code, name, kind; and if you like region, country,"
            " language, groups."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of names where a row says none"), required=False, choices=CHOICES, initial="en"
    )
    make_groups = forms.BooleanField(label=_("Make groups that are not there yet"), required=False)

    def clean(self) -> dict[str, Any]:
        """Put the text of the file, or the pasted one, into ``list``."""
        said = super().clean() or {}
        file, text = said.get("file"), said.get("text", "")
        if file and text.strip():
            raise ValidationError(_("Choose a file or paste a list, not both."))
        if not file and not text.strip():
            raise ValidationError(_("Choose a file, or paste a list."))
        if file and file.size > settings.CONFIG.upload_megabytes * 1024 * 1024:
            raise ValidationError(
                _("This file is too large; at most %(most)d megabytes are possible."),
                params={"most": settings.CONFIG.upload_megabytes},
            )
        try:
            said["list"] = decoded(file.read()) if file else text
        except ListError as error:
            raise ValidationError(str(error)) from None
        return said


class ActingForm(forms.Form):
    """A person who is to act for a party."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST,
        help_text=_("Only where this person has no account yet; otherwise their own name stays."),
    )
    capacity = forms.ChoiceField(
        label=_("Capacity"),
        choices=CAPACITIES,
        initial=MEMBER,
        help_text=_("Heads let others act for the party; an observer reads and neither votes nor submits."),
    )
    function = forms.CharField(
        label=_("Function"), required=False, max_length=200, help_text=_("Such as minister or legal adviser.")
    )
    begins = DayField(label=_("From"), required=False, help_text=_("Empty: from now on."))
    ends = DayField(
        label=_("Through"), required=False, help_text=_("The last day; empty: until it is revoked.")
    )

    def clean(self) -> dict[str, Any]:
        """Turn days into moments: from the first moment of one to the last of the other."""
        said = super().clean() or {}
        begins, ends = said.get("begins"), said.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("It ends before it begins."))
        said["begins"] = _midnight(begins) if begins else None
        said["ends"] = _midnight(ends + timedelta(days=1)) if ends else None
        return said


class GroupForm(forms.Form):
    """A group to be added."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST)
    code = forms.CharField(
        label=_("Short code in tables and addresses"),
        max_length=40,
        help_text=_("Letters, digits and hyphens, such as G77."),
    )


class MemberForm(forms.Form):
    """A party that is to belong to a group."""

    code = forms.ChoiceField(label=_("Party"))
    begins = DayField(label=_("From"), required=False, help_text=_("Empty: from now on."))

    def __init__(self, *arguments: Any, parties: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["code"] = forms.ChoiceField(label=_("Party"), choices=parties)

    def clean_begins(self) -> datetime | None:
        """The first moment of the day."""
        day = self.cleaned_data["begins"]
        return _midnight(day) if day else None


class EndForm(forms.Form):
    """The last day of a membership."""

    ends = DayField(required=False)

    def clean_ends(self) -> datetime | None:
        """The first moment after the day."""
        day = self.cleaned_data["ends"]
        return _midnight(day + timedelta(days=1)) if day else None


class SpeakerForm(forms.Form):
    """A person who is to speak for a group."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    ends = DayField(
        label=_("Through"), required=False, help_text=_("The last day; empty: until it is revoked.")
    )

    def __init__(self, *arguments: Any, people: list[tuple[int, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["person"] = forms.TypedChoiceField(label=_("Person"), coerce=int, choices=people)

    def clean_ends(self) -> datetime | None:
        """The first moment after the day."""
        day = self.cleaned_data["ends"]
        return _midnight(day + timedelta(days=1)) if day else None


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), UTC)
