"""How a person is found from the key in a session."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS

from mufakat.site.people.models import Person
from mufakat.site.prepared import Prepared

_FIELDS = [field.attname for field in Person._meta.concrete_fields]
_PERSON = Prepared(lambda at: Person.objects.filter(pk=at.number("person")).values_list(*_FIELDS))


class PeopleBackend(AuthenticationBackend):
    """The library's sign-in; a person is found by a query that is compiled once: every request needs it."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person with this key, as long as the account is in use."""
        rows = _PERSON.rows(person=int(user_id))
        person = Person.from_db(DEFAULT_DB_ALIAS, _FIELDS, rows[0]) if rows else None
        return person if person is not None and self.user_can_authenticate(person) else None
