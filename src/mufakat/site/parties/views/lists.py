"""Adding many parties from a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mufakat.site.authority.trying import tried
from mufakat.site.consultations.kinds import PARTY_KINDS
from mufakat.site.consultations.requests import Inside, sent
from mufakat.site.parties import actions
from mufakat.site.parties.actions import Added
from mufakat.site.parties.forms import ImportForm
from mufakat.site.parties.importing import ListError, Problem, Read, again, read_list
from mufakat.site.parties.models import Group, Party

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a list: ``rows`` is always ``stored`` and ``reported`` together.

    Attributes:
        only_checked: whether nothing was to be stored; then ``stored`` is what would be.
        problems: one for each row that was not stored. again: those rows as a list, to be mended.
        groups: codes of the groups that were made. unread: columns that were not read.
    """

    rows: int
    stored: int
    problems: tuple[Problem, ...]
    groups: tuple[str, ...]
    unread: tuple[str, ...]
    again: str
    only_checked: bool

    @property
    def reported(self) -> int:
        """How many rows were not stored."""
        return len(self.problems)

    @property
    def shown(self) -> tuple[Problem, ...]:
        """The first problems; what is beyond them stands in ``again`` all the same."""
        return self.problems[:SHOWN]


def import_(request: Inside, slug: str) -> HttpResponse:
    """Read a list of parties, store what can be stored, and report the rest."""
    form = ImportForm(
        sent(request), request.FILES or None, initial={"language": request.consultation.title.language}
    )
    reports: list[Report] = []

    def bring_in() -> None:
        said = form.cleaned_data
        here = {"consultation": request.consultation}
        try:
            found = read_list(
                said["list"],
                taken=set(Party.objects.filter(**here).values_list("code", flat=True)),
                groups=list(Group.objects.filter(**here).values_list("code", flat=True)),
                make_groups=said["make_groups"],
                language=said["language"],
            )
        except ListError as error:
            raise actions.PartyError(str(error)) from None
        if "check" in request.POST:
            reports.append(_report(found, None))
            return
        added = actions.add_parties(
            actor=request.actor,
            consultation=request.consultation,
            parties=[party for _row, party, _cells in found.parties],
            make_groups=said["make_groups"],
        )
        reports.append(_report(found, added))

    if request.method == "POST" and tried(form, bring_in):
        report = reports[0]
        text = form.cleaned_data["list"] if report.only_checked else report.again
        kept = {key: form.cleaned_data[key] for key in ("language", "make_groups")}
        form = ImportForm(initial={"text": text, **kept})
    context = {"form": form, "kinds": PARTY_KINDS, "report": reports[0] if reports else None}
    return render(request, "parties/import.html", context)


def _report(found: Read, added: Added | None) -> Report:
    # Somebody else may have taken a code between the reading and the act: that row is reported too.
    late = set(added.taken) if added is not None else set()
    problems = [
        *found.problems,
        *(
            Problem(row, "code", party.code, _("another party has this code already; choose another"), cells)
            for row, party, cells in found.parties
            if party.code in late
        ),
    ]
    problems.sort(key=lambda each: each.row)
    return Report(
        rows=found.rows,
        stored=len(found.parties) if added is None else len(added.stored),
        problems=tuple(problems),
        groups=added.groups if added is not None else (),
        unread=found.unread,
        again=again(found.header, [each.cells for each in problems]) if problems else "",
        only_checked=added is None,
    )
