"""Reads out of the database what the opinion library studies.

Ids mean the same everywhere: a party is its code, a demand its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db.models import F, Max, Min, Sum

from mufakat.opinion.constituencies import Constituencies, Family, family_of, group_family
from mufakat.opinion.reading.result import Reading, Showings
from mufakat.opinion.reading.rows import Rows
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.models import Rendering
from mufakat.site.languages.reading import source
from mufakat.site.parties.models import Membership, Party, in_force
from mufakat.site.voices.models import Intake, Showing, Vote
from mufakat.site.voices.study.held import Held, held_now, ledger_length
from mufakat.site.voices.study.lineage import Lineage, lineage_of

FORMAT = "long"


def read(consultation: Consultation, *, through: int | None = None) -> Reading:
    """The votes of a consultation and what is known around them.

    Args:
        through: number of the last event of the ledger whose votes count; by default the last there is.
    """
    at = ledger_length(consultation.pk) if through is None else through
    return reading_of(consultation, held_now(lineage_of(consultation.pk), consultation.pk, at))


def reading_of(consultation: Consultation, held: Held) -> Reading:
    """Votes that were read before, with the demands and parties as they are now."""
    texts, languages = _wordings(held.lineage)
    rejected = Intake.objects.filter(consultation=consultation).aggregate(all=Sum("rejected"))["all"] or 0
    kept = len(held.votes)
    return Reading(
        votes=held.votes,
        rows=Rows(kept + held.superseded + rejected, kept, held.superseded, rejected),
        rejections=(),
        title=source(consultation.title).body,
        texts=texts,
        languages=languages,
        hidden=held.lineage.hidden,
        showings=showings_of(consultation.pk, held),
        event_agree=held.agreed,
        event_disagree=held.disagreed,
        constituencies=constituencies_of(consultation.pk),
        time_range=_time_range(consultation.pk, held.through),
        format=FORMAT,
    )


def constituencies_of(consultation: int) -> Constituencies:
    """The parties and how kind, region and groups divide them, as of now.

    A party that left counts as long as votes of it do. A kind or region that all parties share divides
    nobody and is left out.
    """
    known = list(
        Party.objects.filter(consultation=consultation)
        .filter(name__renderings__language=F("name__language"))
        .order_by("code")
        .values_list("pk", "code", "name__renderings__body", "kind", "region", "left_at")
    )
    gone = [row[0] for row in known if row[5] is not None]
    voted = set(Vote.objects.filter(party__in=gone).values_list("party", flat=True)) if gone else set()
    known = [row for row in known if row[5] is None or row[0] in voted]
    members: dict[str, set[int]] = {}
    for group, party in Membership.objects.filter(in_force(), group__consultation=consultation).values_list(
        "group__code", "party"
    ):
        members.setdefault(group, set()).add(party)
    present = {row[0] for row in known}
    columns = (("kind", [row[3] for row in known]), ("region", [row[4] for row in known]))
    families: list[Family] = [family_of(name, values) for name, values in columns if divides(values)]
    families += [
        group_family(group, [row[0] in members[group] for row in known])
        for group in sorted(members)
        if members[group] & present
    ]
    return Constituencies(
        parties=[row[1] for row in known],
        families=tuple(families),
        names={row[1]: row[2] for row in known if row[2] != row[1]},
    )


def divides(values: Sequence[str]) -> bool:
    """Whether a column of labels, one a party, tells parties apart; empty ones place nobody."""
    return len(set(values)) > 1


def showings_of(consultation: int, held: Held) -> Showings | None:
    """What was put before whom; None where no showing was ever logged.

    A vote without a showing was of a demand that its party had seen all the same, on a page of its own or
    elsewhere, and counts as one.
    """
    logged = Showing.objects.filter(party__consultation=consultation).values_list("party__code", "demand")
    place_of_party = {code: p for p, code in enumerate(held.votes.parties)}
    place_of_demand = {code: s for s, code in enumerate(held.votes.demands)}
    shown: Counter[tuple[int, int]] = Counter()
    elsewhere, any_logged = 0, False
    for party, demand in logged.iterator(chunk_size=20_000):
        any_logged = True
        heir = held.lineage.heirs.get(demand)
        p, s = place_of_party.get(party), None if heir is None else place_of_demand[held.lineage.asked[heir]]
        if p is None or s is None:
            elsewhere += 1
        else:
            shown[p, s] += 1
    if not any_logged:
        return None
    voter = np.repeat(np.arange(len(held.votes.parties)), held.votes.cast)
    for pair in zip(voter.tolist(), held.votes.demand.tolist(), strict=True):
        if pair not in shown:
            shown[pair] = 1
    pairs = sorted(shown)
    counts = np.bincount(np.array([p for p, _s in pairs], dtype=np.int64), minlength=len(held.votes.parties))
    return Showings(
        start=np.append(0, np.cumsum(counts)).astype(np.int64),
        demand=np.array([s for _p, s in pairs], dtype=np.int32),
        times=np.array([shown[pair] for pair in pairs], dtype=np.int64),
        elsewhere=elsewhere,
    )


def _wordings(lineage: Lineage) -> tuple[dict[str, str], dict[str, str]]:
    """The author's words of each demand that is asked, and their language where it is known."""
    found = Rendering.objects.filter(
        text__in=lineage.wordings.values(), language=F("text__language")
    ).values_list("text", "body", "language")
    spoken = {text: (body, language) for text, body, language in found}
    words = {lineage.asked[key]: spoken[text] for key, text in lineage.wordings.items()}
    return (
        {number: body for number, (body, _language) in words.items()},
        {number: language for number, (_body, language) in words.items() if language},
    )


def _time_range(consultation: int, through: int) -> tuple[datetime, datetime] | None:
    cast = Vote.objects.filter(demand__consultation=consultation, event__lte=through)
    ends = cast.aggregate(first=Min("cast_at"), last=Max("cast_at"))
    return (ends["first"], ends["last"]) if ends["first"] is not None else None
