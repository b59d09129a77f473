"""One page that shows everything the common look has, with words in six languages and both directions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from mufakat.site.authority.actor import FACILITATOR, Actor, Voice
from mufakat.site.languages.reading import Words
from mufakat.site.web.forms import PageRenderer
from mufakat.site.web.places import Entry, Place

TEMPLATE = Path(__file__).parent / "templates" / "gallery.html"

TITLE = Words("A Southern compact for peace and development", "en", "ltr")
LAND = Words("Returnees must have land papers before the first harvest.", "en", "ltr")
PEACE = Words("لا سلام دائم من دون وصول الشباب والنساء إلى طاولة التفاوض في كل مرحلة.", "ar", "rtl")
FLOWS = Words(
    "Illicit financial flows must be traced to where they end.", "en", "ltr", translated_from="fr", stale=True
)
CLIMATE = Words("气候资金应直接送达受冲突影响的社区。", "zh", "ltr")
WATER = Words("Доступ к воде не должен зависеть от исхода переговоров.", "ru", "ltr")
EXCHANGE = Words(
    "Twelve months of exchange between mediators of the region, paid by those who send.",
    "en",
    "ltr",
    translated_from="es",
)
RECEIVED = Words(
    "We came back in October. The fields were there, the papers were not.\n\n"
    "Without papers nobody lends us seed, and whoever sows may be sent away before the harvest. "
    "Give returnees land papers before the first harvest. Let the elders of both banks sign them, "
    "so that no office far away can undo what neighbours agreed.\n\n"
    "And let the young sit with us when it is decided.",
    "en",
    "ltr",
)


def actor(*roles: str) -> Actor:
    """Someone who speaks for an invented state."""
    voice = Voice(party=1, code="MRD", name="Maranda", kind="member_state", capacity="head", accreditation=1)
    return Actor(
        person=1,
        name="Amina Okoye",
        consultation=1,
        roles=frozenset(roles),
        voices=(voice,),
        voice=voice,
    )


def place() -> Place:
    """The invented consultation, listening closed, two stages open."""
    labels = ("Overview", "Voices", "Submissions", "Vote", "Opinion", "Parties", "Desk", "Settings")
    states = ("closed", "closed", "open", "ahead", "ahead", "ahead", "ahead")
    names = ("map", "listen", "converge", "draft", "adopt", "act", "learn")
    return Place(
        title=TITLE,
        url="/c/compact/",
        invented=True,
        navigation=tuple(Entry(label, f"/c/compact/{label.lower()}/", label == "Voices") for label in labels),
        stages=tuple(
            SimpleNamespace(name=name, state=state) for name, state in zip(names, states, strict=True)
        ),  # type: ignore[arg-type]
    )


def passage(quote: str, number: str) -> tuple[int, int, str, str]:
    """Where a quote stands in what was received, and the demand drawn from it."""
    start = RECEIVED.body.index(quote)
    return start, start + len(quote), number, f"/c/compact/demands/{number}/"


class SubmissionForm(forms.Form):
    """A form with one field of each kind."""

    default_renderer = PageRenderer

    party = forms.CharField(label="Party", help_text="As it stands in the list of parties.", max_length=200)
    said_on = forms.DateField(label="Day it was said", required=False)
    language = forms.ChoiceField(
        label="Language", choices=[("ar", "العربية"), ("en", "English"), ("fr", "français")]
    )
    body = forms.CharField(
        label="What was said",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20000,
        help_text="In the words of those who said it.",
    )
    attribution = forms.ChoiceField(
        label="Who may see whose words these are",
        widget=forms.RadioSelect,
        choices=[
            ("public", "public: the party is named"),
            ("chatham_house", "Chatham House: only the kind of party is told"),
            ("confidential", "confidential: for the secretariat alone"),
        ],
    )
    file = forms.FileField(label="The original", required=False)
    consent = forms.BooleanField(label="Those who spoke know that this is kept and shown.")


def variables() -> dict[str, Any]:
    """Everything that the gallery shows."""
    around = place()
    return {
        "place": around,
        "navigation": around.navigation,
        "stages": around.stages,
        "messages": [Message(constants.SUCCESS, "Your vote on demand 11 is counted.")],
        "land": LAND,
        "demands": [
            (12, LAND, "Council of Riverine Elders", "holds everywhere", "good"),
            (27, PEACE, "حركة شباب الواحة", "divides", "split"),
            (31, FLOWS, "République de Sondaville", "not heard enough", "open"),
            (40, CLIMATE, "明河发展研究所", "holds everywhere", "good"),
            (44, WATER, "Союз приречных общин", "", ""),
            (52, EXCHANGE, "Instituto del Delta", "divides", "split"),
        ],
        "received": RECEIVED,
        "passages": [
            passage("Give returnees land papers before the first harvest.", "12"),
            passage("before the first harvest. Let the elders of both banks sign them", "31"),
        ],
        "moment": datetime(2026, 3, 12, 14, 0, tzinfo=UTC),
        "day": date(2026, 3, 9),
        "numbers": Paginator(range(312), 20).page(7),
        "form": SubmissionForm(
            {"party": "Council of Riverine Elders", "said_on": "the day before", "attribution": "nobody"}
        ),
        "fresh": SubmissionForm(prefix="fresh"),
    }


def html(language: str = "en") -> str:
    """The gallery as a whole page, in the direction of a language."""
    request = RequestFactory().get("/c/compact/voices/?theme=land&page=7")
    request.actor = actor(FACILITATOR)  # type: ignore[attr-defined]
    with translation.override(language):
        return str(engines["django"].from_string(TEMPLATE.read_text("utf-8")).render(variables(), request))
