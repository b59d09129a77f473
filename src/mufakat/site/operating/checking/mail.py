"""E-mail: does the server answer? Nothing is sent."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from typing import Final

from django.conf import settings

from mufakat.site.operating.checking.finding import Finding, good, note, wrong

PATIENCE: Final = 5.0
SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"


def findings() -> Iterator[Finding]:
    """Look whether the mail server answers and lets us in."""
    if not settings.CONFIG.email_url:
        yield note(
            "e-mail",
            "printed in the log and not sent, so that nobody can be invited or sign in by code",
            "set MUFAKAT_EMAIL_URL",
        )
        return
    if settings.EMAIL_BACKEND != SMTP:
        yield note("e-mail", "kept on this machine and not sent")
        return
    where = f"{settings.EMAIL_HOST} port {settings.EMAIL_PORT}"
    try:
        said = _greet()
    except (OSError, smtplib.SMTPException) as error:
        reason = str(getattr(error, "strerror", None) or error)
        yield wrong(
            "e-mail", f"{where} does not answer ({reason})", "start it, or set MUFAKAT_EMAIL_URL right"
        )
        return
    if said:
        yield wrong("e-mail", f"{where} {said}", "set MUFAKAT_EMAIL_URL right")
    else:
        yield good("e-mail", f"{where} answers")


def _greet() -> str:
    """Greet the server, and sign in where that is set; what is wrong, or nothing."""
    kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    # A name of our own, because to ask for that of this machine may take a name server's time.
    with kind(settings.EMAIL_HOST, settings.EMAIL_PORT, "localhost", timeout=PATIENCE) as server:
        code, _words = server.ehlo()
        if code != 250:
            return f"refuses to talk (code {code})"
        if settings.EMAIL_USE_TLS:
            server.starttls()
            server.ehlo()
        if settings.EMAIL_HOST_USER:
            try:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            except smtplib.SMTPAuthenticationError:
                return "does not accept the user and password"
    return ""
