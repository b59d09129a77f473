"""The guard that fails any test that reaches beyond this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest


class NetworkReachedError(AssertionError):
    """A test tried to reach something beyond loopback."""


def is_loopback(host: object) -> bool:
    """Tell whether *host*, a name or an address as :mod:`socket` takes it, stays on this machine."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name is None or name in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False


class NetworkGuard:
    """Replaces the doors of :mod:`socket` by ones that open to loopback only, and remembers every refusal.

    A refusal raises at once. Because the code under test may swallow the error, the refusals are kept as
    well, and the test that caused one fails at its end.
    """

    def __init__(self) -> None:
        self.refused: list[str] = []

    def refuse(self, what: str) -> None:
        """Record and raise a refusal of *what*."""
        message = f"a test may reach loopback only, but this one tried {what}"
        self.refused.append(message)
        raise NetworkReachedError(message)

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Put the guarded doors in place through *patch*, which takes them away again when it is undone."""
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, self._guarded_connect(getattr(socket.socket, name), name))
        patch.setattr(socket.socket, "sendto", self._guarded_sendto(socket.socket.sendto))
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
            patch.setattr(socket, name, self._guarded_lookup(getattr(socket, name), name))

    def _check(self, family: int, address: object, verb: str) -> None:
        if family not in (socket.AF_INET, socket.AF_INET6):
            return
        host = address[0] if isinstance(address, tuple) and address else address
        if not is_loopback(host):
            self.refuse(f"{verb} {address!r}")

    def _guarded_connect(self, original: Callable[..., Any], name: str) -> Callable[..., Any]:
        def guarded(sock: socket.socket, address: object) -> Any:
            self._check(sock.family, address, name)
            return original(sock, address)

        return guarded

    def _guarded_sendto(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(sock: socket.socket, data: bytes, *flags_and_address: Any) -> Any:
            self._check(sock.family, flags_and_address[-1], "sendto")
            return original(sock, data, *flags_and_address)

        return guarded

    def _guarded_lookup(self, original: Callable[..., Any], name: str) -> Callable[..., Any]:
        def guarded(host: object, *arguments: Any, **options: Any) -> Any:
            if not is_loopback(host):
                self.refuse(f"{name} of {host!r}")
            return original(host, *arguments, **options)

        return guarded
