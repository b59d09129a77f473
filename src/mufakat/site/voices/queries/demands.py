"""Reading demands: the list, and one of them with where it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation, Theme
from mufakat.site.languages.reading import Words, read
from mufakat.site.languages.tags import direction
from mufakat.site.voices.models.demands import LIVE, STATES, Demand, Passage
from mufakat.site.voices.queries.attribution import (
    Speaker,
    heard_by,
    own_parties,
    sees_all,
    speakers,
)
from mufakat.site.voices.queries.lineage import Lineage, ancestors_of, lineage
from mufakat.site.voices.queries.standing import states
from mufakat.site.voices.queries.submissions import Decision, decisions_on
from mufakat.site.voices.queries.texts import texts_with, words_of

ANY = "any"
STANDINGS: dict[str, tuple[str | Promise, str]] = {
    "everywhere": (_("holds everywhere"), "good"),
    "divides": (_("divides"), "split"),
    "contested": (_("contested"), "split"),
    "unheard": (_("not heard enough"), "open"),
}
"""How a demand stands, in words, with the colour of its badge."""
BY_NUMBER, BY_THEME, NEWEST = "number", "theme", "newest"
ORDERS = {
    BY_NUMBER: ("number",),
    BY_THEME: ("theme__position", "theme__code", "number"),
    NEWEST: ("-number",),
}
UNTHEMED = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """A demand as it stands in a list.

    Attributes:
        theme: name of its theme. speakers: who said it, as far as the reader may know, each once.
        standing: how it stands and the colour of that; None where no study that the reader sees knows it.
    """

    number: int
    words: Words
    theme: Words | None
    theme_code: str
    state: str
    state_name: str
    hidden: bool
    speakers: tuple[Speaker, ...]
    standing: tuple[str | Promise, str] | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a demand, or one that it came out of, stands in what was said.

    Attributes:
        number: of the submission. quote: the passage, in the words and language of the submission.
    """

    number: int
    quote: Words
    speaker: Speaker
    occasion: str
    channel: str
    said_on: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """A demand as one reader sees it.

    Attributes:
        words: None where it is moderated away and the reader is neither of the team nor its author.
        source: in the author's language, where ``words`` is a translation. others: in every other language.
        origins: passages of it and its ancestors. unseen: whether there are more, which the reader may not
            see. decisions: of moderation, all for those inside, the last one where it is hidden.
    """

    demand: Demand
    inside: bool
    words: Words | None
    others: tuple[Words, ...]
    theme: Words | None
    origins: tuple[Origin, ...]
    unseen: bool
    lineage: Lineage
    decisions: tuple[Decision, ...]


def shown_to(actor: Actor, consultation: Consultation) -> QuerySet[Demand]:
    """The demands whose words everybody may read, and for the team all."""
    found = Demand.objects.filter(consultation=consultation)
    return found if sees_all(actor, consultation) else found.filter(hidden=False)


def listed(
    *,
    actor: Actor,
    consultation: Consultation,
    wanted: str = "",
    theme: str = "",
    state: str = LIVE,
    order: str = BY_NUMBER,
) -> QuerySet[Demand]:
    """The demands of a consultation that the actor may see.

    Args:
        wanted: words that it holds in any language, or its number.
        theme: code of its theme, or ``none``. state: what became of it, or ``any``.
        order: one of `ORDERS`.
    """
    found = shown_to(actor, consultation)
    if wanted:
        holds = Q(wording__in=texts_with(consultation, wanted))
        if wanted.isdecimal() and len(wanted) <= 9:
            holds |= Q(number=int(wanted))
        found = found.filter(holds)
    if theme == UNTHEMED:
        found = found.filter(theme__isnull=True)
    elif theme:
        found = found.filter(theme__code=theme)
    if state != ANY:
        found = found.filter(state=state)
    return found.order_by(*ORDERS[order])


def lines(
    page: QuerySet[Demand],
    *,
    actor: Actor,
    consultation: Consultation,
    language: str,
    themed: Mapping[int, tuple[str, Words]] | None = None,
) -> list[Line]:
    """What a list shows of these demands, in the same order; a handful of queries however many.

    Args:
        themed: `themes_by_key`, where they are at hand.
    """
    rows = list(page.values_list("pk", "number", "wording", "theme", "state", "hidden"))
    standing = states(consultation, actor)
    worded = words_of((wording for _key, _number, wording, *_rest in rows), language)
    if themed is None:
        themed = themes_by_key(consultation, language)
    said_by = _speakers([key for key, *_rest in rows], actor, consultation, language)
    names = {state: str(name) for state, name in STATES}
    return [
        Line(
            number=number,
            words=worded[wording],
            theme=themed[theme][1] if theme else None,
            theme_code=themed[theme][0] if theme else "",
            state=state,
            state_name=names[state],
            hidden=hidden,
            speakers=said_by.get(key, ()),
            standing=STANDINGS.get(standing.get(number, "")) if state == LIVE else None,
        )
        for key, number, wording, theme, state, hidden in rows
    ]


