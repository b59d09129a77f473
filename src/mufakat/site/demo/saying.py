"""What was said in the invented consultation: submissions, demands, what became of these."""

from __future__ import annotations

from mufakat import story
from mufakat.site.authority.actor import Actor
from mufakat.site.consultations.models import Consultation, Theme
from mufakat.site.demo.dating import Dating
from mufakat.site.languages.reading import source
from mufakat.site.parties.models import Party
from mufakat.site.voices.actions.demands import Span, draw, merge, reword, split
from mufakat.site.voices.actions.moderation import moderate
from mufakat.site.voices.actions.submissions import enter, settle
from mufakat.site.voices.models.demands import Demand
from mufakat.site.voices.models.submissions import Submission


def bring_in_submissions(
    team: Actor, consultation: Consultation, by_code: dict[str, Party], dating: Dating
) -> dict[str, Submission]:
    """All submissions as they were received, by number; those that break the rules out of sight."""
    found = {}
    for told in story.submissions():
        submission = enter(
            actor=team,
            consultation=consultation,
            party=by_code.get(told.party),
            body=told.text,
            language=told.language,
            channel=told.channel,
            attribution=told.attribution,
            occasion=told.where,
            said_on=dating.day(told.received),
            received_at=dating.noon(told.received),
            translations={"en": told.english},
        )
        if told.moderated:
            moderate(actor=team, subject=submission, hides=True, reason=told.moderated)
        found[told.submission] = submission
    return found


def draw_demands(
    team: Actor, submissions: dict[str, Submission], themes: dict[str, Theme]
) -> dict[str, Demand]:
    """All demands in the order of their numbers, each anchored where its submission says it."""
    said_in = {demand: told for told in story.submissions() for demand in told.demands}
    found = {}
    for told in story.demands():
        submission = submissions[said_in[told.demand].submission]
        begins = source(submission.body).body.index(told.text)
        found[told.demand] = draw(
            actor=team,
            submission=submission,
            wording=told.text,
            language=told.language,
            spans=[Span(begins, begins + len(told.text))],
            theme=themes[told.theme],
            translations={"en": told.english},
        )
    for told_submission in story.submissions():
        if not told_submission.waits:
            settle(actor=team, submission=submissions[told_submission.submission])
    return found


def decide_before_voting(team: Actor, demands: dict[str, Demand]) -> None:
    """One moderation that was taken back, and one wording made plainer."""
    told = story.REVERSAL
    moderate(actor=team, subject=demands[told.demand], hides=True, reason=told.why_hidden)
    moderate(actor=team, subject=demands[told.demand], hides=False, reason=told.why_restored)
    said = story.REWORD
    demands[said.demand] = reword(
        actor=team, demand=demands[said.demand], wording=said.after, reason=said.reason, same_ask=True
    )


def decide_after_voting(team: Actor, demands: dict[str, Demand]) -> None:
    """The mergers, and the split."""
    for told in story.MERGES:
        merge(actor=team, demand=demands[told.joins], into=demands[told.stays], reason=told.reason)
    parts = story.SPLIT
    split(
        actor=team,
        demand=demands[parts.demand],
        parts=parts.parts,
        language="en",
        reason=parts.reason,
    )
