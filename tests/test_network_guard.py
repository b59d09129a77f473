"""The guard refuses what leaves this machine, lets loopback through, and cannot be swallowed."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path

import pytest

from tests.network_guard import NetworkGuard, NetworkReached, is_loopback

ELSEWHERE = "192.0.2.1"  # reserved for documentation, RFC 5737: nobody answers there
NAMED_ELSEWHERE = "example.org"

pytest_plugins = ["pytester"]


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.8.9.10", "::1", "::1%lo", "", None, b"127.0.0.1"]
)
def test_names_of_this_machine_are_loopback(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", [ELSEWHERE, NAMED_ELSEWHERE, "10.0.0.1", "0.0.0.1", "2001:db8::1", b"example.org"]
)
def test_everything_else_is_beyond(host: object) -> None:
    assert not is_loopback(host)
