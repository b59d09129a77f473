"""The rows of each file. Numbers of demands and codes of parties are the same in all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from django.db.models import F, Prefetch, QuerySet

from mufakat.site.consultations.kinds import INDIVIDUAL
from mufakat.site.languages.models import Rendering, Text
from mufakat.site.languages.reading import read
from mufakat.site.parties.models import Membership, Party, in_force
from mufakat.site.voices.exports.scope import Scope
from mufakat.site.voices.models.demands import LIVE, Demand, Descent, Passage
from mufakat.site.voices.models.submissions import PUBLIC
from mufakat.site.voices.models.votes import Showing, Vote
from mufakat.site.voices.queries.attribution import heard_by, is_inside
from mufakat.site.voices.study.lineage import lineage_of
from mufakat.site.voices.study.reading import divides

Cell = str | int | float | None
Rows = Iterator[tuple[Cell, ...]]

MODERATED: Final = -1
CHUNK: Final = 500


def parties(scope: Scope) -> Rows:
    """`party,name,kind,region,groups`, as the library reads them."""
    known = list(
        _named(scope).values_list("pk", "code", "name__renderings__body", "kind", "region", "left_at")
    )
    gone = [row[0] for row in known if row[5] is not None]
    voted = set(Vote.objects.filter(party__in=gone).values_list("party", flat=True)) if gone else set()
    known = [row for row in known if row[5] is None or row[0] in voted]
    groups = defaultdict(list)
    memberships = Membership.objects.filter(in_force(), group__consultation=scope.consultation)
    for party, code in memberships.order_by("group__code").values_list("party", "group__code"):
        groups[party].append(code)
    kinds, regions = divides([row[3] for row in known]), divides([row[4] for row in known])
    for key, code, name, kind, region, _left in known:
        yield (
            code,
            _party_name(scope, key, code, name, kind),
            kind if kinds else "",
            region if regions else "",
            ";".join(dict.fromkeys(groups[key])),
        )


def about_parties(scope: Scope) -> Rows:
    """What else is known of each party."""
    for code, kind, country, language, joined, left in (
        Party.objects.filter(consultation=scope.consultation)
        .order_by("code")
        .values_list("code", "kind", "country", "language", "joined_at", "left_at")
    ):
        yield (
            code,
            kind,
            country,
            language,
            joined.date().isoformat(),
            left.date().isoformat() if left is not None else None,
        )


def groups(scope: Scope) -> Rows:
    """Memberships with their dates; those struck out as a mistake are left out."""
    for group, name, party, begins, ends in (
        Membership.objects.filter(group__consultation=scope.consultation, revoked_at__isnull=True)
        .filter(group__name__renderings__language=F("group__name__language"))
        .order_by("group__code", "party__code", "begins")
        .values_list("group__code", "group__name__renderings__body", "party__code", "begins", "ends")
    ):
        yield (
            group,
            name,
            party,
            begins.date().isoformat(),
            ends.date().isoformat() if ends is not None else None,
        )


def submissions(scope: Scope) -> Rows:
    """What was said, each with its speaker as far as this reader may know them."""
    found = (
        heard_by(scope.actor, scope.consultation)
        .select_related("body", "party__name")
        .prefetch_related(
            "body__renderings",
            "party__name__renderings",
            Prefetch("passages", Passage.objects.select_related("demand")),
        )
        .order_by("number")
    )
    for submission in found.iterator(chunk_size=CHUNK):
        named = submission.attribution == PUBLIC or is_inside(submission, scope.actor)
        words = read(submission.body, submission.body.language)
        party = submission.party
        yield (
            submission.number,
            party.code if party is not None and named else None,
            party.kind if party is not None else None,
            submission.attribution,
            submission.channel,
            submission.occasion,
            submission.said_on.isoformat() if submission.said_on is not None else None,
            submission.received_at.date().isoformat(),
            words.language,
            words.body,
            MODERATED if submission.hidden else 0,
            " ".join(str(number) for number in sorted({p.demand.number for p in submission.passages.all()})),
        )


def demands(scope: Scope) -> Rows:
    """`demand,text,language,moderated,...`: what is asked now, as the library reads it."""
    behind = _linked(scope, "descendant", "ancestor")
    for demand in _demands(scope).filter(state=LIVE).iterator(chunk_size=CHUNK):
        yield (
            demand.number,
            _wording(scope, demand),
            demand.wording.language,
            MODERATED if demand.hidden else 0,
            demand.theme.code if demand.theme is not None else "",
            " ".join(map(str, behind[demand.pk])),
            demand.drawn_at.date().isoformat(),
        )


def _linked(scope: Scope, near: str, far: str) -> defaultdict[int, list[int]]:
    """Numbers of the demands at the far end of links that hold, by primary key of the one at the near end."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    links = Descent.objects.filter(
        **{f"{near}__consultation": scope.consultation}, undone_at__isnull=True
    ).order_by(f"{far}__number")
    for key, number in links.values_list(near, f"{far}__number"):
        found[key].append(number)
    return found


