"""Bringing in votes from elsewhere: a whole conversation out of a file, or votes on demands that are here.

Either is one act: one transaction and one event. It comes in whole, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Max

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import check
from mufakat.site.consultations.kinds import INDIVIDUAL
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.models import Rendering, Text
from mufakat.site.ledger.acting import acting
from mufakat.site.ledger.models import EPOCH
from mufakat.site.ledger.recording import Record
from mufakat.site.parties.models import Party
from mufakat.site.prepared import insert_many
from mufakat.site.voices import rules
from mufakat.site.voices.actions.errors import VoiceError
from mufakat.site.voices.models.demands import Demand, Passage
from mufakat.site.voices.models.moderation import Moderation
from mufakat.site.voices.models.study import Intake
from mufakat.site.voices.models.submissions import CHATHAM_HOUSE, FILE, Submission
from mufakat.site.voices.models.votes import EarlierVote, Vote

if TYPE_CHECKING:
    from mufakat.site.voices.study.files import VoteFile

Progress = Callable[[float, str], None]
Brought = tuple[str, int, int, bool, datetime | None, int | None]
"""Code of the party, number of the demand, vote, whether it matters most, when, and by which person."""

Standing = list[Any]
"""Vote, importance, time, person and event of a vote."""

ROWS_AT_A_TIME: Final = 2_000
REJECTIONS_KEPT: Final = 1_000
TAKEN_OUT: Final = "Taken out by the moderators of the conversation that this was brought in from."
WITHOUT_WORDS: Final = "Statement {number}: its words are not in the file."


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was brought in.

    Attributes:
        parties, demands: how many were made. votes: how many stand. earlier: how many were replaced.
        rejected: rows of the file that are no votes. event: number of the ledger's event.
    """

    parties: int
    demands: int
    votes: int
    earlier: int
    rejected: int
    event: int


def bring_in(
    *,
    actor: Actor,
    consultation: Consultation,
    reading_path: str | Path,
    language: str = "",
    attribution: str = CHATHAM_HOUSE,
    progress: Progress | None = None,
) -> Arrival:
    """Bring a conversation out of a file or folder into a consultation that holds nothing yet.

    Statements become demands with the numbers they had, each drawn from a submission of its author with the
    same words; what moderators took out is here, moderated. Participants become parties of the kind
    individual with their ids as codes; all their votes come along, also those that they replaced.

    Args:
        reading_path: an export of Polis, or a long table of votes in CSV with the tables beside it.
        language: tag of the statements, where the file does not say.
        attribution: of the submissions.
        progress: called with the share of the work done, 0 to 1, and what is being done.

    Raises:
        Refused: the actor is not on the team.
        VoiceError: there are demands or parties here already, or the ids of the statements are no numbers.
        InputError: the file cannot be read as votes.
    """
    from mufakat.site.voices.study.files import read_file

    check(rules.IMPORT, actor, consultation)
    say = progress if progress is not None else _silent
    file = read_file(Path(reading_path), progress=lambda done, doing: say(0.3 * done, doing))
    _refuse_other_numbers(file)
    with acting(rules.IMPORT, actor, consultation) as record:
        taken = Demand.objects.filter(consultation=consultation).exists()
        if taken or Party.objects.filter(consultation=consultation).exists():
            raise VoiceError(
                "a conversation can only be brought into a consultation without demands and parties; open a"
                " new one for it"
            )
        say(0.35, "storing parties and statements")
        parties = _store_parties(consultation, file, actor, record)
        demands = _store_statements(
            consultation, file, parties, actor, record, language=language, attribution=attribution
        )
        events = [
            (parties[party], demands[demand], value, False, at or record.at, None)
            for party, demand, value, at in file.events
        ]
        votes, earlier = _store_votes(
            events, record, say=lambda done: say(0.4 + 0.55 * done, "storing votes")
        )
        rows = file.reading.rows
        if (votes, earlier) != (rows.kept, rows.superseded):
            raise VoiceError(
                f"{file.name}: {votes} votes and {earlier} replaced ones were stored, but {rows.kept} and"
                f" {rows.superseded} were read"
            )
        digest = _digest(
            (party, int(demand), value, False, at, None) for party, demand, value, at in file.events
        )
        Intake.objects.create(
            consultation=consultation,
            name=file.name[:200],
            format=file.reading.format,
            digest=digest,
            read=rows.read,
            kept=rows.kept,
            superseded=rows.superseded,
            rejected=rows.rejected,
            rejections=json.dumps(
                [asdict(rejection) for rejection in file.reading.rejections[:REJECTIONS_KEPT]],
                ensure_ascii=False,
            ),
            event=record.number,
            at=record.at,
        )
        arrival = Arrival(len(parties), len(demands), votes, earlier, rows.rejected, record.number)
        record.event(
            act=rules.IMPORT,
            actor=actor,
            subject=f"consultation:{consultation.pk}",
            detail={
                "format": file.reading.format,
                "parties": arrival.parties,
                "demands": arrival.demands,
                "votes": votes,
                "replaced": earlier,
                "rejected": rows.rejected,
                "digest": digest,
            },
        )
    say(1.0, "brought in")
    return arrival


