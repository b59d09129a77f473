"""Who runs the site. Only somebody with access to the machine can say so; therefore no page does this."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.validators import validate_email
from django.db import transaction

from mufakat.site.people.models import Person
from mufakat.site.people.names import clean_name


def make_operator(email: str, *, name: str = "", password: str | None = None) -> Person:
    """Let a person run the site; made where there is none with this address.

    Args:
        name, password: changed where they are given.

    Raises:
        ValidationError: no e-mail address, no name, or a password that is too easy.
    """
    email = email.strip().lower()
    validate_email(email)
    name = clean_name(name) if name else ""
    if password is not None:
        validate_password(password)
    with transaction.atomic():
        person = Person.objects.known(email, name=name)
        person.is_operator = person.is_active = True
        person.name = name or person.name
        if password is not None:
            person.set_password(password)
        person.save()
    return person


def operators() -> int:
    """How many people run the site."""
    return Person.objects.filter(is_operator=True, is_active=True).count()
