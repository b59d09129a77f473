"""Every setting of an installation, read from the environment once, typed, and with its default.

``docs/settings.md`` describes each; a test holds that none is missing there.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

PREFIX: Final = "MUFAKAT_"


class ConfigError(ValueError):
    """A setting that cannot be used; the message names it, its value and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What an operator may set; each field is ``MUFAKAT_`` and its name in capitals.

    Attributes:
        data: folder of everything that must be kept: the database, uploaded files, the secret key.
        database_url: ``postgres://user:password@host:port/name``; empty for SQLite in the data folder.
        secret_key: signs sessions and links; empty to make one and keep it in the data folder.
        hosts: host names that the site answers to, separated by commas.
        base_url: address of the site as people type it, for links in e-mail.
        https: whether people reach the site by https; cookies are then sent by https alone.
        email_url: ``smtp://user:password@host:port`` (or ``smtps://``); empty to print e-mail in the log.
        email_from: sender of e-mail.
        upload_megabytes: largest file that a submission may bring, in megabytes.
        study_seconds: shortest pause between two looks for new votes, in seconds.
        invitation_days: for how many days an invitation can be accepted.
        debug: shows errors in detail; never on a site that others reach.
    """

    data: Path
    database_url: str = ""
    secret_key: str = ""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    base_url: str = "http://127.0.0.1:8000"
    https: bool = False
    email_url: str = ""
    email_from: str = "mufakat@localhost"
    upload_megabytes: int = 5
    study_seconds: float = 2.0
    invitation_days: int = 14
    debug: bool = False


def names() -> tuple[str, ...]:
    """The names of all settings as they stand in the environment."""
    return tuple(PREFIX + field.name.upper() for field in fields(Config))


def read(environment: Mapping[str, str] = os.environ) -> Config:
    """Read the settings.

    Raises:
        ConfigError: a value that does not fit its setting.
    """
    given: dict[str, Any] = {"data": default_data_folder(environment)}
    for field in fields(Config):
        name = PREFIX + field.name.upper()
        if environment.get(name):
            given[field.name] = _converted(name, str(field.type), environment[name])
    return Config(**given)


def default_data_folder(environment: Mapping[str, str]) -> Path:
    """Where data stands unless it is said otherwise: the user's own folder for it."""
    home = environment.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "mufakat"


def _converted(name: str, kind: str, text: str) -> Any:
    try:
        match kind:
            case "Path":
                return Path(text).expanduser()
            case "bool":
                return _FLAGS[text.strip().lower()]
            case "int":
                return _at_least_one(int(text))
            case "float":
                return _at_least_one(float(text), least=0.1)
            case "tuple[str, ...]":
                return tuple(part.strip() for part in text.split(",") if part.strip())
        return text
    except (KeyError, ValueError):
        raise ConfigError(f"{name}={text!r} cannot be used: {_WANTED[kind]} is needed") from None


_FLAGS: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_WANTED: Final = {
    "bool": "1 or 0",
    "int": "a whole number, 1 or more",
    "float": "a number, 0.1 or more",
}


def _at_least_one(number: Any, *, least: float = 1) -> Any:
    if not number >= least:
        raise ValueError(number)
    return number


def secret_key(config: Config) -> str:
    """The key that was set, or the one kept in the data folder, which is made at the first call.

    Raises:
        OSError: the data folder cannot be written.
    """
    if config.secret_key:
        return config.secret_key
    path = config.data / "secret-key"
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        config.data.mkdir(parents=True, exist_ok=True)
        # Two first calls at once must end up with one key: whoever makes the file wins.
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text("ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        return path.read_text("ascii").strip()


def database(config: Config) -> dict[str, Any]:
    """The database as Django takes it.

    Raises:
        ConfigError: an address that is no PostgreSQL address.
    """
    if not config.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(config.data / "mufakat.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A writer takes its lock when it begins, so that two writers wait and none fails half-way.
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000"
                ),
            },
            "TEST": {"NAME": str(config.data / "test.sqlite3")},
        }
    address = urlsplit(config.database_url)
    if address.scheme not in ("postgres", "postgresql") or not address.path.strip("/"):
        hidden = f"{address.scheme}://…" if address.scheme else "a text without a scheme"
        raise ConfigError(
            f"MUFAKAT_DATABASE_URL is {hidden}; postgres://user:password@host:port/name is needed,"
            " or nothing for SQLite in the data folder"
        )
    options = dict(parse_qsl(address.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": unquote(options.pop("host", address.hostname or "")),
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def email(config: Config) -> dict[str, Any]:
    """The settings of Django's e-mail that follow from the address of the mail server.

    Raises:
        ConfigError: an address that is none of a mail server.
    """
    if not config.email_url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    address = urlsplit(config.email_url)
    if address.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(address.path),
        }
    if address.scheme not in ("smtp", "smtps") or not address.hostname:
        raise ConfigError(
            f"MUFAKAT_EMAIL_URL begins with {address.scheme!r}; smtp://user:password@host:port is needed,"
            " or smtps://, or file:///folder, or nothing to print e-mail in the log"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": address.hostname,
        "EMAIL_PORT": address.port or (465 if address.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(address.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
        "EMAIL_USE_SSL": address.scheme == "smtps",
        "EMAIL_USE_TLS": address.scheme == "smtp" and dict(parse_qsl(address.query)).get("tls") == "1",
        "EMAIL_TIMEOUT": 20,
    }