def _speakers(
    keys: Collection[int], actor: Actor, consultation: Consultation, language: str
) -> dict[int, tuple[Speaker, ...]]:
    """Who said each of these demands, as far as the reader may know, each once."""
    passages = list(
        Passage.objects.filter(demand__in=keys, submission__in=heard_by(actor, consultation))
        .order_by("submission__number", "start")
        .values_list("demand", "submission__party", "submission__attribution")
    )
    known = speakers(((party, level) for _key, party, level in passages), actor, consultation, language)
    found: defaultdict[int, dict[Speaker, None]] = defaultdict(dict)
    for key, party, level in passages:
        found[key][known[party, level]] = None
    return {key: tuple(said_by) for key, said_by in found.items()}


def themes_by_key(consultation: Consultation, language: str) -> dict[int, tuple[str, Words]]:
    """Code and name of every theme, by primary key, in their order."""
    rows = list(Theme.objects.filter(consultation=consultation).values_list("pk", "code", "name"))
    names = words_of((name for _key, _code, name in rows), language)
    return {key: (code, names[name]) for key, code, name in rows}


def themes(consultation: Consultation, language: str) -> list[tuple[str, str]]:
    """Code and name of every theme, in their order."""
    return [(code, name.body) for code, name in themes_by_key(consultation, language).values()]


def account(demand: Demand, *, actor: Actor, language: str) -> Account:
    """A demand with everything that its page shows."""
    consultation = demand.consultation
    team = sees_all(actor, consultation)
    ancestors = ancestors_of(demand)
    authored = _authored(actor, {demand.pk} | ancestors)
    inside = team or demand.pk in authored

    def shows(kin: Demand) -> bool:
        return team or not kin.hidden or kin.pk in authored

    family = {demand.pk} | ancestors
    origins = _origins(family, actor, consultation, language) if shows(demand) else ()
    all_ = Passage.objects.filter(demand__in=family).order_by().values("submission").distinct().count()
    decisions = decisions_on(demand, language=language)
    tags = sorted(each.language for each in demand.wording.renderings.all()) if shows(demand) else []
    words = read(demand.wording, language) if shows(demand) else None
    return Account(
        demand=demand,
        inside=inside,
        words=words,
        others=tuple(
            read(demand.wording, tag) for tag in tags if words is not None and tag != words.language
        ),
        theme=read(demand.theme.name, language) if demand.theme is not None else None,
        origins=origins,
        unseen=len({origin.number for origin in origins}) < all_,
        lineage=lineage(demand, language=language, shows=shows),
        decisions=decisions if inside else decisions[-1:] if demand.hidden else (),
    )


def _authored(actor: Actor, keys: Collection[int]) -> set[int]:
    """Which of these demands come from what the actor's own parties said."""
    own = own_parties(actor)
    if not own:
        return set()
    return set(
        Passage.objects.filter(demand__in=keys, submission__party__in=own)
        .order_by()
        .values_list("demand", flat=True)
    )


def _origins(
    keys: Collection[int], actor: Actor, consultation: Consultation, language: str
) -> tuple[Origin, ...]:
    passages = list(
        Passage.objects.filter(demand__in=keys, submission__in=heard_by(actor, consultation))
        .select_related("submission__body")
        .order_by("submission__number", "start")
    )
    said_by = speakers(
        ((each.submission.party_id, each.submission.attribution) for each in passages),
        actor,
        consultation,
        language,
    )
    found: dict[tuple[int, int, int], Origin] = {}
    for passage in passages:
        said = passage.submission
        place = (said.number, passage.start, passage.end)
        if place not in found:
            found[place] = Origin(
                number=said.number,
                quote=_quote(passage),
                speaker=said_by[said.party_id, said.attribution],
                occasion=said.occasion,
                channel=str(said.get_channel_display()),
                said_on=said.said_on,
            )
    return tuple(found.values())


def _quote(passage: Passage) -> Words:
    tag = passage.submission.body.language
    return Words(body=passage.quote, language=tag, direction=direction(tag))
