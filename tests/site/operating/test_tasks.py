"""Tasks that pages put into the database are run by the worker."""

from __future__ import annotations

import pytest
from django.test import override_settings
from django_tasks import TaskResultStatus

from mufakat.site.operating.working import Stop, work
from tests.site.factories import person
from tests.site.operating.tasks import rename

STORED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.django_db(transaction=True)
@override_settings(TASKS=STORED)
def test_waiting_tasks_are_run_and_one_that_fails_does_not_stop_the_next() -> None:
    someone = person("Before")
    failing = rename.enqueue("no key", "After")
    waiting = rename.enqueue(someone.pk, "After")
    work(Stop(), rounds=1)
    someone.refresh_from_db()
    assert someone.name == "After"
    failing.refresh()
    waiting.refresh()
    assert (failing.status, waiting.status) == (TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL)
