"""What is asked of whoever draws a demand, or decides what becomes of it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from mufakat.site.consultations.models import Consultation
from mufakat.site.voices.actions.demands import Span
from mufakat.site.voices.forms.fields import LanguageField, ThemeField, reason, words
from mufakat.site.voices.models.demands import Demand
from mufakat.site.voices.quoting import Place, nearest, places

MOST_PARTS = 6
YES, NO = "yes", "no"
_MORE_THAN_ONCE = _("These words stand in the text more than once. Choose where, or quote more of them.")
SAME_ASK = (
    (
        YES,
        _("Yes. A vote on the one counts for the other, where its party has not voted on that."),
    ),
    (NO, _("No, the ask itself changes. Votes stay where they were cast.")),
)


def _other_language(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """A translation is in another language than what it translates."""
    if (cleaned.get("translation") or "").strip() and (
        cleaned.get("translation_language", "") == cleaned.get("language", "")
    ):
        form.add_error("translation_language", _("Choose a language other than that of the words above."))


class DrawForm(forms.Form):
    """A demand, and the words of the submission that it is drawn from."""

    quote = forms.CharField(
        label=_("The words it is drawn from"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_(
            "Copy them from the text, or mark them there. They must stand in the text word for word."
        ),
    )
    which = forms.TypedChoiceField(
        label=_("Where do they stand?"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)
    wording = words(
        _("The demand"),
        help_text=_("One thing that is asked for, so that a party can agree or disagree with all of it."),
    )
    language = LanguageField(_("Language of the demand"))
    translation = words(_("Its translation"), rows=2, required=False)
    translation_language = LanguageField(_("Language of the translation"), required=False)

    def __init__(
        self, *arguments: Any, consultation: Consultation, body: str, reader: str, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.body = body
        self.spans: list[Span] = []
        self.fields["theme"] = ThemeField(consultation, reader)
        self.order_fields(
            ("quote", "which", "wording", "language", "theme", "translation", "translation_language")
        )
        found = places(body, str(self.data.get("quote", ""))) if self.is_bound else []
        which = cast("forms.TypedChoiceField", self.fields["which"])
        if len(found) > 1:
            which.choices = [(place.start, place.around) for place in found]
            which.required = not self.data.get("start")
            which.error_messages["required"] = _MORE_THAN_ONCE
        else:
            del self.fields["which"]

    def clean(self) -> dict[str, Any]:
        """Find the passage, and see whether the translation says its language."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("quote"):
            self.spans = self._spans(cleaned["quote"], cleaned.get("start"), cleaned.get("end"))
        _other_language(self, cleaned)
        return cleaned

    def _spans(self, quote: str, start: int | None, end: int | None) -> list[Span]:
        found = places(self.body, quote)
        if not found:
            close = nearest(self.body, quote)
            self.add_error(
                "quote",
                _("These words do not stand in the text. Closest to them is: %(words)s") % {"words": close}
                if close
                else _("These words do not stand in the text. Copy them from it as they are."),
            )
            return []
        chosen = self._chosen(found, start, end)
        if chosen is None:
            if "which" not in self.errors:
                self.add_error("which", _MORE_THAN_ONCE)
            return []
        return [Span(chosen.start, chosen.end)]

    def _chosen(self, found: list[Place], start: int | None, end: int | None) -> Place | None:
        if len(found) == 1:
            return found[0]
        which = self.cleaned_data.get("which")
        for place in found:
            if place.start == which or (
                which is None
                and start is not None
                and end is not None
                and start <= place.start
                and place.end <= end
            ):
                return place
        return None

    def translations(self) -> dict[str, str]:
        """The translation by its language, where there is one."""
        said = self.cleaned_data["translation"].strip()
        return {self.cleaned_data["translation_language"]: said} if said else {}


class _Reasoned(forms.Form):
    reason = reason(_("It stands beside the decision for everybody."))
    reason_language = LanguageField(_("Language of the reason"))


