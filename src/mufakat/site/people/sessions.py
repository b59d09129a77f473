"""Sessions in the database, found by one query that is compiled once."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from mufakat.site.prepared import Prepared

_SESSION = Prepared(
    lambda at: Session.objects.filter(
        session_key=at.text("key"), expire_date__gt=at.moment("now")
    ).values_list("session_data", "expire_date")
)


class SessionStore(DatabaseSessions):
    """Django's own sessions in the database; only how one is found differs."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        rows = _SESSION.rows(key=key, now=timezone.now())
        if not rows:
            self._session_key = None
            return None
        content, until = rows[0]
        return Session(session_key=key, session_data=content, expire_date=until)
