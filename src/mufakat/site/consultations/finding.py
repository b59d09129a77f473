"""Finding the consultation that an address names, which every page inside of it does first."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS

from mufakat.site.consultations.models import Consultation
from mufakat.site.prepared import Prepared

_FIELDS = [field.attname for field in Consultation._meta.concrete_fields]
_NAMED = Prepared(lambda at: Consultation.objects.filter(slug=at.text("slug")).values_list(*_FIELDS))


def consultation_at(slug: str) -> Consultation | None:
    """The consultation of this name in addresses, or None."""
    rows = _NAMED.rows(slug=slug)
    return Consultation.from_db(DEFAULT_DB_ALIAS, _FIELDS, rows[0]) if rows else None