class MergeForm(_Reasoned):
    """Into which demand, and whether both ask the same."""

    into = forms.IntegerField(label=_("Number of the demand that stays"), min_value=1)
    same_ask = forms.ChoiceField(
        label=_("Do both ask the same?"), choices=SAME_ASK, initial=YES, widget=forms.RadioSelect
    )

    field_order = ("into", "same_ask", "reason", "reason_language")

    def __init__(self, *arguments: Any, consultation: Consultation, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.consultation = consultation

    def clean_into(self) -> Demand:
        """The demand with this number."""
        found = (
            Demand.objects.filter(consultation=self.consultation, number=self.cleaned_data["into"]).first()
            if self.cleaned_data["into"] < 2**31
            else None
        )
        if found is None:
            raise forms.ValidationError(_("There is no demand with this number here."))
        return found


class RewordForm(_Reasoned):
    """New words for a demand."""

    wording = words(_("The new words"))
    language = LanguageField()
    translation = words(_("Their translation"), rows=2, required=False)
    translation_language = LanguageField(_("Language of the translation"), required=False)
    same_ask = forms.ChoiceField(
        label=_("Does it ask the same as before?"), choices=SAME_ASK, initial=YES, widget=forms.RadioSelect
    )

    field_order = (
        "wording",
        "language",
        "translation",
        "translation_language",
        "same_ask",
        "reason",
        "reason_language",
    )

    def clean(self) -> dict[str, Any]:
        """See whether the translation says its language."""
        cleaned = super().clean() or self.cleaned_data
        _other_language(self, cleaned)
        return cleaned

    def translations(self) -> dict[str, str]:
        """The translation by its language, where there is one."""
        said = self.cleaned_data["translation"].strip()
        return {self.cleaned_data["translation_language"]: said} if said else {}


class SplitForm(_Reasoned):
    """The parts of a demand that asks several things."""

    language = LanguageField(_("Language of the parts"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        names = [f"part_{number}" for number in range(1, MOST_PARTS + 1)]
        for place, name in enumerate(names):
            self.fields[name] = words(
                _("Part %(number)s") % {"number": place + 1}, rows=2, required=place < 2
            )
        self.order_fields((*names, "language", "reason", "reason_language"))

    def parts(self) -> list[str]:
        """What was filled in."""
        return [
            self.cleaned_data[name]
            for name in (f"part_{number}" for number in range(1, MOST_PARTS + 1))
            if self.cleaned_data[name].strip()
        ]


class ThemeForm(forms.Form):
    """Under which theme a demand stands."""

    def __init__(self, *arguments: Any, consultation: Consultation, language: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["theme"] = ThemeField(consultation, language)


class VerdictForm(_Reasoned):
    """Whether two demands ask the same, and which of them stays."""

    FIRST, SECOND, APART = "first", "second", "apart"

    verdict = forms.ChoiceField(
        choices=((FIRST, FIRST), (SECOND, SECOND), (APART, APART)), widget=forms.RadioSelect
    )

    def __init__(self, *arguments: Any, first: int, second: int, **named: Any) -> None:
        super().__init__(*arguments, **named)
        verdict = cast("forms.ChoiceField", self.fields["verdict"])
        verdict.label = _("Do they ask the same?")
        verdict.choices = (
            (
                self.FIRST,
                _("Yes: %(stays)s stays, %(joins)s is merged into it") % {"stays": first, "joins": second},
            ),
            (
                self.SECOND,
                _("Yes: %(stays)s stays, %(joins)s is merged into it") % {"stays": second, "joins": first},
            ),
            (self.APART, _("No: they ask two different things, and stay apart")),
        )
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _("Needed for a merger; it stands beside it for everybody.")
        self.order_fields(("verdict", "reason", "reason_language"))

    def clean(self) -> dict[str, Any]:
        """A merger needs its reason."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("verdict") in (self.FIRST, self.SECOND) and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the two ask the same."))
        return cleaned
