"""Verifying the ledger: whatever is done to it behind the site's back is found, and the event is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from mufakat.site.ledger.models import AppendOnlyError, Chain, Event, consultation_chain
from mufakat.site.ledger.verification import verify
from tests.site.factories import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def written() -> World:
    """A consultation with some events: one for its opening, one for each party."""
    here = world()
    for code in ("AAA", "BBB", "CCC", "DDD"):
        here.party(code)
    return here


def chain_of(here: World) -> Chain:
    return Chain.objects.get(name=consultation_chain(here.consultation.pk))


def behind(statement: str, *values: Any) -> None:
    """Do something to the tables that the site's own code would refuse."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def the_break(here: World) -> tuple[int, str, str]:
    """Place of the only break, what is wrong there, and what the event says now."""
    found = verify().breaks
    assert [each.chain for each in found] == [consultation_chain(here.consultation.pk)]
    return found[0].number, found[0].what, found[0].says


def test_what_was_not_touched_is_whole(written: World) -> None:
    found = verify()
    assert (found.chains, found.events, found.breaks) == (1, 5, ())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("microseconds", 1),
        ("person", "999"),
        ("party", "ZZZ"),
        ("act", "parties.edit"),
        ("subject", "party:ZZZ"),
        ("detail", '{"kind":"individual"}'),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_event_is_named_with_what_it_says_now(written: World, column: str, value: Any) -> None:
    chain = chain_of(written).pk
    behind(f"UPDATE ledger_event SET {column} = %s WHERE chain_id = %s AND number = 3", value, chain)
    number, what, says = the_break(written)
    assert (number, what) == (3, "it was changed after it was written")
    if column in ("person", "party", "act", "subject", "detail"):
        assert str(value) in says


def test_a_value_of_another_kind_is_a_change_too(written: World) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite stores values of another kind than the column's")
    behind("UPDATE ledger_event SET party = x'00ff' WHERE chain_id = %s AND number = 3", chain_of(written).pk)
    assert the_break(written)[:2] == (3, "it was changed after it was written")


def test_the_message_is_one_that_a_person_understands(written: World) -> None:
    behind(
        "UPDATE ledger_event SET subject = 'party:ZZZ' WHERE chain_id = %s AND number = 3",
        chain_of(written).pk,
    )
    said = str(verify().breaks[0])
    assert said.startswith(
        f"{chain_of(written).name}, event 3: it was changed after it was written. It says now: 2"
    )
    assert "did parties.add to party:ZZZ" in said


def test_an_event_whose_link_to_the_one_before_was_changed_is_named(written: World) -> None:
    behind("UPDATE ledger_event SET previous = '' WHERE chain_id = %s AND number = 4", chain_of(written).pk)
    number, what, _says = the_break(written)
    assert number == 4
    assert "does not follow the event before it" in what


@pytest.mark.parametrize("dropped", [1, 3])
def test_a_dropped_event_is_named_by_its_place(written: World, dropped: int) -> None:
    behind("DELETE FROM ledger_event WHERE chain_id = %s AND number = %s", chain_of(written).pk, dropped)
    number, what, _says = the_break(written)
    assert number == dropped
    assert f"it is missing, and event {dropped + 1} follows" in what


def test_the_last_event_dropped_is_missed_by_the_head(written: World) -> None:
    behind("DELETE FROM ledger_event WHERE chain_id = %s AND number = 5", chain_of(written).pk)
    number, what, _says = the_break(written)
    assert number == 5
    assert what == "it is missing: the chain was 5 events long, and ends at 4"


def test_all_events_dropped_are_missed_by_the_head(written: World) -> None:
    behind("DELETE FROM ledger_event WHERE chain_id = %s", chain_of(written).pk)
    assert the_break(written)[0] == 1


def test_two_events_that_changed_places_are_found_at_the_first(written: World) -> None:
    chain = chain_of(written).pk
    for old, new in ((2, 99), (3, 2), (99, 3)):
        behind("UPDATE ledger_event SET number = %s WHERE chain_id = %s AND number = %s", new, chain, old)
    number, what, says = the_break(written)
    assert number == 2
    assert "does not follow the event before it" in what
    assert "party:BBB" in says


