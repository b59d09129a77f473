"""Laws of descent, whatever the team does in whatever order: nothing is lost, and nothing goes round."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mufakat.site.voices.actions import demands as actions
from mufakat.site.voices.actions.demands import Span
from mufakat.site.voices.actions.errors import TakenError, VoiceError
from mufakat.site.voices.models import Demand, Descent, Passage, Submission
from mufakat.site.voices.models.demands import LIVE, MERGED
from mufakat.site.voices.queries.demands import account
from mufakat.site.voices.queries.lineage import ancestors_of, lineage, links_of, reached
from tests.site.factories import World, world

Move = tuple[str, int, int, bool]
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["draw", "merge", "split", "reword", "part"]),
        st.integers(0, 30),
        st.integers(0, 30),
        st.booleans(),
    ),
    max_size=14,
)
BODY = "abcdefghij" * 4


@dataclass
class History:
    """What was done, and what must have come of it, kept apart from the code that is tested."""

    here: World
    submissions: list[Submission] = field(default_factory=list)
    drawn: int = 0

    def do(self, move: Move) -> None:
        """One act of the team, on whichever demands the numbers point to; refused where it cannot be."""
        what, one, other, same = move
        demands = list(Demand.objects.order_by("pk"))
        if what == "draw" or not demands:
            start = one % 30
            actions.draw(
                actor=self.here.team,
                submission=self.submissions[other % len(self.submissions)],
                wording=f"ask {one}",
                language="en",
                spans=[Span(start, start + 3)],
            )
            self.drawn += 1
            return
        demand, into = demands[one % len(demands)], demands[other % len(demands)]
        team = self.here.team
        try:
            if what == "merge":
                actions.merge(actor=team, demand=demand, into=into, reason="same", same_ask=same)
            elif what == "split":
                actions.split(actor=team, demand=demand, parts=["one", "two"], language="en", reason="two")
                self.drawn += 2
            elif what == "reword":
                actions.reword(
                    actor=team, demand=demand, wording=f"plainer {self.drawn}", reason="plain", same_ask=same
                )
                self.drawn += 1
            else:
                links = list(Descent.objects.order_by("pk"))
                if links:
                    actions.part_again(actor=team, link=links[one % len(links)])
        except VoiceError:
            pass


class Laws(TestCase):
    """Held after every sequence of acts."""

    @given(moves=MOVES)
    @settings(max_examples=40)
    def test_nothing_is_lost_and_nothing_goes_round(self, moves: list[Move]) -> None:
        history = History(world())
        history.submissions = [history.here.submission(BODY), history.here.submission(BODY)]
        for move in moves:
            history.do(move)

        demands = {demand.pk: demand for demand in Demand.objects.all()}
        pairs = links_of(history.here.consultation.pk)
        assert len(demands) == history.drawn
        assert sorted(demand.number for demand in demands.values()) == list(range(1, len(demands) + 1))
        for key, demand in demands.items():
            heirs, before = reached(key, pairs), ancestors_of(demand)
            # Nothing is its own ancestor.
            assert not any(pair == (each, key) for each in heirs for pair in pairs)
            assert not heirs & before
            # What is live has no heir; what is not has one, and is out by one way alone.
            out = [link for link in demand.descents.all() if link.undone_at is None]
            ways = {link.how for link in out}
            assert (demand.state == LIVE) == (not out)
            assert ways <= {demand.state}
            assert len(out) == 1 or demand.state in (LIVE, "split")
            if demand.state != LIVE:
                assert any(demands[each].state == LIVE for each in heirs)
            # Mergers aside, a demand came into being in one way only: drawn, or out of one other.
            into_being = [each for each in demand.ascents.all() if each.how != MERGED]
            assert len(into_being) <= 1
            # It reaches every passage that those before it were drawn from.
            told = account(demand, actor=history.here.team, language="en")
            reachable = {
                (passage.submission.number, passage.quote)
                for passage in Passage.objects.filter(demand__in={key} | before).select_related("submission")
            }
            assert {(origin.number, origin.quote.body) for origin in told.origins} == reachable
            assert reachable
            # Its page tells the same family.
            family = lineage(demand, language="en", shows=lambda _: True)
            assert {step.ancestor.key for step in family.before} == before
            assert {step.descendant.key for step in family.after} == heirs
            assert {kin.key for kin in family.heirs} == {
                each for each in heirs if demands[each].state == LIVE
            }


@pytest.mark.django_db
def test_overlapping_mergers_and_splits_one_after_the_other_tell_the_second_that_it_came_late() -> None:
    here = world()
    one, two, three = (here.demand() for _ in range(3))
    stale = Demand.objects.get(pk=one.pk)
    actions.merge(actor=here.team, demand=one, into=two, reason="same")
    late = [
        lambda: actions.merge(actor=here.team, demand=stale, into=three, reason="same"),
        lambda: actions.split(actor=here.team, demand=stale, parts=["a", "b"], language="en", reason="two"),
        lambda: actions.reword(actor=here.team, demand=stale, wording="x", reason="plain", same_ask=True),
        lambda: actions.merge(actor=here.team, demand=three, into=stale, reason="same"),
    ]
    for act in late:
        stale.state = LIVE
        with pytest.raises(TakenError, match=f"demand {one.number} was merged in the meantime"):
            act()
    assert Demand.objects.count() == 3
    assert list(Descent.objects.values_list("ancestor", "descendant")) == [(one.pk, two.pk)]
    assert set(Demand.objects.filter(state=LIVE)) == {two, three}


@pytest.mark.django_db
def test_a_demand_out_of_sight_is_neither_merged_nor_merged_into() -> None:
    here = world()
    shown, hidden = here.demand(), here.demand()
    Demand.objects.filter(pk=hidden.pk).update(hidden=True)
    for one, other in ((shown, hidden), (hidden, shown)):
        with pytest.raises(VoiceError, match="is out of sight; bring it back first"):
            actions.merge(actor=here.team, demand=one, into=other, reason="same")
    assert Descent.objects.count() == 0


@pytest.mark.django_db
def test_a_merger_is_taken_back_once_and_nothing_else_is() -> None:
    here = world()
    one, two = here.demand(), here.demand()
    link = actions.merge(actor=here.team, demand=one, into=two, reason="same")
    actions.part_again(actor=here.team, link=link)
    one.refresh_from_db()
    assert one.state == LIVE
    with pytest.raises(VoiceError, match="taken back already"):
        actions.part_again(actor=here.team, link=link)
    actions.reword(actor=here.team, demand=two, wording="plainer", reason="plain", same_ask=True)
    with pytest.raises(VoiceError, match="only a merger can be taken back"):
        actions.part_again(actor=here.team, link=Descent.objects.get(how="reworded"))
    # Merged again after it was taken back: a second link, and the first stays as what happened.
    actions.merge(actor=here.team, demand=one, into=here.demand(), reason="same")
    assert Descent.objects.filter(ancestor=one).count() == 2