def bring_in_votes(
    *,
    actor: Actor,
    consultation: Consultation,
    events: Iterable[Brought],
    progress: Progress | None = None,
) -> Arrival:
    """Bring in votes of parties that are here on demands that are here, whatever became of those since.

    They may come in any order. Where one party has several votes on a demand, here or among those that come,
    the last by time stands and the others are kept as its history; of equal times the later in order.

    Args:
        events: party code, demand number, vote, whether it matters most, when (now, where it is None), and
            primary key of the person who cast it, or None.
        progress: called with the share of the work done, 0 to 1, and what is being done.

    Raises:
        Refused: the actor is not on the team.
        VoiceError: a vote that is none of three, by a party or on a demand that does not exist here; nothing
            is stored then. No votes at all.
    """
    say = progress if progress is not None else _silent
    rows = list(events)
    if not rows:
        raise VoiceError("there are no votes to bring in")
    with acting(rules.IMPORT, actor, consultation) as record:
        parties = dict(Party.objects.filter(consultation=consultation).values_list("code", "pk"))
        demands = dict(Demand.objects.filter(consultation=consultation).values_list("number", "pk"))
        placed = []
        for party, demand, value, important, at, person in rows:
            if value not in (-1, 0, 1):
                raise VoiceError(
                    f"vote {value!r} by party {party!r} on demand {demand} is not one of 1 agree, 0 pass,"
                    " -1 disagree"
                )
            if party not in parties:
                raise VoiceError(f"there is no party {party!r} in this consultation")
            if demand not in demands:
                raise VoiceError(f"there is no demand {demand} in this consultation")
            placed.append((parties[party], demands[demand], value, important, at or record.at, person))
        placed.sort(key=lambda row: row[4])
        votes, earlier = _store_votes(placed, record, say=lambda done: say(done, "storing votes"))
        arrival = Arrival(0, 0, votes, earlier, 0, record.number)
        record.event(
            act=rules.IMPORT,
            actor=actor,
            subject=f"consultation:{consultation.pk}",
            detail={
                "votes": votes,
                "replaced": earlier,
                "digest": _digest(
                    (party, demand, value, important, at or record.at, person)
                    for party, demand, value, important, at, person in rows
                ),
            },
        )
    return arrival


def _silent(done: float, doing: str) -> None:
    """Report nothing."""


def _refuse_other_numbers(file: VoteFile) -> None:
    """Make sure that the ids of the statements can be numbers of demands."""
    for demand in file.demands:
        if not (demand.isascii() and demand.isdigit() and str(int(demand)) == demand and len(demand) < 10):
            raise VoiceError(
                f"{file.name}: the statement {demand!r} has no whole number for an id, so it can have"
                " no number here; number the statements first"
            )


def _store_parties(
    consultation: Consultation, file: VoteFile, actor: Actor, record: Record
) -> dict[str, int]:
    declared = file.reading.constituencies
    names = dict(declared.names) if declared is not None else {}
    codes = list(file.reading.votes.parties)
    texts = _texts(consultation, [names.get(code) or code for code in codes], [""] * len(codes), actor)
    Party.objects.bulk_create(
        (
            Party(consultation=consultation, code=code, name=text, kind=INDIVIDUAL, joined_at=record.at)
            for code, text in zip(codes, texts, strict=True)
        ),
        batch_size=ROWS_AT_A_TIME,
    )
    return dict(Party.objects.filter(consultation=consultation).values_list("code", "pk"))


def _store_statements(
    consultation: Consultation,
    file: VoteFile,
    parties: dict[str, int],
    actor: Actor,
    record: Record,
    *,
    language: str,
    attribution: str,
) -> dict[str, int]:
    reading = file.reading
    words = [reading.texts.get(demand) or WITHOUT_WORDS.format(number=demand) for demand in file.demands]
    languages = [reading.languages.get(demand, language) for demand in file.demands]
    last = Submission.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"] or 0
    bodies = _texts(consultation, words, languages, actor)
    Submission.objects.bulk_create(
        (
            Submission(
                consultation=consultation,
                number=last + place,
                party_id=parties.get(file.authors.get(demand, "")),
                body=body,
                channel=FILE,
                attribution=attribution,
                received_at=record.at,
                entered_by_id=actor.person,
                file_name=file.name[:200],
                hidden=demand in reading.hidden,
                settled_at=record.at,
            )
            for place, (demand, body) in enumerate(zip(file.demands, bodies, strict=True), start=1)
        ),
        batch_size=ROWS_AT_A_TIME,
    )
    wordings = _texts(consultation, words, languages, actor)
    Demand.objects.bulk_create(
        (
            Demand(
                consultation=consultation,
                number=int(demand),
                wording=wording,
                hidden=demand in reading.hidden,
                drawn_by_id=actor.person,
                drawn_at=record.at,
            )
            for demand, wording in zip(file.demands, wordings, strict=True)
        ),
        batch_size=ROWS_AT_A_TIME,
    )
    keys = dict(Demand.objects.filter(consultation=consultation).values_list("number", "pk"))
    submissions = dict(
        Submission.objects.filter(consultation=consultation, number__gt=last).values_list("number", "pk")
    )
    Passage.objects.bulk_create(
        (
            Passage(
                demand_id=keys[int(demand)],
                submission_id=submissions[last + place],
                version=1,
                start=0,
                end=len(said),
                quote=said,
            )
            for place, (demand, said) in enumerate(zip(file.demands, words, strict=True), start=1)
        ),
        batch_size=ROWS_AT_A_TIME,
    )
    _moderate(
        [
            (submissions[last + place], keys[int(demand)])
            for place, demand in enumerate(file.demands, start=1)
            if demand in reading.hidden
        ],
        consultation,
        actor,
        record,
    )
    return {demand: keys[int(demand)] for demand in file.demands}


