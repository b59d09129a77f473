"""Bringing an installation up to date: only what is missing, and only once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from mufakat.site.operating import preparing
from mufakat.site.operating.operators import make_operator, operators
from mufakat.site.operating.preparing import (
    Prepared,
    collected_digest,
    missing_migrations,
    prepare,
    static_digest,
    static_files,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """An empty folder for static files."""
    with override_settings(STATIC_ROOT=tmp_path / "static"):
        yield tmp_path / "static"


def test_static_files_are_collected_once_and_again_when_they_change(
    static: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    assert prepare(said.append) == Prepared(0, True)
    assert said == ["collecting style sheets and scripts"]
    assert (static / "web" / "style.css").exists()
    assert prepare(said.append) == Prepared(0, False)
    assert len(said) == 1
    monkeypatch.setattr(preparing, "static_digest", lambda: "another")
    assert prepare() == Prepared(0, True)
    assert collected_digest() == "another"


def test_a_collecting_that_was_interrupted_is_done_again(
    static: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare()

    def interrupted(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "static_digest", lambda: "another")
        patch.setattr(preparing, "call_command", interrupted)
        with pytest.raises(KeyboardInterrupt):
            prepare()
    assert collected_digest() == ""
    assert prepare().collected


def test_the_digest_tells_a_changed_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "page.css"
    file.write_text("a")
    monkeypatch.setattr(preparing, "static_files", lambda: iter([("page.css", file)]))
    first = static_digest()
    assert static_digest() == first
    file.write_text("ab")
    assert static_digest() != first
    second = static_digest()
    os.utime(file, (1, 1))
    assert static_digest() != second


def test_the_sites_own_style_sheet_is_among_the_static_files() -> None:
    assert "web/style.css" in dict(static_files())


def test_nothing_is_missing_in_a_database_that_is_up_to_date() -> None:
    assert missing_migrations() == []


def test_an_operator_is_made_once_and_can_be_given_a_password() -> None:
    first = make_operator("Someone@Example.org", name="Some One")
    assert (first.email, first.is_operator, first.has_usable_password()) == (
        "someone@example.org",
        True,
        False,
    )
    again = make_operator("someone@example.org", password="long-and-random-words")
    assert again.pk == first.pk
    assert again.name == "Some One"
    assert again.check_password("long-and-random-words")
    assert operators() == 1


def test_an_account_that_was_closed_is_opened_for_an_operator() -> None:
    closed = make_operator("someone@example.org")
    closed.is_active = False
    closed.save()
    assert operators() == 0
    make_operator("someone@example.org")
    assert operators() == 1


@pytest.mark.parametrize(
    ("email", "password", "reason"),
    [
        ("someone", None, "valid email"),
        ("someone@example.org", "short", "too short"),
        ("someone@example.org", "password1234", "too common"),
    ],
)
def test_no_operator_with_a_wrong_address_or_an_easy_password(
    email: str, password: str | None, reason: str
) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match=reason):
        make_operator(email, password=password)
    assert operators() == 0
    assert settings.CONFIG.data.exists()
