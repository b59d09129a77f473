"""The settings: each is documented with its default, and a value that cannot be used names itself."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from mufakat.site.config import Config, ConfigError, database, email, names, read, secret_key

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "settings.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `(MUFAKAT_[A-Z_]+)` \| [^|]+ \| ([^|]+) \|", PAGE, re.MULTILINE))


def test_every_setting_stands_in_the_table_and_nothing_else() -> None:
    assert set(ROWS) == set(names())


@pytest.mark.parametrize("name", names())
def test_every_default_is_told(name: str) -> None:
    value = getattr(Config(data=Path("x")), name.removeprefix("MUFAKAT_").lower())
    shown = {
        "MUFAKAT_DATA": "`mufakat` in `$XDG_DATA_HOME`, or in `~/.local/share`",
        "MUFAKAT_DATABASE_URL": "SQLite in the data folder",
        "MUFAKAT_SECRET_KEY": "one is made and kept in the data folder",
        "MUFAKAT_EMAIL_URL": "e-mail is printed in the log",
    }
    if isinstance(value, bool):
        value = int(value)
    elif isinstance(value, tuple):
        value = ",".join(value)
    assert ROWS[name].strip() == shown.get(name, f"`{value}`")


def test_without_any_setting_all_have_their_defaults() -> None:
    assert read({"XDG_DATA_HOME": "/somewhere"}) == Config(data=Path("/somewhere/mufakat"))


def test_an_empty_value_is_no_value() -> None:
    assert read({"MUFAKAT_PORT": "1", "MUFAKAT_UPLOAD_MEGABYTES": ""}).upload_megabytes == 5


def test_values_are_read_by_their_kind() -> None:
    found = read(
        {
            "MUFAKAT_DATA": "~/here",
            "MUFAKAT_HOSTS": "a.example, b.example ,",
            "MUFAKAT_HTTPS": "Yes",
            "MUFAKAT_UPLOAD_MEGABYTES": "7",
            "MUFAKAT_STUDY_SECONDS": "0.5",
        }
    )
    assert found.data == Path.home() / "here"
    assert found.hosts == ("a.example", "b.example")
    assert (found.https, found.upload_megabytes, found.study_seconds) == (True, 7, 0.5)


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("MUFAKAT_HTTPS", "perhaps", "1 or 0"),
        ("MUFAKAT_DEBUG", "2", "1 or 0"),
        ("MUFAKAT_UPLOAD_MEGABYTES", "0", "a whole number, 1 or more"),
        ("MUFAKAT_UPLOAD_MEGABYTES", "1.5", "a whole number, 1 or more"),
        ("MUFAKAT_INVITATION_DAYS", "two", "a whole number, 1 or more"),
        ("MUFAKAT_STUDY_SECONDS", "0", "a number, 0.1 or more"),
        ("MUFAKAT_STUDY_SECONDS", "nan", "a number, 0.1 or more"),
    ],
)
def test_a_value_that_cannot_be_used_names_itself_and_what_is_needed(
    name: str, value: str, wanted: str
) -> None:
    with pytest.raises(ConfigError, match=re.escape(f"{name}={value!r} cannot be used: {wanted} is needed")):
        read({name: value})


def test_an_address_of_another_database_is_refused_without_telling_its_password() -> None:
    with pytest.raises(ConfigError) as refused:
        database(Config(data=Path("x"), database_url="mysql://me:secret@host/name"))
    assert "MUFAKAT_DATABASE_URL" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_an_address_of_postgresql_is_taken_apart() -> None:
    found = database(
        Config(data=Path("x"), database_url="postgres://me:p%40ss@db.example:5433/votes?sslmode=require")
    )
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "votes",
        "me",
        "p@ss",
        "db.example",
        "5433",
    ]
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_postgresql_on_a_socket_is_found_there() -> None:
    found = database(Config(data=Path("x"), database_url="postgresql://postgres:@/postgres?host=/tmp/pg"))
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("/tmp/pg", "", "postgres")


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtps://u:p@mail.example", 465, True, False),
        ("smtp://mail.example:587?tls=1", 587, False, True),
    ],
)
def test_an_address_of_a_mail_server_is_taken_apart(url: str, port: int, ssl: bool, tls: bool) -> None:
    found = email(Config(data=Path("x"), email_url=url))
    assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (port, ssl, tls)


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_an_address_that_is_none_of_a_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="MUFAKAT_EMAIL_URL"):
        email(Config(data=Path("x"), email_url=url))


def test_a_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    config = Config(data=tmp_path / "new")
    first = secret_key(config)
    assert len(first) >= 50
    assert secret_key(config) == first
    if os.name == "posix":
        assert (config.data / "secret-key").stat().st_mode & 0o077 == 0
