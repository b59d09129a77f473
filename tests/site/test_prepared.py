"""Queries that are compiled once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from mufakat.site.people.models import Person
from mufakat.site.prepared import Prepared, insert, insert_many
from tests.site.factories import person

pytestmark = pytest.mark.django_db

JOINED = Prepared(
    lambda at: (
        Person.objects.filter(
            joined_at__gt=at.moment("since"), email__in=[at.text("first"), at.text("second")]
        )
        .filter(pk__gte=at.number("least"))
        .order_by("pk")
        .values_list("pk", "is_active", "joined_at", "name")
    )
)


def test_a_prepared_query_finds_what_the_queryset_finds_whatever_the_values() -> None:
    people = [person(f"Person {i}") for i in range(4)]
    ago = timezone.now() - timedelta(days=1)
    for first, second in ((0, 1), (2, 3), (1, 1)):
        emails = [people[first].email, people[second].email]
        expected = (
            Person.objects.filter(joined_at__gt=ago, email__in=emails)
            .order_by("pk")
            .values_list("pk", "is_active", "joined_at", "name")
        )
        rows = JOINED.rows(since=ago, first=emails[0], second=emails[1], least=0)
        assert rows == list(expected)
        assert [type(cell) for cell in rows[0]] == [int, bool, datetime, str]
    assert JOINED.rows(since=timezone.now(), first=emails[0], second=emails[1], least=0) == []
    assert JOINED.rows(since=ago, first="", second=people[3].email, least=people[3].pk + 1) == []


def test_a_place_without_a_value_is_named() -> None:
    with pytest.raises(KeyError, match="least"):
        JOINED.rows(since=timezone.now(), first="", second="")


def test_an_inserted_row_is_what_the_model_would_have_stored() -> None:
    now = timezone.now()
    values = {"email": "a@example.org", "name": "A", "language": "fr", "joined_at": now, "password": "!"}
    insert(Person, {**values, "is_active": True, "is_operator": False})
    stored = Person.objects.get(email="a@example.org")
    assert (stored.name, stored.language, stored.joined_at) == ("A", "fr", now)
    assert stored.is_active is True


def test_rows_are_inserted_in_the_order_in_which_they_come() -> None:
    now = timezone.now()
    names = ("email", "name", "language", "password", "is_active", "is_operator", "joined_at")
    rows = [(f"many{i}@example.org", f"Name {i}", "en", "!", i % 2 == 0, False, now) for i in range(3)]
    insert_many(Person, names, rows)
    found = Person.objects.filter(email__startswith="many").order_by("pk").values_list(*names)
    assert list(found) == rows
