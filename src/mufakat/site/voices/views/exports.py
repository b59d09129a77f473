"""Everything as files: what each holds, and the files themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from mufakat.site.consultations.requests import Inside
from mufakat.site.voices.exports import files, writing
from mufakat.site.voices.exports.scope import Scope, scope_of

KINDS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def exports(request: Inside, slug: str) -> HttpResponseBase:
    """What can be taken away, and what stands in it."""
    scope = scope_of(request.actor, request.consultation)
    found = writing.study_for(scope)
    return render(
        request,
        "voices/exports.html",
        {
            "full": scope.full,
            "own": bool(scope.own),
            "tables": files.tables_for(scope),
            "study": found,
            "study_tables": files.STUDY_TABLES if found is not None else (),
            "least": request.consultation.least,
        },
    )


def export(request: Inside, slug: str, name: str, form: str) -> HttpResponseBase:
    """One of the files, as far as the reader may have it; what they may not have does not exist for them."""
    scope = scope_of(request.actor, request.consultation)
    lines = _lines(scope, name, form)
    response = StreamingHttpResponse(lines, content_type=KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="{slug}-{name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(scope: Scope, name: str, form: str) -> Iterable[str]:
    """What stands in a file.

    Raises:
        Http404: there is none of that name and form, or none for this reader.
    """
    for table in files.tables_for(scope):
        if table.name == name and form in KINDS:
            return writing.csv_of(table, scope) if form == "csv" else writing.json_of(table, scope)
    if (name, form) == (files.EVERYTHING, "json"):
        return writing.everything(scope)
    found = writing.study_for(scope)
    if found is not None and (name, form) == (files.STUDY, "json"):
        return [writing.study_json(found)]
    if found is not None and form == "csv" and name in dict(files.STUDY_TABLES):
        return [writing.study_table(found, name)]
    raise Http404
