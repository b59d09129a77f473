"""Reading demands: the list, and one of them with where it comes from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation, Theme
from mufakat.site.languages.reading import Words, read
from mufakat.site.languages.tags import direction
from mufakat.site.voices.models.demands import LIVE, Demand, Passage
from mufakat.site.voices.queries.attribution import (
    Speaker,
    heard_by,
    own_parties,
    sees_all,
    speaker,
    texts_with,
)
from mufakat.site.voices.queries.lineage import Lineage, ancestors_of, lineage
from mufakat.site.voices.queries.standing import states
from mufakat.site.voices.queries.submissions import Decision, decisions_on

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


def lines(page: QuerySet[Demand], *, actor: Actor, consultation: Consultation, language: str) -> list[Line]:
    """What a list shows of these demands, in the same order; a handful of queries however many."""
    standing = states(consultation, actor)
    passages = (
        Passage.objects.filter(submission__in=heard_by(actor, consultation))
        .select_related("submission__party__name")
        .prefetch_related("submission__party__name__renderings")
        .defer("quote")
    )
    return [
        Line(
            number=demand.number,
            words=read(demand.wording, language),
            theme=read(demand.theme.name, language) if demand.theme is not None else None,
            theme_code=demand.theme.code if demand.theme is not None else "",
            state=demand.state,
            state_name=str(demand.get_state_display()),
            hidden=demand.hidden,
            speakers=tuple(
                dict.fromkeys(
                    speaker(passage.submission, actor, language) for passage in demand.passages.all()
                )
            ),
            standing=STANDINGS.get(standing.get(demand.number, "")) if demand.state == LIVE else None,
        )
        for demand in page.select_related("wording", "theme__name").prefetch_related(
            "wording__renderings", "theme__name__renderings", Prefetch("passages", queryset=passages)
        )
    ]


def themes(consultation: Consultation, language: str) -> list[tuple[str, str]]:
    """Code and name of every theme, in their order."""
    return [
        (theme.code, read(theme.name, language).body)
        for theme in Theme.objects.filter(consultation=consultation)
        .select_related("name")
        .prefetch_related("name__renderings")
    ]


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
    passages = (
        Passage.objects.filter(demand__in=keys, submission__in=heard_by(actor, consultation))
        .select_related("submission__party__name", "submission__body")
        .prefetch_related("submission__party__name__renderings")
        .order_by("submission__number", "start")
    )
    found: dict[tuple[int, int, int], Origin] = {}
    for passage in passages:
        said = passage.submission
        place = (said.number, passage.start, passage.end)
        if place not in found:
            found[place] = Origin(
                number=said.number,
                quote=_quote(passage),
                speaker=speaker(said, actor, language),
                occasion=said.occasion,
                channel=str(said.get_channel_display()),
                said_on=said.said_on,
            )
    return tuple(found.values())


def _quote(passage: Passage) -> Words:
    tag = passage.submission.body.language
    return Words(body=passage.quote, language=tag, direction=direction(tag))
