"""Persons."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["Person"]):
    """How persons are found and made."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> Person:
        """Store a new person; without a password, sign-in is by code alone."""
        person = self.model(email=email.strip().lower(), **values)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def known(self, email: str, *, name: str = "") -> Person:
        """The person with this address, made where there is none."""
        found = self.filter(email=email.strip().lower()).first()
        return found if found is not None else self.create_user(email, name=name)


class Person(AbstractBaseUser):
    """Someone who can sign in. What they may do follows from accreditations and roles, not from here.

    Attributes:
        is_operator: runs the whole site: opens consultations and names their first facilitators.
    """

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="addresses_in_small_letters")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Nothing: Django's own permissions are not used here."""
        return False
