"""What is asked of whoever brings a submission in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mufakat.site.consultations.forms import Day
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.reading import read
from mufakat.site.languages.writing import LONGEST
from mufakat.site.parties.models import Party
from mufakat.site.voices.forms.fields import LanguageField, reason
from mufakat.site.voices.intake import ENCODINGS, ORIGINALS, TEXTS, FileError, Received, receive, too_large
from mufakat.site.voices.models.submissions import (
    CHATHAM_HOUSE,
    CONFIDENTIAL,
    FILE,
    FORM,
    MEETING,
    PASTED,
    PUBLIC,
)

KINDS_OF_FILE = ",".join((*TEXTS, *ORIGINALS))


class SubmissionForm(forms.Form):
    """What a party says: written here, pasted, or in a file."""

    channel = forms.ChoiceField(
        label=_("How does it come?"),
        choices=((FORM, _("I write it here")), (PASTED, _("I paste a text")), (FILE, _("I send a file"))),
        initial=FORM,
        widget=forms.RadioSelect,
    )
    body = forms.CharField(
        label=_("The words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=_(
            "Say it as you would say it, in your own language. Demands are drawn from these words; they are"
            " kept as they are. Leave this empty where a text file says it all."
        ),
    )
    file = forms.FileField(
        label=_("A file"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": KINDS_OF_FILE}),
    )
    encoding = forms.ChoiceField(
        label=_("How the file was saved"),
        choices=(("", _("as Unicode (UTF-8 or UTF-16)")), *ENCODINGS),
        required=False,
    )
    language = LanguageField(_("Language of the words"), initial="en")
    attribution = forms.ChoiceField(
        label=_("Who may know that you said it?"),
        choices=(
            (PUBLIC, _("Everybody. Your party is named beside its words.")),
            (
                CHATHAM_HOUSE,
                _("Nobody outside. The words are public; only your kind of party is told (Chatham House)."),
            ),
            (CONFIDENTIAL, _("Only the secretariat. Nobody else sees these words, nor that they exist.")),
        ),
        initial=PUBLIC,
        widget=forms.RadioSelect,
    )
    occasion = forms.CharField(
        label=_("Occasion"),
        max_length=300,
        required=False,
        help_text=_(
            "Where it was said or written, such as “letter to the secretariat”. Shown beside the words."
        ),
    )
    said_on = forms.DateField(label=_("When it was said"), required=False, widget=Day)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.received: Received | None = None
        self.readings: dict[str, str] = {}
        self.fields["file"].help_text = _(
            "Plain text (%(texts)s) is read; of other files (%(others)s) the original is kept beside the text"
            " that you paste above. At most %(most)s megabytes."
        ) % {
            "texts": ", ".join(TEXTS),
            "others": ", ".join(ORIGINALS),
            "most": settings.CONFIG.upload_megabytes,
        }

    def clean_said_on(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data.get("said_on")
        # Where it is a day later than here, the day has come already.
        if day is not None and (day - timezone.localdate()).days > 1:
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """Read the file, and see to it that there are words."""
        cleaned = super().clean() or self.cleaned_data
        file: UploadedFile[bytes] | None = cleaned.get("file")
        body = (cleaned.get("body") or "").strip()
        if file is not None and "file" not in self.errors:
            self._receive(file, cleaned.get("encoding", ""), has_body=bool(body))
        elif cleaned.get("channel") == FILE and "file" not in self.errors:
            self.add_error("file", _("Choose the file, or say above that you write or paste the words."))
        if not body and not self.errors:
            if self.received is not None and self.received.text is not None:
                cleaned["body"] = self.received.text
            else:
                self.add_error("body", _("There are no words yet."))
        return cleaned

    def _receive(self, file: UploadedFile[bytes], encoding: str, *, has_body: bool) -> None:
        most = settings.CONFIG.upload_megabytes * 1024 * 1024
        if (file.size or 0) > most:
            self.add_error("file", too_large(most))
            return
        try:
            self.received = receive(file.name or "", file.read(), most=most, encoding=encoding)
        except FileError as error:
            self.readings = error.readings
            self.add_error("file", str(error.message))
            return
        file.seek(0)
        if self.received.text is None and not has_body:
            self.add_error(
                "body",
                _("The file is kept as the original. Paste its text here, to let demands be drawn from it."),
            )
        elif self.received.text is not None and has_body:
            self.add_error(
                "body",
                _("There are words here and in the text file. Leave this empty, or leave the file out."),
            )

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        return {
            "body": cleaned["body"],
            "language": cleaned["language"],
            "channel": cleaned["channel"],
            "attribution": cleaned["attribution"],
            "occasion": cleaned["occasion"],
            "said_on": cleaned["said_on"],
            "file": cleaned["file"] if self.received is not None else None,
            "file_name": self.received.name if self.received is not None else "",
        }


class EnteredForm(SubmissionForm):
    """What the team brings in for somebody who said it elsewhere."""

    said_by = forms.ChoiceField(
        label=_("Who said it"),
        required=False,
        help_text=_("Leave this open where it is not known, or must not be kept."),
    )

    field_order = (
        "said_by",
        "channel",
        "occasion",
        "said_on",
        "body",
        "file",
        "encoding",
        "language",
        "attribution",
    )

    def __init__(self, *arguments: Any, consultation: Consultation, language: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        channel = cast("forms.ChoiceField", self.fields["channel"])
        said_by = cast("forms.ChoiceField", self.fields["said_by"])
        channel.choices = (
            (MEETING, _("It was said at a meeting or a call, and typed up")),
            (FORM, _("It was filled in on a form")),
            (PASTED, _("It is pasted from a message")),
            (FILE, _("It came as a file")),
        )
        channel.initial = MEETING
        attribution = cast("forms.ChoiceField", self.fields["attribution"])
        attribution.label = _("Who may know who said it?")
        attribution.choices = (
            (PUBLIC, _("Everybody. The party is named beside its words.")),
            (
                CHATHAM_HOUSE,
                _("Nobody outside. The words are public; only the kind of party is told (Chatham House)."),
            ),
            (CONFIDENTIAL, _("Only the secretariat and the party itself.")),
        )
        parties = (
            Party.objects.filter(consultation=consultation)
            .select_related("name")
            .prefetch_related("name__renderings")
            .order_by("code")
        )
        said_by.choices = [
            ("", _("not known, or not to be kept")),
            *((party.code, f"{read(party.name, language).body} ({party.code})") for party in parties),
        ]


class ModerationForm(forms.Form):
    """Why something is taken out of sight, or brought back."""

    reason = reason()
    language = LanguageField(_("Language of the reason"), initial="en")
