"""Opening a consultation, its stages, themes and team."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from mufakat.site.authority.actor import FACILITATOR, Actor
from mufakat.site.authority.acts import ImpossibleError, check
from mufakat.site.authority.resolving import confirmed
from mufakat.site.authority.subjects import THE_SITE
from mufakat.site.consultations import rules
from mufakat.site.consultations.kinds import DEFAULT_PERMITS, STAGES
from mufakat.site.consultations.models import Consultation, Permit, Role, Stage, Theme
from mufakat.site.languages.models import Text
from mufakat.site.languages.tags import SIX
from mufakat.site.languages.writing import change_source, new_text, translate
from mufakat.site.ledger.acting import acting
from mufakat.site.ledger.hashing import text_hash
from mufakat.site.ledger.models import consultation_chain
from mufakat.site.ledger.recording import recording
from mufakat.site.people.models import Person


class ProcessError(ImpossibleError):
    """Something that the process does not allow; the message says what, and what would be right."""


def open_consultation(
    *,
    actor: Actor,
    slug: str,
    title: str,
    summary: str,
    language: str = "en",
    languages: Collection[str] = SIX,
    invented: bool = False,
    listed: bool = True,
    facilitator: str = "",
    titles: Mapping[str, str] | None = None,
    summaries: Mapping[str, str] | None = None,
) -> Consultation:
    """Open a consultation with all its stages ahead and one facilitator.

    Args:
        language: of title and summary. titles, summaries: what they are in other languages.
        facilitator: e-mail address of the first facilitator; the actor where it is left out.

    Raises:
        Refused: the actor does not run the site.
        ProcessError: the slug is taken.
    """
    check(rules.OPEN, confirmed(actor), THE_SITE)
    taken = ProcessError(f"the address {slug!r} is taken by another consultation; choose another")
    if Consultation.objects.filter(slug=slug).exists():
        raise taken
    try:
        return _opened(
            actor=actor,
            slug=slug,
            title=title,
            summary=summary,
            language=language,
            languages=languages,
            invented=invented,
            listed=listed,
            facilitator=facilitator,
            titles=titles,
            summaries=summaries,
        )
    except IntegrityError:
        if Consultation.objects.filter(slug=slug).exists():
            raise taken from None
        raise


def _opened(
    *,
    actor: Actor,
    slug: str,
    title: str,
    summary: str,
    language: str,
    languages: Collection[str],
    invented: bool,
    listed: bool,
    facilitator: str,
    titles: Mapping[str, str] | None,
    summaries: Mapping[str, str] | None,
) -> Consultation:
    with transaction.atomic():
        consultation = Consultation.objects.create(
            slug=slug,
            title=new_text(title, language=language, by=actor.person, translations=titles),
            summary=new_text(summary, language=language, by=actor.person, translations=summaries),
            languages=list(languages),
            invented=invented,
            listed=listed,
        )
        Text.objects.filter(pk__in=(consultation.title_id, consultation.summary_id)).update(
            consultation_id=consultation.pk
        )
        with recording(consultation_chain(consultation.pk)) as record:
            for position, (kind, _name) in enumerate(STAGES):
                stage = Stage.objects.create(consultation=consultation, kind=kind, position=position)
                Permit.objects.bulk_create(
                    Permit(stage=stage, what=what, party_kind=party_kind)
                    for what, kinds in DEFAULT_PERMITS.get(kind, {}).items()
                    for party_kind in kinds
                )
            person = Person.objects.known(facilitator) if facilitator else None
            Role.objects.create(
                consultation=consultation,
                person_id=person.pk if person is not None else actor.known_person,
                role=FACILITATOR,
                granted_by_id=actor.person,
            )
            record.event(
                act=rules.OPEN,
                actor=actor,
                subject=f"consultation:{consultation.pk}",
                detail={"slug": slug, "title": text_hash(title), "invented": invented, "listed": listed},
            )
    return consultation


def edit_consultation(
    *,
    actor: Actor,
    consultation: Consultation,
    title: str,
    summary: str,
    languages: Collection[str],
    listed: bool,
    least: int,
) -> None:
    """Change title, summary (in their source languages) and settings.

    Raises:
        Refused: the actor is no facilitator. ProcessError: ``least`` is below 1.
    """
    if least < 1:
        raise ProcessError(f"aggregates over {least} parties cannot be asked for: 1 is the least")
    with acting(rules.EDIT, actor, consultation) as record:
        change_source(consultation.title, title, by=actor.person)
        change_source(consultation.summary, summary, by=actor.person)
        consultation.languages = list(languages)
        consultation.listed, consultation.least = listed, least
        consultation.save(update_fields=["languages", "listed", "least"])
        record.event(
            act=rules.EDIT,
            actor=actor,
            subject=f"consultation:{consultation.pk}",
            detail={
                "title": text_hash(title),
                "summary": text_hash(summary),
                "listed": listed,
                "least": least,
            },
        )


def open_stage(*, actor: Actor, stage: Stage, since: datetime | None = None) -> None:
    """Open a stage, or open it again; one that is open stays so.

    Args:
        since: when it began, for a process that was under way before it came here; by default now. The
            ledger tells when this was said, and what was said.

    Raises:
        Refused: the actor is no facilitator. ProcessError: ``since`` lies in the future.
    """
    with acting(rules.STAGE, actor, stage) as record:
        stage.refresh_from_db()
        if stage.is_open:
            record.unchanged()
            return
        stage.opened_at, stage.closed_at = stage.opened_at or _past(since, record.at), None
        stage.save(update_fields=["opened_at", "closed_at"])
        record.event(
            act=rules.STAGE,
            actor=actor,
            subject=f"stage:{stage.kind}",
            detail={"open": True} | ({"since": since.isoformat()} if since is not None else {}),
        )


def close_stage(*, actor: Actor, stage: Stage, since: datetime | None = None) -> None:
    """Close a stage; one that is not open stays as it is.

    Args:
        since: when it ended, as in `open_stage`.

    Raises:
        Refused: the actor is no facilitator. ProcessError: ``since`` lies in the future.
    """
    with acting(rules.STAGE, actor, stage) as record:
        stage.refresh_from_db()
        if not stage.is_open:
            record.unchanged()
            return
        ended = _past(since, record.at)
        stage.closed_at = max(ended, stage.opened_at or ended)
        stage.save(update_fields=["closed_at"])
        record.event(
            act=rules.STAGE,
            actor=actor,
            subject=f"stage:{stage.kind}",
            detail={"open": False} | ({"since": since.isoformat()} if since is not None else {}),
        )


def _past(since: datetime | None, now: datetime) -> datetime:
    if since is not None and since > now:
        raise ProcessError(
            f"{since:%d %B %Y %H:%M} lies in the future; a stage opens and closes when that is said"
        )
    return since or now


def plan_stage(
    *,
    actor: Actor,
    stage: Stage,
    planned_from: date | None,
    planned_until: date | None,
    permits: Collection[tuple[str, str]],
    story: str = "",
    language: str = "en",
    stories: Mapping[str, str] | None = None,
) -> None:
    """Say when a stage is planned, what it lets which kinds of party do, and what it is for.

    Args:
        permits: pairs of what may be done and the kind of party.
        story: in ``language``; nothing leaves what is there.

    Raises:
        Refused: the actor is no facilitator. ProcessError: the plan ends before it begins.
    """
    if planned_from and planned_until and planned_until < planned_from:
        raise ProcessError(f"a stage planned from {planned_from} cannot end on {planned_until}, before that")
    with acting(rules.STAGE, actor, stage) as record:
        stage.refresh_from_db()
        stage.planned_from, stage.planned_until = planned_from, planned_until
        if story and stage.story is None:
            stage.story = new_text(
                story,
                language=language,
                by=actor.person,
                consultation=stage.consultation_id,
                translations=stories,
            )
        elif story and stage.story is not None:
            change_source(stage.story, story, by=actor.person)
        stage.save(update_fields=["planned_from", "planned_until", "story"])
        Permit.objects.filter(stage=stage).delete()
        Permit.objects.bulk_create(
            Permit(stage=stage, what=what, party_kind=kind) for what, kind in sorted(set(permits))
        )
        record.event(
            act=rules.STAGE,
            actor=actor,
            subject=f"stage:{stage.kind}",
            detail={
                "planned_from": str(planned_from or ""),
                "planned_until": str(planned_until or ""),
                "permits": [f"{what} {kind}" for what, kind in sorted(set(permits))],
            },
        )


def add_theme(
    *,
    actor: Actor,
    consultation: Consultation,
    code: str,
    name: str,
    description: str = "",
    language: str = "en",
    names: Mapping[str, str] | None = None,
) -> Theme:
    """Add a theme at the end of the list.

    Raises:
        Refused: the actor is not on the team. ProcessError: the code is taken.
    """
    with acting(rules.THEME, actor, consultation) as record:
        if Theme.objects.filter(consultation=consultation, code=code).exists():
            raise ProcessError(f"a theme with the code {code!r} exists already; choose another code")
        by, where = actor.person, consultation.pk
        theme = Theme.objects.create(
            consultation=consultation,
            code=code,
            name=new_text(name, language=language, by=by, consultation=where, translations=names),
            description=new_text(description, language=language, by=by, consultation=where)
            if description
            else None,
            position=Theme.objects.filter(consultation=consultation).count(),
        )
        record.event(act=rules.THEME, actor=actor, subject=f"theme:{code}", detail={"name": text_hash(name)})
    return theme


def change_theme(*, actor: Actor, theme: Theme, name: str, description: str, retired: bool) -> None:
    """Change a theme's name and description in their source language, and whether it is still offered.

    Raises:
        Refused: the actor is not on the team.
    """
    with acting(rules.THEME, actor, theme) as record:
        change_source(theme.name, name, by=actor.person)
        if description and theme.description is not None:
            change_source(theme.description, description, by=actor.person)
        elif description:
            theme.description = new_text(
                description, language=theme.name.language, by=actor.person, consultation=theme.consultation_id
            )
        theme.retired = retired
        theme.save(update_fields=["description", "retired"])
        record.event(
            act=rules.THEME,
            actor=actor,
            subject=f"theme:{theme.code}",
            detail={"name": text_hash(name), "retired": retired},
        )


def grant_role(*, actor: Actor, consultation: Consultation, email: str, name: str = "", role: str) -> Role:
    """Take a person into the team; one who has the role keeps it.

    Raises:
        Refused: the actor is neither facilitator of this consultation nor runs the site.
    """
    with acting(rules.GRANT, actor, consultation) as record:
        person = Person.objects.known(email, name=name)
        held = Role.objects.filter(
            consultation=consultation, person=person, role=role, revoked_at__isnull=True
        ).first()
        if held is not None:
            record.unchanged()
            return held
        granted = Role.objects.create(
            consultation=consultation, person=person, role=role, granted_by_id=actor.person
        )
        record.event(
            act=rules.GRANT,
            actor=actor,
            subject=f"person:{person.pk}",
            detail={"role": role, "granted": True},
        )
    return granted


def revoke_role(*, actor: Actor, role: Role) -> None:
    """Take a person out of the team, from the next request on.

    Raises:
        Refused: the actor is neither facilitator of this consultation nor runs the site.
        ProcessError: it is the last facilitator.
    """
    with acting(rules.GRANT, actor, role) as record:
        role.refresh_from_db()
        if role.revoked_at is not None:
            record.unchanged()
            return
        others = Role.objects.filter(
            consultation=role.consultation_id, role=FACILITATOR, revoked_at__isnull=True
        ).exclude(pk=role.pk)
        if role.role == FACILITATOR and not others.exists():
            raise ProcessError(
                "this is the last facilitator; name another one first, or nobody could run the consultation"
            )
        role.revoked_at, role.revoked_by_id = record.at, actor.person
        role.save(update_fields=["revoked_at", "revoked_by"])
        record.event(
            act=rules.GRANT,
            actor=actor,
            subject=f"person:{role.person_id}",
            detail={"role": role.role, "granted": False},
        )


def translate_text(
    *,
    actor: Actor,
    consultation: Consultation,
    text: Text,
    language: str,
    body: str,
    version: int | None = None,
) -> None:
    """Put a text of this consultation into another language, or bring its translation up to date.

    Args:
        version: of the source that was translated; None for the one that stands now.

    Raises:
        Refused: the actor is not on the team.
        ProcessError: the text belongs to another consultation, or its source has changed since ``version``.
        TextError: an empty body, or the language of the source itself.
    """
    with acting(rules.TRANSLATE, actor, consultation) as record:
        text.refresh_from_db()
        if text.consultation_id != consultation.pk:
            raise ProcessError(f"text {text.pk} is not of this consultation")
        if version is not None and version != text.version:
            raise ProcessError(
                "the original has changed while it was translated; compare it with your translation,"
                " which is still here, and send it again"
            )
        translate(text, body, language=language, by=actor.person)
        detail: dict[str, Any] = {"language": language, "renders": text.version, "body": text_hash(body)}
        record.event(act=rules.TRANSLATE, actor=actor, subject=f"text:{text.pk}", detail=detail)