def test_a_forged_event_between_others_is_found(written: World) -> None:
    chain = chain_of(written)
    for old in (5, 4, 3):
        behind(
            "UPDATE ledger_event SET number = %s WHERE chain_id = %s AND number = %s", old + 1, chain.pk, old
        )
    forge(chain, number=3, previous=Event.objects.get(chain=chain, number=2).hash)
    number, _what, says = the_break(written)
    assert number == 3
    assert "party:FORGED" in says


def test_a_forged_event_at_the_end_is_one_too_many(written: World) -> None:
    chain = chain_of(written)
    forge(chain, number=6, previous=chain.hash)
    number, _what, says = the_break(written)
    assert number == 6
    assert "party:FORGED" in says


def test_a_forged_event_before_the_first_is_found() -> None:
    here = world()
    with pytest.raises(Exception, match="events_count_from_one"):
        forge(chain_of(here), number=0, previous="")


def test_a_forged_event_with_a_right_hash_is_one_too_many(written: World) -> None:
    from mufakat.site.ledger.hashing import event_hash

    chain = chain_of(written)
    said = (6, 0, "", "", "parties.add", "party:FORGED", "{}", chain.hash)
    forge(chain, number=6, previous=chain.hash, hash_=event_hash([chain.name, *said]))
    number, what, _says = the_break(written)
    assert (number, what) == (6, "it is one too many: the chain is 5 events long")


@pytest.mark.parametrize(
    ("change", "number", "what"),
    [
        ("hash = 'f00d'", 5, "the head of the chain was changed: it is not the hash of the last event"),
        ("length = 4", 5, "it is one too many: the chain is 4 events long"),
        ("length = 9", 6, "it is missing: the chain was 9 events long, and ends at 5"),
    ],
)
def test_a_changed_head_is_found(written: World, change: str, number: int, what: str) -> None:
    behind(f"UPDATE ledger_chain SET {change} WHERE id = %s", chain_of(written).pk)
    assert the_break(written)[:2] == (number, what)


def test_events_whose_head_was_dropped_are_found(written: World) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL lets nobody drop a head that events name")
    chain = chain_of(written).pk
    with connection.constraint_checks_disabled():
        behind("DELETE FROM ledger_chain WHERE id = %s", chain)
        found = verify().breaks
        behind("DELETE FROM ledger_event WHERE chain_id = %s", chain)
    assert [(each.chain, each.number, each.what) for each in found] == [
        (f"chain {chain}", 1, "the head of its chain is gone")
    ]


def test_each_broken_chain_is_named_and_whole_ones_are_not() -> None:
    whole, first, second = world(), world(), world()
    for here in (first, second):
        behind("UPDATE ledger_event SET detail = '{}' WHERE chain_id = %s", chain_of(here).pk)
    broken = {each.chain for each in verify().breaks}
    assert broken == {chain_of(first).name, chain_of(second).name}
    assert chain_of(whole).name not in broken


def test_progress_goes_up_to_the_end(monkeypatch: pytest.MonkeyPatch, written: World) -> None:
    monkeypatch.setattr("mufakat.site.ledger.verification.BATCH", 2)
    told: list[float] = []
    verify(progress=lambda done, doing: told.append(done))
    assert told == sorted(told)
    assert told == [0.4, 0.8]


def test_what_is_written_while_verifying_is_taken_along(
    monkeypatch: pytest.MonkeyPatch, written: World
) -> None:
    monkeypatch.setattr("mufakat.site.ledger.verification.BATCH", 2)
    codes = iter(("EEE", "FFF"))

    def write_meanwhile(done: float, doing: str) -> None:
        if code := next(codes, None):
            written.party(code)

    found = verify(progress=write_meanwhile)
    assert found.breaks == ()
    assert found.events == 7


def test_the_sites_own_code_cannot_change_or_remove_events(written: World) -> None:
    event = Event.objects.get(chain=chain_of(written), number=2)
    for forbidden in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(person="999"),
    ):
        with pytest.raises(AppendOnlyError, match="append-only"):
            forbidden()
    assert verify().breaks == ()


def forge(chain: Chain, *, number: int, previous: str, hash_: str = "f" * 64) -> None:
    """Insert an event that never happened."""
    behind(
        "INSERT INTO ledger_event (chain_id, number, microseconds, person, party, act, subject, detail, "
        "previous, hash) VALUES (%s, %s, 0, '', '', 'parties.add', 'party:FORGED', '{}', %s, %s)",
        chain.pk,
        number,
        previous,
        hash_,
    )
