"""Reading a list of parties that somebody kept elsewhere: each row is read, or reported with what is right.

The first line names the columns. ``code``, ``name`` and ``kind`` are needed; ``region``, ``country``,
``language`` and ``groups`` (several, separated by semicolons) can be there; others are told of and not read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mufakat import places
from mufakat.site.consultations.kinds import PARTY_KINDS
from mufakat.site.languages.tags import OWN_NAMES, SIX
from mufakat.site.parties.actions import NewParty, PartyError
from mufakat.site.parties.actions.groups import LONGEST_CODE
from mufakat.site.parties.actions.parties import checked_code
from mufakat.site.parties.kinds import REGIONS
from mufakat.site.people.names import clean_name

MOST_ROWS: Final = 20_000
MOST_CHARACTERS: Final = 4_000_000

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code", "party", "party code", "id", "short name", "abbreviation"),
    "name": ("name", "party name", "full name", "organisation", "organization", "title"),
    "kind": ("kind", "type", "party kind", "category"),
    "region": ("region", "regional group"),
    "country": ("country", "country code", "iso", "iso3", "iso 3166"),
    "language": ("language", "lang", "language code"),
    "groups": ("groups", "group", "memberships", "member of"),
}
NEEDED: Final = ("code", "name", "kind")
KIND_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "member_state": ("member state", "state", "delegation", "state delegation", "country", "government"),
    "un_entity": ("un", "un body", "un agency", "united nations"),
    "intergovernmental": ("intergovernmental", "igo", "international organisation", "regional organisation"),
    "think_tank": ("research", "research institute", "university", "academia"),
    "civil_society": ("ngo", "cso", "civil society organisation", "association"),
    "private_sector": ("business", "company", "private"),
    "individual": ("person", "expert", "public"),
}
REGION_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "africa": ("ag", "african states", "african group"),
    "asia_pacific": ("apg", "asia", "asia and the pacific", "asia-pacific states"),
    "eastern_europe": ("eeg", "eastern european states"),
    "latin_america": ("grulac", "latin america", "caribbean", "latin american and caribbean states"),
    "western_europe": ("weog", "western europe", "western european and other states"),
}


class ListError(ValueError):
    """A list of which no row can be read; the message says why, and what would be right."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be stored.

    Attributes:
        row: its number as in a spreadsheet, where the line of the columns is row 1.
        column: in which the trouble is. value: what stands there. right: what would be right.
        cells: the whole row as it was read.
    """

    row: int
    column: str
    value: str
    right: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What a list says.

    Attributes:
        header: its first line, cut into cells.
        parties: those that can be stored, each with the number of its row and its cells.
        problems: one a row that cannot; so the rows of the list are ``len(parties) + len(problems)``.
        unread: columns that were not read.
    """

    header: tuple[str, ...]
    parties: tuple[tuple[int, NewParty, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows the list has, empty ones left out."""
        return len(self.parties) + len(self.problems)


class _WrongError(ValueError):
    def __init__(self, column: str, value: str, right: str) -> None:
        super().__init__(right)
        self.column, self.value, self.right = column, value, right


def decoded(content: bytes) -> str:
    """A file as text.

    Raises:
        ListError: it is neither UTF-8 nor UTF-16 with its mark.
    """
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ListError(
            _(
                "This file is not in UTF-8: byte %(place)d cannot be read."
                " Save it as “CSV UTF-8” and try again."
            )
            % {"place": error.start + 1}
        ) from None


def read_list(
    text: str,
    *,
    taken: Collection[str] = (),
    groups: Collection[str] = (),
    make_groups: bool = False,
    language: str = "",
) -> Read:
    """Read a list of parties.

    Args:
        text: lines of cells separated by commas, semicolons or tabs, as the first line shows.
        taken: codes that parties of the consultation have. groups: codes of its groups.
        make_groups: whether groups that are not there are made.
        language: of names in rows that say none.

    Raises:
        ListError: it has no line of columns, lacks a column that is needed, or cannot be cut into cells.
    """
    records = _records(text)
    if not records:
        raise ListError(_("There is nothing in this list. Its first line names the columns: code,name,kind."))
    header, place, unread = _columns(records[0][1])
    by_word = {group.casefold(): group for group in groups}
    seen = {code: _("another party has this code already; choose another") for code in taken}
    parties: list[tuple[int, NewParty, tuple[str, ...]]] = []
    problems: list[Problem] = []
    for number, cells in records[1:]:
        said = {column: cells[at].strip() if at < len(cells) else "" for column, at in place.items()}
        try:
            if len(cells) > len(header):
                raise _WrongError(
                    "", cells[len(header)], _("a row has no more cells than the first line has columns")
                )
            party = _party(said, by_word, make_groups=make_groups, language=language)
            if party.code in seen:
                raise _WrongError("code", party.code, seen[party.code])
        except _WrongError as wrong:
            problems.append(Problem(number, wrong.column, wrong.value[:200], wrong.right, tuple(cells)))
            continue
        seen[party.code] = _("row %(row)d has this code already; choose another") % {"row": number}
        parties.append((number, party, tuple(cells)))
    return Read(header, tuple(parties), tuple(problems), unread)


def again(header: Collection[str], rows: Collection[Collection[str]]) -> str:
    """Rows as a list that can be mended and read again."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    # A carriage return alone would end a row when it is read again; within a cell, any end of a line will do.
    writer.writerows([cell.replace("\r", "\n") for cell in row] for row in rows)
    return out.getvalue()


def _records(text: str) -> list[tuple[int, list[str]]]:
    """Every row that is not empty, with its number."""
    if len(text) > MOST_CHARACTERS:
        raise ListError(
            _("This list has %(length)d characters; at most %(most)d are possible. Send it in parts.")
            % {"length": len(text), "most": MOST_CHARACTERS}
        )
    text = text.lstrip("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                found.append((number, cells))
    except csv.Error as error:
        raise ListError(
            _(
                "The list cannot be cut into cells at line %(line)d (%(error)s)."
                " Look for a stray quotation mark."
            )
            % {"line": reader.line_num, "error": error}
        ) from None
    if len(found) > MOST_ROWS + 1:
        raise ListError(
            _("This list has %(rows)d rows; at most %(most)d are possible. Send it in parts.")
            % {"rows": len(found) - 1, "most": MOST_ROWS}
        )
    return found


def _columns(cells: list[str]) -> tuple[tuple[str, ...], dict[str, int], tuple[str, ...]]:
    header = tuple(cell.strip() for cell in cells)
    known = {word: column for column, words in COLUMNS.items() for word in words}
    place: dict[str, int] = {}
    unread: list[str] = []
    for at, cell in enumerate(header):
        column = known.get(_bare(cell))
        if column is None or column in place:
            unread.append(cell)
        else:
            place[column] = at
    missing = [column for column in NEEDED if column not in place]
    if missing:
        raise ListError(
            _("The first line must name the columns %(needed)s; %(missing)s is missing. It says: %(found)s")
            % {
                "needed": ", ".join(NEEDED),
                "missing": ", ".join(missing),
                "found": ", ".join(header)[:300],
            }
        )
    return header, place, tuple(name for name in unread if name)


def _party(said: Mapping[str, str], groups: dict[str, str], *, make_groups: bool, language: str) -> NewParty:
    try:
        code = checked_code(said["code"])
    except PartyError:
        right = _("letters, digits, hyphens, dots and underscores, at most 64, the first a letter or digit")
        raise _WrongError("code", said["code"], right) from None
    try:
        name = clean_name(said["name"])
    except ValidationError as error:
        raise _WrongError("name", said["name"], " ".join(error.messages)) from None
    return NewParty(
        code=code,
        name=name,
        kind=_one_of("kind", said["kind"], KIND_WORDS, PARTY_KINDS),
        region=_one_of("region", said.get("region", ""), REGION_WORDS, REGIONS, empty=True),
        country=_country(said.get("country", "")),
        language=_language(said.get("language", ""), language),
        groups=tuple(dict.fromkeys(_groups(said.get("groups", ""), groups, make=make_groups))),
    )


def _one_of(
    column: str,
    value: str,
    words: Mapping[str, Collection[str]],
    choices: Collection[tuple[str, object]],
    *,
    empty: bool = False,
) -> str:
    if empty and not value:
        return ""
    known = {_bare(word): key for key, of in words.items() for word in of}
    known |= {_bare(str(name)): key for key, name in choices}
    known |= {_bare(key): key for key, _name in choices}
    wanted = _bare(value)
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=1)
    right = _("one of: %(choices)s") % {"choices": ", ".join(str(name) for _key, name in choices)}
    if near:
        right = f"{right}; " + _("did you mean “%(near)s”?") % {"near": near[0]}
    raise _WrongError(column, value, right)


def _country(value: str) -> str:
    if not value:
        return ""
    try:
        return (places.find(value) or places.country(value)).alpha3
    except places.PlacesError as error:
        raise _WrongError("country", value, str(error)) from None


def _language(value: str, otherwise: str) -> str:
    if not value:
        return otherwise
    wanted = _bare(value)
    names = {tag: tag for tag in SIX} | {name.casefold(): tag for tag, name in OWN_NAMES.items()}
    names |= {"arabic": "ar", "chinese": "zh", "french": "fr", "russian": "ru", "spanish": "es"}
    if wanted in names:
        return names[wanted]
    right = _("one of: %(choices)s; or nothing for another language") % {"choices": ", ".join(SIX)}
    raise _WrongError("language", value, right)


def _groups(value: str, groups: dict[str, str], *, make: bool) -> Iterator[str]:
    for word in (part.strip() for part in value.replace("|", ";").split(";") if part.strip()):
        if word.casefold() in groups:
            yield groups[word.casefold()]
            continue
        if not make:
            known = ", ".join(groups.values()) or _("none yet")
            right = _(
                "codes of groups, separated by semicolons (there are: %(known)s); or let groups be made"
            )
            raise _WrongError("groups", word, right % {"known": known})
        try:
            # Written otherwise further below, it is the same group.
            groups[word.casefold()] = checked_code(word, longest=LONGEST_CODE)
            yield word
        except PartyError:
            right = _("a short code of letters and digits, at most %(most)d") % {"most": LONGEST_CODE}
            raise _WrongError("groups", word, right) from None


def _bare(word: str) -> str:
    return " ".join(word.replace("_", " ").casefold().split())
