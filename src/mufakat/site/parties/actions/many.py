"""Adding many parties in one act, as from a list that somebody kept elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.models import Rendering, Text
from mufakat.site.languages.writing import new_text
from mufakat.site.ledger.acting import acting
from mufakat.site.parties import rules
from mufakat.site.parties.actions.errors import PartyError
from mufakat.site.parties.actions.groups import LONGEST_CODE
from mufakat.site.parties.actions.parties import checked_code, language_of_name
from mufakat.site.parties.models import Group, Membership, Party
from mufakat.site.people.names import clean_name


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party to be added; see `mufakat.site.parties.models.Party`.

    Attributes:
        names: what it is called in other languages, by tag. groups: codes of the groups it belongs to.
    """

    code: str
    name: str
    kind: str
    region: str = ""
    country: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of many parties.

    Attributes:
        stored: those that are in the consultation now, in the order they were given.
        taken: codes that another party had already; nothing was changed about that one.
        groups: codes of the groups that were made.
    """

    stored: tuple[Party, ...]
    taken: tuple[str, ...]
    groups: tuple[str, ...]


def add_parties(
    *, actor: Actor, consultation: Consultation, parties: Sequence[NewParty], make_groups: bool = False
) -> Added:
    """Add parties, and let them belong to their groups from now on, in one act and one event.

    Args:
        make_groups: whether groups that do not exist yet are made, called by their codes.

    Raises:
        Refused: the actor is not on the team.
        PartyError: a code that cannot be one or stands there twice, or a group that does not exist.
        ValidationError: a name that cannot be one.
    """
    codes = [checked_code(party.code) for party in parties]
    if len(set(codes)) < len(codes):
        twice = sorted({code for code in codes if codes.count(code) > 1})
        raise PartyError(f"these codes stand there more than once: {', '.join(twice)}")
    names = [clean_name(party.name) for party in parties]
    with acting(rules.ADD, actor, consultation) as record:
        taken = set(
            Party.objects.filter(consultation=consultation, code__in=codes).values_list("code", flat=True)
        )
        fresh = [
            (party, code, name)
            for party, code, name in zip(parties, codes, names, strict=True)
            if code not in taken
        ]
        if not fresh:
            record.unchanged()
            return Added((), tuple(code for code in codes if code in taken), ())
        wanted = sorted({group for party, _code, _name in fresh for group in party.groups})
        groups = _groups(consultation, wanted, actor.person, make=make_groups)
        texts = Text.objects.bulk_create(
            Text(consultation_id=consultation.pk, language=language_of_name(name, party.language))
            for party, _code, name in fresh
        )
        Rendering.objects.bulk_create(
            Rendering(text=text, language=language, body=body, by_id=actor.person)
            for text, (party, _code, name) in zip(texts, fresh, strict=True)
            for language, body in {**party.names, text.language: name}.items()
            if body.strip()
        )
        stored = Party.objects.bulk_create(
            Party(
                consultation=consultation,
                code=code,
                name=text,
                kind=party.kind,
                region=party.region,
                country=party.country,
                language=party.language,
                joined_at=record.at,
            )
            for text, (party, code, _name) in zip(texts, fresh, strict=True)
        )
        Membership.objects.bulk_create(
            Membership(group=groups.found[group], party=party, begins=record.at)
            for party, (new, _code, _name) in zip(stored, fresh, strict=True)
            for group in dict.fromkeys(new.groups)
        )
        record.event(
            act=rules.ADD,
            actor=actor,
            subject="parties",
            detail={
                "parties": [
                    [party.code, party.kind, party.region, party.country, *dict.fromkeys(new.groups)]
                    for party, (new, _code, _name) in zip(stored, fresh, strict=True)
                ],
                "groups": list(groups.made),
            },
        )
    return Added(tuple(stored), tuple(code for code in codes if code in taken), groups.made)


@dataclass(frozen=True, slots=True)
class _Groups:
    found: Mapping[str, Group]
    made: tuple[str, ...]


def _groups(consultation: Consultation, wanted: Collection[str], by: int | None, *, make: bool) -> _Groups:
    """The wanted groups of a consultation by their codes; those that are missing are made where asked."""
    found = {group.code: group for group in Group.objects.filter(consultation=consultation, code__in=wanted)}
    missing = [code for code in wanted if code not in found]
    if missing and not make:
        raise PartyError(f"there is no group {', '.join(missing)}; add it first, or let it be made")
    for code in missing:
        code = checked_code(code, longest=LONGEST_CODE)
        name = new_text(code, language="", by=by, consultation=consultation.pk)
        found[code] = Group.objects.create(consultation=consultation, code=code, name=name)
    return _Groups(found, tuple(missing))
