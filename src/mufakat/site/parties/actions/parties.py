"""Adding a party, and changing what is known of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.writing import change_source, new_text
from mufakat.site.ledger.acting import acting
from mufakat.site.parties import rules
from mufakat.site.parties.actions.errors import PartyError
from mufakat.site.parties.models import Party
from mufakat.site.people.names import clean_name

CODE = re.compile(r"\w[\w.\-]{0,63}")


def checked_code(code: str, *, longest: int = 64) -> str:
    """A code as it can stand in tables and addresses.

    Raises:
        PartyError: it is empty, too long, or holds what cannot stand in an address.
    """
    code = code.strip()
    if len(code) > longest or not CODE.fullmatch(code):
        raise PartyError(
            f"{code[:80]!r} cannot be a code: letters, digits, hyphens, dots and underscores are possible,"
            f" at most {longest}, and the first is a letter or digit"
        )
    return code


# The scripts of those of the six languages that are not written in Latin letters.
SCRIPT = {"ar": "ARABIC", "zh": "CJK", "ru": "CYRILLIC"}


def language_of_name(name: str, language: str) -> str:
    """The language that a name stands in: the party's own, or none that is known.

    A party that writes in Arabic may be listed under a name in Latin letters: nobody should be told that this
    is Arabic, neither the program that reads a page aloud nor the one that chooses its letters.
    """
    script = SCRIPT.get(language)
    if script is None or any(unicodedata.name(char, "").startswith(script) for char in name):
        return language
    return ""


def add_party(
    *,
    actor: Actor,
    consultation: Consultation,
    code: str,
    name: str,
    kind: str,
    region: str = "",
    country: str = "",
    language: str = "",
    names: Mapping[str, str] | None = None,
) -> Party:
    """Add a party.

    Args:
        language: the party writes in, and its name stands in. names: what it is called in other languages.

    Raises:
        Refused: the actor is not on the team. PartyError: the code is taken, or cannot be one.
    """
    code, name = checked_code(code), clean_name(name)
    with acting(rules.ADD, actor, consultation) as record:
        if Party.objects.filter(consultation=consultation, code=code).exists():
            raise PartyError(f"the code {code!r} is taken by another party; choose another")
        party = Party.objects.create(
            consultation=consultation,
            code=code,
            name=new_text(
                name,
                language=language_of_name(name, language),
                by=actor.person,
                consultation=consultation.pk,
                translations=names,
            ),
            kind=kind,
            region=region,
            country=country,
            language=language,
        )
        record.event(
            act=rules.ADD,
            actor=actor,
            subject=f"party:{code}",
            detail={"kind": kind, "region": region, "country": country},
        )
    return party


def edit_party(
    *, actor: Actor, party: Party, name: str, kind: str, region: str, country: str, left: bool
) -> None:
    """Change what is known of a party, or let it leave; its acts stay.

    Raises:
        Refused: the actor is not on the team.
    """
    with acting(rules.EDIT, actor, party) as record:
        party.refresh_from_db()
        change_source(party.name, clean_name(name), by=actor.person)
        party.kind, party.region, party.country = kind, region, country
        party.left_at = (party.left_at or record.at) if left else None
        party.save(update_fields=["kind", "region", "country", "left_at"])
        record.event(
            act=rules.EDIT,
            actor=actor,
            subject=f"party:{party.code}",
            detail={"kind": kind, "region": region, "country": country, "left": left},
        )
