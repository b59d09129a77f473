"""Who may say, ask, vote and moderate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mufakat.site.authority.acts import act
from mufakat.site.authority.predicates import is_on_team, may_bind_the_party, speaks_for_a_party
from mufakat.site.consultations.kinds import SUBMIT as SUBMITTING
from mufakat.site.consultations.kinds import VOTE as VOTING
from mufakat.site.consultations.rules import READ, an_open_stage_permits

__all__ = ["READ"]

_TEAM_ONLY = _("Only the team of this consultation can do this.")

SUBMIT = act(
    "voices.submit",
    _("Make a submission for a party"),
    (speaks_for_a_party, _("Only people who speak for a party of this consultation can make a submission.")),
    (may_bind_the_party, _("An observer cannot make a submission for the party.")),
    (
        an_open_stage_permits(SUBMITTING),
        _("No stage is open in which parties of your kind make submissions."),
    ),
)
ENTER = act(
    "voices.enter",
    _("Enter what somebody said at a meeting, on a form or in a file"),
    (is_on_team, _TEAM_ONLY),
)
REACH_FORM = act(
    "voices.reach_form",
    _("Reach the page where submissions are made"),
    (
        is_on_team | speaks_for_a_party,
        _("Only people who speak for a party of this consultation can make a submission."),
    ),
)
DRAW = act("voices.draw", _("Draw demands from a submission"), (is_on_team, _TEAM_ONLY))
DESCEND = act("voices.descend", _("Merge, split and reword demands"), (is_on_team, _TEAM_ONLY))
SORT = act("voices.sort", _("Put a demand under a theme"), (is_on_team, _TEAM_ONLY))
JUDGE = act("voices.judge", _("Decide whether two demands ask the same"), (is_on_team, _TEAM_ONLY))
SUGGEST = act("voices.suggest", _("Look for demands that may ask the same"), (is_on_team, _TEAM_ONLY))
MODERATE = act(
    "voices.moderate",
    _("Take out of sight what breaks the rules, or bring it back"),
    (is_on_team, _TEAM_ONLY),
)
SEE_DESK = act("voices.see_desk", _("See what waits for a decision"), (is_on_team, _TEAM_ONLY))
SEE_VOTE = act(
    "voices.see_vote",
    _("See the page where one votes"),
    (speaks_for_a_party, _("Only people who speak for a party of this consultation can vote.")),
)
VOTE = act(
    "voices.vote",
    _("Vote for a party"),
    (speaks_for_a_party, _("Only people who speak for a party of this consultation can vote.")),
    (may_bind_the_party, _("An observer cannot vote for the party.")),
    (
        an_open_stage_permits(VOTING),
        _("Voting is closed for parties of your kind. Your earlier votes stand."),
    ),
)
SEE_ALL = act(
    "voices.see_all", _("See the study with all its cells, and every name"), (is_on_team, _TEAM_ONLY)
)
IMPORT = act("voices.import", _("Bring in votes from elsewhere"), (is_on_team, _TEAM_ONLY))
