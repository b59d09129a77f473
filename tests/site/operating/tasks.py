"""A task for tests."""

from __future__ import annotations

from django_tasks import task

from mufakat.site.people.models import Person


@task()
def rename(key: int, name: str) -> None:
    """Give a person another name."""
    Person.objects.filter(pk=key).update(name=name)
