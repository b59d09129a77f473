"""Who may do what with a consultation as a whole, and what its open stages permit."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate, predicate

from mufakat.site.authority.actor import Actor
from mufakat.site.authority.acts import act
from mufakat.site.authority.predicates import is_facilitator, is_on_team, is_operator
from mufakat.site.consultations.models import Consultation, Permit
from mufakat.site.prepared import Prepared

_PERMIT = Prepared(
    lambda at: Permit.objects.filter(
        stage__consultation=at.number("consultation"),
        stage__opened_at__isnull=False,
        stage__closed_at__isnull=True,
        what=at.text("what"),
        party_kind=at.text("kind"),
    ).values_list("pk")[:1]
)


@predicate
def is_listed(actor: Actor, subject: Any) -> bool:
    """Everybody may see the consultation."""
    return isinstance(subject, Consultation) and subject.listed


@predicate
def takes_part(actor: Actor, subject: Any) -> bool:
    """The person acts for any party of the consultation."""
    return bool(actor.voices) and actor.consultation == subject.consultation_id


def an_open_stage_permits(what: str) -> Predicate:
    """A predicate: a stage that is open now lets the kind of party that the actor speaks for do this."""

    @predicate(name=f"an_open_stage_permits_{what}")
    def permits(actor: Actor, subject: Any) -> bool:
        return actor.voice is not None and bool(
            _PERMIT.rows(consultation=subject.consultation_id, what=what, kind=actor.voice.kind)
        )

    return permits


_TEAM_ONLY = _("Only the team of this consultation can do this.")
_FACILITATORS_ONLY = _("Only a facilitator of this consultation can do this.")

READ = act(
    "consultations.read",
    _("Read a consultation"),
    (is_listed | is_on_team | takes_part | is_operator, _("This consultation is not open to the public.")),
)
OPEN = act(
    "consultations.open",
    _("Open a new consultation"),
    (is_operator, _("Only those who run this site can open a consultation.")),
)
EDIT = act(
    "consultations.edit", _("Change title, summary and settings"), (is_facilitator, _FACILITATORS_ONLY)
)
THEME = act("consultations.theme", _("Keep the list of themes"), (is_on_team, _TEAM_ONLY))
STAGE = act(
    "consultations.stage",
    _("Open and close stages, and say what they permit"),
    (is_facilitator, _FACILITATORS_ONLY),
)
SEE_TEAM = act("consultations.see_team", _("See who is on the team"), (is_on_team | is_operator, _TEAM_ONLY))
GRANT = act(
    "consultations.grant",
    _("Take a person into the team, or out of it"),
    (is_facilitator | is_operator, _FACILITATORS_ONLY),
)
TRANSLATE = act(
    "consultations.translate",
    _("Translate what people wrote"),
    (is_on_team, _("Only the team of this consultation can add translations.")),
)
