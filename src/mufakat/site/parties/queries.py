"""What is read of parties, of the people who act for them, and of groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mufakat import places
from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation, Role
from mufakat.site.languages.models import Rendering
from mufakat.site.languages.reading import Words, read, with_text
from mufakat.site.parties.models import (
    Accreditation,
    Group,
    GroupSpeaker,
    Invitation,
    Membership,
    Party,
    in_force,
)


@dataclass(frozen=True, slots=True)
class ToldParty:
    """A party as a list shows it.

    Attributes:
        country: its name in the reader's language; empty where none is meant or it is not known.
        groups: codes of the groups that it belongs to now.
        people: how many act for it now; None where the reader is not told.
    """

    party: Party
    name: Words
    country: str
    groups: tuple[str, ...]
    people: int | None = None


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """A group as a list shows it, with how many parties belong to it now."""

    group: Group
    name: Words
    members: int


@dataclass(frozen=True, slots=True)
class ToldMembership:
    """That a party belongs, will belong or belonged to a group.

    Attributes:
        name: of the party in a list of members, of the group in a list of memberships.
        state: ``now``, ``ahead`` or ``over``.
    """

    membership: Membership
    name: Words
    state: str


def visible_consultations(actor: Actor) -> QuerySet[Consultation]:
    """The consultations that a person may read, the latest first; the same that `READ` opens to them."""
    found = (
        Consultation.objects.select_related("title", "summary")
        .prefetch_related(*with_text("title", "summary"), "stages")
        .order_by("-opened_at", "-pk")
    )
    if actor.operator:
        return found
    may = Q(listed=True)
    if actor.person is not None:
        roles = Role.objects.filter(person=actor.person, revoked_at__isnull=True)
        voices = Accreditation.objects.filter(in_force(), person=actor.person, party__left_at__isnull=True)
        may |= Q(pk__in=roles.values("consultation")) | Q(pk__in=voices.values("party__consultation"))
    return found.filter(may)


def parties_of(
    consultation: Consultation,
    *,
    kind: str = "",
    region: str = "",
    group: str = "",
    search: str = "",
    left: bool = False,
) -> QuerySet[Party]:
    """The parties of a consultation by code.

    Args:
        group: code of a group that they belong to now.
        search: words in the name, in any language; the code; or a country's name in any of the six languages.
        left: those that left, in place of those that are there.
    """
    found = Party.objects.filter(consultation=consultation, left_at__isnull=not left)
    if kind:
        found = found.filter(kind=kind)
    if region:
        found = found.filter(region=region)
    if group:
        members = Membership.objects.filter(in_force(), group__code=group, party=OuterRef("pk"))
        found = found.filter(Exists(members))
    search = search.strip()
    if search:
        named = Rendering.objects.filter(text__consultation_id=consultation.pk, body__icontains=search)
        wanted = Q(code__icontains=search) | Q(name__in=named.values("text"))
        country = places.find(search)
        if country is not None:
            wanted |= Q(country=country.alpha3)
        found = found.filter(wanted)
    return found.select_related("name").prefetch_related(*with_text("name")).order_by("code")


def told(parties: Iterable[Party], language: str, *, people: bool = False) -> list[ToldParty]:
    """Parties as a list shows them; with *people*, also how many act for each."""
    found = list(parties)
    keys = [party.pk for party in found]
    groups: dict[int, list[str]] = {}
    for party, code in (
        Membership.objects.filter(in_force(), party__in=keys)
        .order_by("group__code")
        .values_list("party", "group__code")
    ):
        groups.setdefault(party, []).append(code)
    acting: dict[int, int] = {}
    if people:
        counted = Accreditation.objects.filter(in_force(), party__in=keys).values_list("party")
        acting = dict(counted.annotate(number=Count("pk")).order_by())
    return [
        ToldParty(
            party=party,
            name=read(party.name, language),
            country=country_name(party.country, language),
            groups=tuple(groups.get(party.pk, ())),
            people=acting.get(party.pk, 0) if people else None,
        )
        for party in found
    ]


def country_name(code: str, language: str) -> str:
    """The name of a country in the reader's language, or the code itself where it is none that is known."""
    if not code:
        return ""
    language = language.partition("-")[0]
    try:
        return places.name(code, language if language in places.LANGUAGES else "en")
    except places.PlacesError:
        return code


