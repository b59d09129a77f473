"""The stages of a consultation, the kinds of party in it, and what each stage lets them do by default."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

MAP, LISTEN, CONVERGE, DRAFT, ADOPT, ACT, LEARN = (
    "map",
    "listen",
    "converge",
    "draft",
    "adopt",
    "act",
    "learn",
)
STAGES: Final = (
    (MAP, _("map")),
    (LISTEN, _("listen")),
    (CONVERGE, _("converge")),
    (DRAFT, _("draft")),
    (ADOPT, _("adopt")),
    (ACT, _("act")),
    (LEARN, _("learn")),
)

MEMBER_STATE, UN_ENTITY, INTERGOVERNMENTAL = "member_state", "un_entity", "intergovernmental"
THINK_TANK, CIVIL_SOCIETY, PRIVATE_SECTOR, INDIVIDUAL = (
    "think_tank",
    "civil_society",
    "private_sector",
    "individual",
)
PARTY_KINDS: Final = (
    (MEMBER_STATE, _("member state delegation")),
    (UN_ENTITY, _("UN entity")),
    (INTERGOVERNMENTAL, _("intergovernmental organisation")),
    (THINK_TANK, _("think tank")),
    (CIVIL_SOCIETY, _("civil society")),
    (PRIVATE_SECTOR, _("private sector")),
    (INDIVIDUAL, _("individual")),
)
ALL_KINDS: Final = tuple(kind for kind, _name in PARTY_KINDS)

SUBMIT, VOTE = "submit", "vote"
PERMITS: Final = (
    (SUBMIT, _("make submissions")),
    (VOTE, _("vote on demands")),
)
DEFAULT_PERMITS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    LISTEN: {SUBMIT: ALL_KINDS},
    CONVERGE: {VOTE: ALL_KINDS},
}
"""For each stage, what it lets which kinds of party do; a facilitator can change it."""
