"""Forms: every input is tied to its label, its help and its errors."""

from __future__ import annotations

from html.parser import HTMLParser

from django import forms
from django.forms import formset_factory

from tests.site.web.gallery import SubmissionForm


class Parts(HTMLParser):
    """The attributes of every element, by its id, and all references between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.by_id: dict[str, dict[str, str]] = {}
        self.references: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        if "id" in attributes:
            self.ids.append(attributes["id"])
            self.by_id[attributes["id"]] = attributes
        for key in ("for", "aria-describedby", "data-count"):
            self.references += [(key, target) for target in attributes.get(key, "").split()]
        if attributes.get("href", "").startswith("#"):
            self.references.append(("href", attributes["href"][1:]))


def wrong() -> SubmissionForm:
    return SubmissionForm({"party": "x", "said_on": "the day before", "attribution": "nobody"})


def test_every_reference_leads_to_one_element() -> None:
    for form in (SubmissionForm(), wrong()):
        parts = Parts(str(form))
        assert len(parts.ids) == len(set(parts.ids))
        assert {target for _key, target in parts.references} <= set(parts.ids)


def test_an_input_is_described_by_its_help_and_its_errors() -> None:
    parts = Parts(str(wrong()))
    assert parts.by_id["id_body"]["aria-describedby"] == "id_body_helptext id_body_error"
    assert parts.by_id["id_body"]["aria-invalid"] == "true"
    assert parts.by_id["id_party"]["aria-describedby"] == "id_party_helptext"


def test_a_group_of_choices_is_described_as_a_whole() -> None:
    assert Parts(str(wrong())).by_id["id_attribution_set"]["aria-describedby"] == "id_attribution_error"


def test_what_keeps_a_form_from_being_saved_stands_at_its_top_with_links() -> None:
    shown = str(wrong())
    assert shown.startswith('<div class="problems" role="alert"')
    assert '<a href="#id_said_on">Day it was said: Enter a valid date.</a>' in shown
    links = [target for key, target in Parts(shown).references if key == "href"]
    assert links == ["id_said_on", "id_language", "id_body", "id_attribution", "id_consent"]


def test_a_form_without_errors_has_no_summary() -> None:
    assert "problems" not in str(SubmissionForm())


def test_errors_of_the_whole_form_are_told() -> None:
    class Dates(forms.Form):
        def clean(self) -> None:
            raise forms.ValidationError("The end is before the <beginning>.")

    assert "<li>The end is before the &lt;beginning&gt;.</li>" in str(Dates({}))


def test_what_may_be_left_out_says_so() -> None:
    shown = str(SubmissionForm())
    assert shown.count(">optional<") == 2


def test_a_long_answer_tells_how_long_it_may_be() -> None:
    assert "At most 20,000 characters." in str(SubmissionForm())


def test_help_and_labels_are_never_markup() -> None:
    class Hostile(forms.Form):
        name = forms.CharField(label="<i>name</i>", help_text="<script>x</script>")
        agreed = forms.BooleanField(label="<i>agreed</i>")

    shown = str(Hostile({}))
    assert "<script" not in shown
    assert "<i>" not in shown


def test_hidden_inputs_stay_hidden_and_in_the_form() -> None:
    class Versioned(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

    assert str(Versioned(initial={"version": 3})).count("<input") == 1


def test_a_set_of_forms_brings_its_management_form() -> None:
    shown = str(formset_factory(SubmissionForm, extra=2)())
    assert 'name="form-TOTAL_FORMS"' in shown
    assert shown.count('class="form-of-set"') == 2
