"""The files that can be taken away: what each holds, what its columns mean, and who may have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from mufakat.site.authority.acts import Words
from mufakat.site.voices.exports import tables
from mufakat.site.voices.exports.scope import Scope
from mufakat.site.voices.exports.tables import Rows

_CODE = _("code of the party")
_NUMBER = _("number of the demand")
_VOTE = _("1 agree, 0 pass, -1 disagree")
_IMPORTANT = _("1 where the party says that this matters most to it")
_LANGUAGE = _("language of the text, where it is known")
_MODERATED = _("-1 where moderators took it out of sight; its words are then for the team alone")
_DAY = _("day, in UTC")


def everybody(scope: Scope) -> bool:
    """Everybody who may read the consultation."""
    return True


def a_party(scope: Scope) -> bool:
    """The team, and people of a party; these get what is their party's own."""
    return scope.full or bool(scope.own)


def the_team(scope: Scope) -> bool:
    """The team alone."""
    return scope.full


@dataclass(frozen=True, slots=True)
class Table:
    """A file with rows, in CSV and in JSON.

    Attributes:
        name: of the file, without its ending. what: it holds. columns: name and meaning of each.
        open_to: who may have it. limits: what is left out, for those who may not have all of it.
    """

    name: str
    what: Words
    columns: tuple[tuple[str, Words], ...]
    rows: Callable[[Scope], Rows]
    open_to: Callable[[Scope], bool] = everybody
    limits: Words = ""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(name for name, _meaning in self.columns)


TABLES: Final = (
    Table(
        "demands",
        _("What is asked: every demand that is open to votes, or was when voting closed."),
        (
            ("demand", _NUMBER),
            ("text", _("its words, as its author wrote them")),
            ("language", _LANGUAGE),
            ("moderated", _MODERATED),
            ("theme", _("code of its theme")),
            (
                "descends_from",
                _("numbers of the demands that it came out of by merging, splitting, rewording"),
            ),
            ("drawn_on", _DAY),
        ),
        tables.demands,
    ),
    Table(
        "former-demands",
        _("What was asked once and lives on in other demands."),
        (
            ("demand", _NUMBER),
            ("text", _("its words, as its author wrote them")),
            ("language", _LANGUAGE),
            ("moderated", _MODERATED),
            ("theme", _("code of its theme")),
            ("state", _("merged, split or reworded")),
            ("went_into", _("numbers of the demands that it went into")),
        ),
        tables.former_demands,
    ),
    Table(
        "lineage",
        _("Every merger, split and rewording, also those that were taken back."),
        (
            ("ancestor", _NUMBER),
            ("descendant", _("number of the demand that came out of it")),
            ("how", _("merged, split or reworded")),
            ("votes_carry", _("1 where votes on the ancestor count for the descendant")),
            ("reason", _("why")),
            ("at", _("when")),
            ("undone_at", _("when it was taken back")),
        ),
        tables.lineage,
    ),
    Table(
        "submissions",
        _("What was said, as it was received."),
        (
            ("submission", _("its number")),
            ("party", _CODE),
            ("kind", _("kind of the party")),
            ("attribution", _("public, chatham_house (only the kind is told) or confidential")),
            ("channel", _("form, text, file or meeting")),
            ("occasion", _("where it was said")),
            ("said_on", _DAY),
            ("received_on", _DAY),
            ("language", _LANGUAGE),
            ("text", _("the words, as they were received")),
            ("moderated", _MODERATED),
            ("demands", _("numbers of the demands that were drawn from it")),
        ),
        tables.submissions,
        limits=_("Who spoke under the Chatham House rule is not told; confidential words are left out."),
    ),
    Table(
        "parties",
        _("Who takes part, and how that divides them for the study."),
        (
            ("party", _CODE),
            ("name", _("what it is called; empty where that is its code")),
            ("kind", _("such as member_state; empty where all parties are of one kind")),
            ("region", _("regional group; empty where all are of one")),
            ("groups", _("codes of the groups it is in now, with semicolons between")),
        ),
        tables.parties,
        limits=_("The names of parties that are a single person are left out."),
    ),
    Table(
        "about-parties",
        _("What else is known of each party."),
        (
            ("party", _CODE),
            ("kind", _("such as member_state")),
            ("country", _("ISO 3166-1, three letters")),
            ("language", _("that it writes in")),
            ("joined_on", _DAY),
            ("left_on", _DAY),
        ),
        tables.about_parties,
    ),
    Table(
        "groups",
        _("Which party is in which group, from when to when."),
        (
            ("group", _("code of the group")),
            ("name", _("what it is called")),
            ("party", _CODE),
            ("begins", _DAY),
            ("ends", _("the first day after; empty for to this day")),
        ),
        tables.groups,
    ),
    Table(
        "votes",
        _("Votes for the demands that are asked, also those that were replaced."),
        (
            ("party", _CODE),
            ("demand", _("number of the demand that it speaks of now")),
            ("vote", _VOTE),
            ("important", _IMPORTANT),
            ("cast_at", _("when")),
            (
                "cast_on",
                _("number of the demand that it was cast on: an ancestor, where it was merged since"),
            ),
            ("counts", _("1 for the one vote that counts; it stands last of its party and demand")),
        ),
        tables.votes,
        open_to=a_party,
        limits=_("You get the votes of your own party."),
    ),
    Table(
        "votes-set-aside",
        _("Votes on demands that were split, or reworded into another ask; they count for nothing now."),
        (
            ("party", _CODE),
            ("demand", _NUMBER),
            ("vote", _VOTE),
            ("important", _IMPORTANT),
            ("cast_at", _("when")),
        ),
        tables.votes_set_aside,
        open_to=a_party,
        limits=_("You get the votes of your own party."),
    ),
    Table(
        "showings",
        _("Which demand was put before which party, with the chance it had of being drawn."),
        (
            ("party", _CODE),
            ("demand", _("number of the demand that it speaks of now")),
            ("shown_as", _("number that it had then")),
            ("propensity", _("its chance among those left; empty for a vote that came without a showing")),
            ("at", _("when")),
        ),
        tables.showings,
        open_to=the_team,
    ),
)
STUDY_TABLES: Final = (
    ("study-demands", _("How each demand stands, with its counts.")),
    ("study-constituencies", _("The share that agrees in every constituency, with its interval.")),
    ("study-representative", _("What each opinion group stands out for.")),
    ("study-coverage", _("How much of every constituency was heard.")),
    ("study-parties", _("The places of the parties on the map.")),
)
STUDY, EVERYTHING = "study", "everything"


def tables_for(scope: Scope) -> list[Table]:
    """The tables that a reader may have."""
    return [table for table in TABLES if table.open_to(scope)]
