"""A ballot as a page sends it: `vote-12` is 1, 0 or -1, and `important-12` is there where it matters most."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from mufakat.site.voices.actions.votes import Choice

VOTE: Final = re.compile(r"vote-(0|[1-9][0-9]{0,8})")
VALUES: Final = {"1": 1, "0": 0, "-1": -1}
MOST: Final = 100


class BallotError(ValueError):
    """A ballot that no page of this site sends; the message says what is wrong."""


def choices_in(sent: Mapping[str, str]) -> dict[int, Choice]:
    """The choices of a ballot, by number of the demand; empty where nothing was chosen.

    Raises:
        BallotError: a vote that is none of three, or more votes than stand on any page.
    """
    choices = {}
    for name, value in sent.items():
        match = VOTE.fullmatch(name)
        if match is None:
            continue
        if value not in VALUES:
            raise BallotError(
                _("“%(value)s” is no vote: choose agree, pass or disagree.") % {"value": value[:20]}
            )
        choices[int(match[1])] = Choice(VALUES[value], f"important-{match[1]}" in sent)
    if len(choices) > MOST:
        raise BallotError(_("A ballot holds %(most)d votes at most.") % {"most": MOST})
    return choices
