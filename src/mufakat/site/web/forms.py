"""How forms are rendered: label, help, errors and input, tied together for every reader."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class PageRenderer(DjangoTemplates):
    """Renders ``{{ form }}``, its fields and its sets with the templates of the common look."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    formset_template_name = "web/forms/formset.html"
