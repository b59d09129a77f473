"""Taking in what parties say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from django.core.files.base import File
from django.db.models import Max
from django.db.models.fields.files import FieldFile

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import Act
from mufakat.site.consultations.models import Consultation
from mufakat.site.languages.writing import new_text
from mufakat.site.ledger.acting import acting
from mufakat.site.ledger.hashing import text_hash
from mufakat.site.parties.models import Party
from mufakat.site.voices import rules
from mufakat.site.voices.actions.errors import VoiceError
from mufakat.site.voices.models.submissions import ATTRIBUTIONS, CHANNELS, FORM, PUBLIC, Submission


def submit(
    *,
    actor: Actor,
    consultation: Consultation,
    body: str,
    language: str,
    channel: str = FORM,
    attribution: str = PUBLIC,
    occasion: str = "",
    said_on: date | None = None,
    file: File[bytes] | None = None,
    file_name: str = "",
) -> Submission:
    """Make a submission for the party that the actor speaks for.

    Raises:
        Refused: the actor speaks for no party, only observes, or no open stage permits it.
        TextError: an empty or far too long body.
    """
    return _store(
        rules.SUBMIT,
        actor,
        consultation,
        party=actor.voice.party if actor.voice is not None else None,
        body=body,
        language=language,
        channel=channel,
        attribution=attribution,
        occasion=occasion,
        said_on=said_on,
        file=file,
        file_name=file_name,
    )


def enter(
    *,
    actor: Actor,
    consultation: Consultation,
    party: Party | None,
    body: str,
    language: str,
    channel: str,
    attribution: str = PUBLIC,
    occasion: str = "",
    said_on: date | None = None,
    file: File[bytes] | None = None,
    file_name: str = "",
    translations: Mapping[str, str] | None = None,
    received_at: datetime | None = None,
) -> Submission:
    """Enter what a party said elsewhere: at a meeting, on paper, in a file.

    Args:
        party: who said it; None where that is not known or must not be kept.

    Raises:
        Refused: the actor is not on the team.
        VoiceError: the party is of another consultation. TextError: an empty or far too long body.
    """
    if party is not None and party.consultation_id != consultation.pk:
        raise VoiceError(f"party {party.code!r} is of another consultation")
    return _store(
        rules.ENTER,
        actor,
        consultation,
        party=party.pk if party is not None else None,
        body=body,
        language=language,
        channel=channel,
        attribution=attribution,
        occasion=occasion,
        said_on=said_on,
        file=file,
        file_name=file_name,
        translations=translations,
        received_at=received_at,
    )


def settle(*, actor: Actor, submission: Submission, settled: bool = True) -> None:
    """Say that no further demand will be drawn from a submission, or take that back.

    Raises:
        Refused: the actor is not on the team.
    """
    with acting(rules.DRAW, actor, submission) as record:
        submission.refresh_from_db()
        if (submission.settled_at is not None) == settled:
            record.unchanged()
            return
        submission.settled_at = record.at if settled else None
        submission.save(update_fields=["settled_at"])
        record.event(
            act=rules.DRAW,
            actor=actor,
            subject=f"submission:{submission.number}",
            detail={"settled": settled},
        )


@contextmanager
def _without_orphans(stored: list[FieldFile]) -> Iterator[None]:
    """Take away the files of a submission that could not be stored after all."""
    try:
        yield
    except Exception:
        for file in stored:
            file.storage.delete(str(file.name))
        raise


def _store(
    act: Act,
    actor: Actor,
    consultation: Consultation,
    *,
    party: int | None,
    body: str,
    language: str,
    channel: str,
    attribution: str,
    occasion: str,
    said_on: date | None,
    file: File[bytes] | None,
    file_name: str,
    translations: Mapping[str, str] | None = None,
    received_at: datetime | None = None,
) -> Submission:
    for value, known in ((channel, CHANNELS), (attribution, ATTRIBUTIONS)):
        if value not in dict(known):
            raise VoiceError(f"{value!r} is not one of {', '.join(dict(known))}")
    stored: list[FieldFile] = []
    with acting(act, actor, consultation) as record, _without_orphans(stored):
        last = Submission.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"]
        submission = Submission(
            consultation=consultation,
            number=(last or 0) + 1,
            party_id=party,
            body=new_text(
                body,
                language=language,
                by=actor.person,
                consultation=consultation.pk,
                translations=translations,
            ),
            channel=channel,
            occasion=occasion,
            attribution=attribution,
            said_on=said_on,
            received_at=received_at or record.at,
            entered_by_id=actor.person,
            file_name=file_name,
        )
        if file is not None:
            submission.file.save(f"{record.number}", file, save=False)
            stored.append(submission.file)
        submission.save()
        record.event(
            act=act,
            actor=actor,
            subject=f"submission:{submission.number}",
            detail={
                "channel": channel,
                "attribution": attribution,
                "language": language,
                "body": text_hash(body.strip()),
            },
        )
    return submission
