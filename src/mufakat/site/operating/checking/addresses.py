"""The address of the site: do host names, https and the rest fit together, and are its files collected?"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage

from mufakat.site.operating.checking.finding import Finding, good, note, wrong
from mufakat.site.operating.preparing import collected_digest, static_digest

SAID_HERE: Final = {
    "security.W004": "https",
    "security.W005": "https",
    "security.W008": "https",
    "security.W012": "https",
    "security.W016": "https",
    "security.W021": "https",
    "security.W009": "secret key",
    "security.W018": "debug",
    "security.W020": "hosts",
}
"""Django's own remarks about a site that is open to others, and which of our findings says it plainly."""


def findings() -> Iterator[Finding]:
    """Look at the address, at https, at details in errors, at Django's own checks, and at static files."""
    config = settings.CONFIG
    address = urlsplit(config.base_url)
    host = address.hostname or ""
    here = is_here(host)
    yield _hosts(host, config.hosts)
    if (address.scheme == "https") != config.https:
        yield wrong(
            "https",
            f"MUFAKAT_BASE_URL is {config.base_url}, and MUFAKAT_HTTPS is {int(config.https)}",
            f"set MUFAKAT_HTTPS={int(address.scheme == 'https')}, or the other address",
        )
    elif not config.https and not here:
        yield wrong(
            "https",
            f"{host} is reached without it, so that others on the way can read and change everything",
            "put a web server with https before it, and set MUFAKAT_HTTPS=1 and the https address",
        )
    elif not config.https:
        yield note("https", "off, which is right for this machine alone")
    else:
        yield good("https", "on")
    if config.debug and not here:
        yield wrong("debug", "errors show what is inside to everybody", "leave MUFAKAT_DEBUG out")
    elif config.debug:
        yield note("debug", "errors are shown in detail", "leave MUFAKAT_DEBUG out before others reach it")
    else:
        yield good("debug", "off")
    yield from _remarks()
    if config.debug:
        yield note("static files", "served from the code, as MUFAKAT_DEBUG is on")
    elif collected_digest() != static_digest():
        yield wrong("static files", "not collected since the code changed", "./mufakat prepare")
    else:
        yield good("static files", "collected")


def is_here(host: str) -> bool:
    """Whether a name or number of a host means this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _hosts(host: str, hosts: tuple[str, ...]) -> Finding:
    if "*" in hosts:
        return wrong(
            "hosts",
            "MUFAKAT_HOSTS lets any name pass, so that a forged link in an e-mail can lead elsewhere",
            f"MUFAKAT_HOSTS={host}",
        )
    bare = {name.strip("[]") for name in hosts}
    answered = host in bare or any(name.startswith(".") and f".{host}".endswith(name) for name in bare)
    if not answered:
        return wrong(
            "hosts",
            f"the site does not answer to {host or 'the host'} of MUFAKAT_BASE_URL",
            f"MUFAKAT_HOSTS={','.join((*hosts, host))}",
        )
    return good("hosts", f"answers to {', '.join(hosts)}")


def _remarks() -> Iterator[Finding]:
    """What Django itself finds, but for what is said here already."""
    found: list[CheckMessage] = checks.run_checks(include_deployment_checks=True)
    told = [remark for remark in found if remark.id not in SAID_HERE]
    for remark in told:
        say = wrong if remark.level >= checks.ERROR else note
        mend = (remark.hint or "").strip().rstrip(".") or f"Django's documentation tells about {remark.id}"
        yield say("django", f"{remark.msg.strip().rstrip('.')} ({remark.id})", mend)
    if not told:
        yield good("django", "its own checks have nothing to add")
