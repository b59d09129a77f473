"""What a list may be asked for; anything else is a request that cannot be understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mufakat.site.consultations.kinds import PARTY_KINDS
from mufakat.site.languages.tags import CHOICES
from mufakat.site.voices.models.demands import LIVE, STATES
from mufakat.site.voices.models.submissions import CHANNELS
from mufakat.site.voices.queries.demands import ANY, BY_NUMBER, BY_THEME, NEWEST, UNTHEMED

LONGEST_SEARCH = 200


class Filters(forms.Form):
    """The choices above a list, and the page of it."""

    template_name = "voices/parts/filters.html"

    q = forms.CharField(label=_("Search"), max_length=LONGEST_SEARCH, required=False)
    page = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def asked(self) -> dict[str, Any]:
        """What is asked for.

        Raises:
            BadRequest: a field that the list does not have, a field twice, or a value that it cannot take.
        """
        given = cast("QueryDict", self.data)
        unknown = sorted(given.keys() - self.fields.keys())
        if unknown:
            raise BadRequest(f"this list has no field {unknown[0]!r}")
        if any(len(given.getlist(name)) > 1 for name in given):
            raise BadRequest("a field of the list is given twice")
        if not self.is_valid():
            raise BadRequest(f"this list cannot be asked so: {self.errors.as_json()}")
        return self.cleaned_data

    @property
    def narrowed(self) -> bool:
        """Whether only a part of the list is asked for."""
        return any(
            value and name not in ("page", "order") and value != self.fields[name].initial
            for name, value in self.cleaned_data.items()
        )


class SubmissionFilters(Filters):
    """What the list of submissions may be asked for."""

    channel = forms.ChoiceField(
        label=_("How it came"), choices=(("", _("all ways")), *CHANNELS), required=False
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=(("", _("all languages")), *(choice for choice in CHOICES if choice[0])),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Kind of party"), choices=(("", _("all kinds")), *PARTY_KINDS), required=False
    )

    field_order: Sequence[str] = ("q", "channel", "language", "kind", "page")


class TeamSubmissionFilters(SubmissionFilters):
    """The same for the team, which also sees what waits for it."""

    waiting = forms.BooleanField(label=_("Only those that wait for the team"), required=False)

    field_order = ("q", "channel", "language", "kind", "waiting", "page")


class DemandFilters(Filters):
    """What the list of demands may be asked for."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    state = forms.ChoiceField(
        label=_("What became of it"), choices=(*STATES, (ANY, _("all of them"))), initial=LIVE, required=False
    )
    order = forms.ChoiceField(
        label=_("Order"),
        choices=((BY_NUMBER, _("by number")), (NEWEST, _("newest first")), (BY_THEME, _("by theme"))),
        initial=BY_NUMBER,
        required=False,
    )

    def __init__(self, data: QueryDict, *, themes: list[tuple[str, str]]) -> None:
        super().__init__(data)
        theme = cast("forms.ChoiceField", self.fields["theme"])
        theme.choices = [("", _("all themes")), *themes, (UNTHEMED, _("without a theme"))]

    field_order = ("q", "theme", "state", "order", "page")