def former_demands(scope: Scope) -> Rows:
    """What was asked once and lives on in other demands."""
    onwards = _linked(scope, "ancestor", "descendant")
    for demand in _demands(scope).exclude(state=LIVE).iterator(chunk_size=CHUNK):
        yield (
            demand.number,
            _wording(scope, demand),
            demand.wording.language,
            MODERATED if demand.hidden else 0,
            demand.theme.code if demand.theme is not None else "",
            demand.state,
            " ".join(map(str, onwards[demand.pk])),
        )


def lineage(scope: Scope) -> Rows:
    """Every merger, split and rewording, also those that were taken back."""
    links = (
        Descent.objects.filter(ancestor__consultation=scope.consultation)
        .select_related("ancestor", "descendant", "reason")
        .prefetch_related("reason__renderings")
        .order_by("at", "pk")
    )
    for link in links.iterator(chunk_size=CHUNK):
        yield (
            link.ancestor.number,
            link.descendant.number,
            link.how,
            int(link.carries),
            _source(link.reason) if link.reason is not None else "",
            link.at.isoformat(),
            link.undone_at.isoformat() if link.undone_at is not None else None,
        )


def votes(scope: Scope) -> Rows:
    """`party,demand,vote,...`: votes for demands that are asked; the one that counts stands last."""
    for cast in scope.votes:
        if cast.demand is not None:
            yield (
                cast.party,
                cast.demand,
                cast.value,
                int(cast.important),
                cast.cast_at.isoformat(),
                cast.cast_on,
                int(cast.counts),
            )


def votes_set_aside(scope: Scope) -> Rows:
    """Votes on demands that were split, or reworded into another ask; they count for nothing now."""
    for cast in scope.votes:
        if cast.demand is None:
            yield cast.party, cast.cast_on, cast.value, int(cast.important), cast.cast_at.isoformat()


def showings(scope: Scope) -> Rows:
    """What was put before whom; where anything was logged, also what was voted on without it."""
    heirs = lineage_of(scope.consultation.pk)
    numbers = dict(Demand.objects.filter(consultation=scope.consultation).values_list("pk", "number"))
    seen = set()
    logged = Showing.objects.filter(party__consultation=scope.consultation).order_by("pk")
    for party, demand, propensity, at in logged.values_list(
        "party__code", "demand", "propensity", "at"
    ).iterator(chunk_size=20_000):
        heir = heirs.heirs.get(demand)
        now = numbers[heir] if heir is not None else numbers[demand]
        seen.add((party, now))
        yield party, now, numbers[demand], propensity, at.isoformat()
    if seen:
        for cast in scope.votes:
            if cast.counts and (cast.party, cast.demand) not in seen:
                yield cast.party, cast.demand, cast.cast_on, None, None


def _named(scope: Scope) -> QuerySet[Party]:
    return (
        Party.objects.filter(consultation=scope.consultation)
        .filter(name__renderings__language=F("name__language"))
        .order_by("code")
    )


def _party_name(scope: Scope, key: int, code: str, name: str, kind: str) -> str:
    """A party's name; that of a single person only for the team and themselves."""
    if name == code or (kind == INDIVIDUAL and not scope.full and key not in scope.own):
        return ""
    return name


def _demands(scope: Scope) -> QuerySet[Demand]:
    return (
        Demand.objects.filter(consultation=scope.consultation)
        .select_related("wording", "theme")
        .prefetch_related(Prefetch("wording__renderings", Rendering.objects.all()))
        .order_by("number")
    )


def _wording(scope: Scope, demand: Demand) -> str:
    """The author's words; nothing of what moderators took out of sight, but for the team."""
    return "" if demand.hidden and not scope.full else _source(demand.wording)


def _source(text: Text) -> str:
    return read(text, text.language).body
