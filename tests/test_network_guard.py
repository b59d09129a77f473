"""The guard refuses what leaves this machine, lets loopback through, and cannot be swallowed."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.network_guard import NetworkGuard, NetworkReachedError, is_loopback

pytest_plugins = ["pytester"]

ELSEWHERE = "192.0.2.1"  # reserved for documentation, RFC 5737: nobody answers there
ADDRESSES_HERE = ["localhost", "127.0.0.1", "127.8.9.10", "::1", "::1%lo", "", None, b"127.0.0.1"]
ADDRESSES_BEYOND = [ELSEWHERE, "example.org", "10.0.0.1", "0.0.0.1", "2001:db8::1", b"example.org"]


@pytest.mark.parametrize("host", ADDRESSES_HERE)
def test_names_of_this_machine_are_loopback(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ADDRESSES_BEYOND)
def test_everything_else_is_beyond(host: object) -> None:
    assert not is_loopback(host)


def test_a_connection_beyond_loopback_is_refused_with_its_address(network_guard: NetworkGuard) -> None:
    with socket.socket() as sock, pytest.raises(NetworkReachedError, match=r"connect \('192\.0\.2\.1', 80\)"):
        sock.connect((ELSEWHERE, 80))
    with pytest.raises(NetworkReachedError, match="getaddrinfo of '192"):
        socket.create_connection((ELSEWHERE, 80))
    assert len(network_guard.refused) == 2
    network_guard.refused.clear()


def test_a_lookup_of_a_name_elsewhere_is_refused(network_guard: NetworkGuard) -> None:
    for look_up in (socket.gethostbyname, socket.gethostbyname_ex, lambda name: socket.getaddrinfo(name, 80)):
        with pytest.raises(NetworkReachedError, match=r"example\.org"):
            look_up("example.org")
    network_guard.refused.clear()


def test_a_datagram_beyond_loopback_is_refused(network_guard: NetworkGuard) -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
        pytest.raises(NetworkReachedError, match="sendto"),
    ):
        sock.sendto(b"?", (ELSEWHERE, 53))
    network_guard.refused.clear()


def test_loopback_and_unix_sockets_stay_open(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(("localhost", server.getsockname()[1])) as client,
    ):
        accepted, _ = server.accept()
        accepted.sendall(b"here")
        accepted.close()
        assert client.recv(4) == b"here"
    left, right = socket.socketpair(socket.AF_UNIX)
    with left, right:
        left.sendall(b"unix")
        assert right.recv(4) == b"unix"


def test_a_refusal_that_the_code_swallows_still_fails_its_test(pytester: pytest.Pytester) -> None:
    root = Path(__file__).resolve().parents[1]
    pytester.makeini(f"[pytest]\npythonpath = {root}\n")
    pytester.makeconftest("from tests.conftest import pytest_configure, network_guard\n")
    pytester.makepyfile(
        """
        import contextlib, socket

        def test_that_swallows():
            with contextlib.suppress(BaseException):
                socket.gethostbyname("example.org")

        def test_that_stays_here():
            socket.gethostbyname("localhost")
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*a test may reach loopback only*gethostbyname of 'example.org'*"])