def _moderate(
    taken_out: list[tuple[int, int]], consultation: Consultation, actor: Actor, record: Record
) -> None:
    """Store why statements are out of sight, for each and for the submission that it was."""
    reasons = iter(_texts(consultation, [TAKEN_OUT] * 2 * len(taken_out), ["en"] * 2 * len(taken_out), actor))
    Moderation.objects.bulk_create(
        Moderation(
            submission_id=submission,
            demand_id=demand,
            hides=True,
            reason=next(reasons),
            by_id=actor.person,
            at=record.at,
        )
        for both in taken_out
        for submission, demand in ((both[0], None), (None, both[1]))
    )


def _texts(
    consultation: Consultation, bodies: Sequence[str], languages: Sequence[str], actor: Actor
) -> list[Text]:
    """Texts in bulk, as `mufakat.site.languages.writing.new_text` makes one."""
    texts = Text.objects.bulk_create(
        (Text(consultation_id=consultation.pk, language=language) for language in languages),
        batch_size=ROWS_AT_A_TIME,
    )
    Rendering.objects.bulk_create(
        (
            Rendering(
                text=text, language=text.language, body=body.replace("\x00", "\ufffd"), by_id=actor.person
            )
            for text, body in zip(texts, bodies, strict=True)
        ),
        batch_size=ROWS_AT_A_TIME,
    )
    return texts


def _store_votes(
    rows: Sequence[tuple[int, int, int, bool, datetime, int | None]],
    record: Record,
    *,
    say: Callable[[float], None],
) -> tuple[int, int]:
    """Store votes that are in order of time; how many of them stand now, and how many votes were replaced."""
    demands = {demand for _party, demand, *_rest in rows}
    columns = ("party", "demand", "value", "important", "cast_at", "person", "event")
    before: dict[tuple[int, int], Standing] = {
        (party, demand): standing
        for party, demand, *standing in Vote.objects.filter(demand__in=demands)
        .values_list(*columns)
        .iterator(chunk_size=ROWS_AT_A_TIME)
    }
    now: dict[tuple[int, int], Standing] = {}
    replaced: list[Sequence[Any]] = []
    for party, demand, value, important, at, person in rows:
        key, vote = (party, demand), [value, important, at, person, record.number]
        held = now.get(key) or before.get(key)
        if held is not None and held[2] > at:
            replaced.append((*key, *vote, record.number))
            continue
        if held is not None:
            replaced.append((*key, *held, record.number))
        now[key] = vote
    fresh = [(*key, *vote) for key, vote in now.items() if key not in before]
    names = ("party_id", "demand_id", "value", "important", "cast_at", "person_id", "event")
    total = max(len(fresh) + len(replaced), 1)
    for first in range(0, len(fresh), ROWS_AT_A_TIME):
        insert_many(Vote, names, fresh[first : first + ROWS_AT_A_TIME])
        say(first / total)
    Vote.objects.bulk_create(
        (Vote(**dict(zip(names, (*key, *vote), strict=True))) for key, vote in now.items() if key in before),
        batch_size=ROWS_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["party", "demand"],
        update_fields=["value", "important", "cast_at", "person", "event"],
    )
    for first in range(0, len(replaced), ROWS_AT_A_TIME):
        insert_many(EarlierVote, (*names, "replaced_by"), replaced[first : first + ROWS_AT_A_TIME])
        say((len(fresh) + first) / total)
    return len(now), len(replaced)


def _digest(rows: Iterable[Brought]) -> str:
    """SHA-256 of the votes as they came, a line each: party, demand, vote, importance, time, person."""
    digest = sha256()
    for party, demand, value, important, at, person in rows:
        moment = "" if at is None else str(round((at - EPOCH).total_seconds() * 1e6))
        line = json.dumps([party, demand, value, int(important), moment, person], ensure_ascii=False)
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()