def groups_of(consultation: Consultation, language: str) -> list[ToldGroup]:
    """The groups of a consultation by code, with how many parties belong to each now."""
    now = timezone.now()
    in_it = Q(
        memberships__begins__lte=now,
        memberships__revoked_at__isnull=True,
        memberships__party__left_at__isnull=True,
    ) & (Q(memberships__ends__isnull=True) | Q(memberships__ends__gt=now))
    found = (
        Group.objects.filter(consultation=consultation)
        .select_related("name")
        .prefetch_related(*with_text("name"))
        .annotate(members=Count("memberships", filter=in_it))
        .order_by("code")
    )
    return [ToldGroup(group, read(group.name, language), group.members) for group in found]


def members_of(group: Group, language: str) -> list[ToldMembership]:
    """Who belongs, will belong and belonged to a group, by code; what was struck out is left out."""
    found = (
        Membership.objects.filter(group=group, revoked_at__isnull=True)
        .select_related("party__name", "group")
        .prefetch_related(*with_text("party__name"))
        .order_by("party__code", "begins")
    )
    return [ToldMembership(each, read(each.party.name, language), _state(each)) for each in found]


def memberships_of(party: Party, language: str) -> list[ToldMembership]:
    """The groups that a party belongs, will belong and belonged to, by code."""
    found = (
        Membership.objects.filter(party=party, revoked_at__isnull=True)
        .select_related("group__name")
        .prefetch_related(*with_text("group__name"))
        .order_by("group__code", "begins")
    )
    return [ToldMembership(each, read(each.group.name, language), _state(each)) for each in found]


def _state(membership: Membership) -> str:
    now = timezone.now()
    if membership.begins > now:
        return "ahead"
    return "now" if membership.ends is None or membership.ends > now else "over"


def people_of(party: Party) -> QuerySet[Accreditation]:
    """Every accreditation to a party, also those that are over, with their persons; the latest first."""
    return (
        Accreditation.objects.filter(party=party)
        .select_related("person", "granted_by")
        .order_by("-begins", "-pk")
    )


def open_invitations(party: Party) -> QuerySet[Invitation]:
    """The invitations to a party that nobody has answered yet, also those that are too old by now."""
    return (
        Invitation.objects.filter(party=party, accepted_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("party")
        .order_by("-invited_at")
    )


def speakers_of(group: Group) -> QuerySet[GroupSpeaker]:
    """Who may speak for a group now."""
    return GroupSpeaker.objects.filter(in_force(), group=group).select_related("person").order_by("begins")


def who_could_speak(group: Group) -> QuerySet[Accreditation]:
    """Those who act for a party that belongs to the group now; only they can be let speak for it."""
    members = Membership.objects.filter(in_force(), group=group).values("party")
    return (
        Accreditation.objects.filter(in_force(), party__in=members)
        .select_related("person", "party")
        .order_by("party__code", "pk")
    )


def accreditations_of(person: int) -> QuerySet[Accreditation]:
    """What a person may act for now or later, in every consultation."""
    return (
        Accreditation.objects.filter(
            Q(ends__isnull=True) | Q(ends__gt=timezone.now()),
            person=person,
            revoked_at__isnull=True,
            party__left_at__isnull=True,
        )
        .select_related("party__name", "party__consultation__title")
        .prefetch_related(*with_text("party__name", "party__consultation__title"))
        .order_by("party__consultation__opened_at", "party__code")
    )


def invitations_to(email: str) -> QuerySet[Invitation]:
    """The invitations to an address that can be accepted now."""
    now = timezone.now()
    return (
        Invitation.objects.filter(
            Q(ends__isnull=True) | Q(ends__gt=now),
            email=email,
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now,
            party__left_at__isnull=True,
        )
        .select_related("party__name", "party__consultation__title")
        .prefetch_related(*with_text("party__name", "party__consultation__title"))
        .order_by("invited_at")
    )


def invitation_of(token_hash: str) -> Invitation | None:
    """The invitation that a token belongs to, with its party and consultation."""
    return (
        Invitation.objects.filter(token_hash=token_hash)
        .select_related("party__name", "party__consultation__title", "accreditation")
        .first()
    )
