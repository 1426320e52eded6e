"""Fetching over real sockets: what is sent, where redirects lead, what is respected."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.reach.conftest import NOW, SMALL, Server, response
from withhold import __version__
from withhold.errors import BadInput
from withhold.reach.fetched import Fetched, Limits, Wanted
from withhold.reach.http import Fetcher

Serve = Callable[..., Server]
Make = Callable[..., Fetcher]


def _get(fetcher: Fetcher, url: str, **more: Any) -> Fetched:
    return fetcher.fetch(Wanted(url=url, **more))


# Who we are -----------------------------------------------------------------------------------


def test_one_honest_identity_and_nothing_else(serve: Serve, fetcher: Make) -> None:
    server = serve({"/": response("200 OK", b"hello", "Set-Cookie: a=b")})
    one = fetcher()
    for _ in range(2):
        assert _get(one, server.url()).body == b"hello"
    assert server.paths == ["/robots.txt", "/", "/"]
    for head in server.heads:
        lines = head.decode().split("\r\n")
        assert lines[1:-2] == [
            f"Host: 127.0.0.1:{server.port}",
            f"User-Agent: withhold/{__version__} (+https://withhold.example/bot)",
            "Accept: */*",
            "Accept-Encoding: gzip, deflate",
        ]
    assert server.connections == 1, "one connection carried all three"


@pytest.mark.parametrize("contact", ["", "a b", "a)b", "a(b", "a\r\nX: y", "grüße", "a\x00"])
def test_a_contact_that_cannot_stand_in_a_header(contact: str) -> None:
    with pytest.raises(BadInput):
        Fetcher(contact, lambda: NOW)


def test_all_of_a_response(serve: Serve, fetcher: Make) -> None:
    server = serve(
        {
            "/x?y=z": response(
                "203 Somehow", b"text", "X-Robots-Tag: noai", "a: \xfc", "X-ROBOTS-TAG: y"
            )
        }
    )
    found = _get(fetcher(), server.url("/x?y=z#f", "a.test"))
    assert (found.why, found.status, found.line) == ("ok", 203, "HTTP/1.1 203 Somehow")
    assert found.url == server.url("/x?y=z#f", "a.test")
    assert found.final_url == server.url("/x?y=z", "a.test")
    assert found.headers == (
        ("X-Robots-Tag", "noai"),
        ("a", "\xfc"),
        ("X-ROBOTS-TAG", "y"),
        ("Content-Length", "4"),
    )
    assert (found.body, found.cut, found.redirects, found.on) == (b"text", False, (), NOW)
    assert found.ip == "127.0.0.1"
    assert 0 < found.seconds < 1
    assert dict(found.sent)["Host"] == f"a.test:{server.port}"


def test_head_and_a_server_of_the_standard_library(fetcher: Make) -> None:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.send_response(200 if self.path == "/x" else 404)
            self.send_header("Content-Length", "1000000")
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *given: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        one = fetcher()
        found = _get(one, f"http://127.0.0.1:{server.server_port}/x", method="HEAD")
        one.close()
        server.shutdown()
        thread.join()
    assert (found.why, found.status, found.body, found.cut) == ("ok", 200, b"", False)
    assert found.header("content-length") == "1000000"


def test_a_connection_that_the_server_left_is_opened_again(serve: Serve, fetcher: Make) -> None:
    def once(taken: socket.socket, head: bytes) -> bool:
        taken.sendall(response("200 OK", b"x"))
        return False  # closes, though it did not say so

    server = serve(once)
    one = fetcher()
    for _ in range(3):
        assert _get(one, server.url("/", "a.test"), own=True).why == "ok"
        time.sleep(0.02)
    assert server.connections == 3


def test_idle_connections_are_few(serve: Serve, fetcher: Make) -> None:
    server = serve({"/": response("200 OK", b"x")}, host="0.0.0.0")  # noqa: S104
    one = fetcher(allow_private=True)
    hosts = [f"127.0.0.{n}" for n in range(1, 41)]
    for host in [*hosts, hosts[-1], hosts[0]]:
        assert _get(one, server.url("/", host), own=True).why == "ok"
    assert server.connections == 41, "the last was still open, the first was not"


def test_ipv6(serve: Serve, fetcher: Make) -> None:
    server = serve({"/": response("200 OK", b"six")}, host="::1")
    one = fetcher(allow_private=True)
    found = _get(one, server.url())
    assert (found.why, found.body, found.ip) == ("ok", b"six", "::1")
    assert b"\r\nHost: [::1]:" in server.heads[0]
    assert _get(one, server.url("/", "six.test")).ip == "::1"


def test_the_next_address_is_tried(serve: Serve, fetcher: Make) -> None:
    server = serve({"/": response("200 OK", b"four")})
    found = _get(fetcher(allow_private=True), server.url("/", "six.test"))
    assert (found.body, found.ip) == (b"four", "127.0.0.1")


# Patience ------------------------------------------------------------------------------------


def _busy(*headers: str) -> Callable[[socket.socket, bytes], bool]:
    """429 for the first request, 200 for the next."""
    count: list[bytes] = []

    def talk(taken: socket.socket, head: bytes) -> bool:
        count.append(head)
        first = response("429 Too Many Requests", b"slow down", *headers)
        taken.sendall(first if len(count) == 1 else response("200 OK", b"now"))
        return True

    return talk


def test_429_is_reported(serve: Serve, fetcher: Make) -> None:
    server = serve(_busy())
    found = _get(fetcher(), server.url(), own=True)
    assert (found.why, found.status, found.body) == ("429", 429, b"slow down")
    assert found.retry_after is None
    assert len(server.heads) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("3600", 3600.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        ("soon", None),
        ("-5", None),
        ("1e3", None),
        ("9" * 400, 999_999_999.0),
    ],
)
def test_a_long_retry_after_is_told_and_not_waited_for(
    serve: Serve, fetcher: Make, said: str, seconds: float | None
) -> None:
    server = serve(_busy(f"Retry-After: {said}"))
    found = _get(fetcher(), server.url(), own=True)
    assert (found.why, found.retry_after) == ("429", seconds)
    assert len(server.heads) == 1


@pytest.mark.parametrize("said", ["0", format_datetime(NOW - timedelta(days=1), usegmt=True)])
def test_a_short_retry_after_is_waited_for_once(serve: Serve, fetcher: Make, said: str) -> None:
    server = serve(_busy(f"Retry-After: {said}"))
    found = _get(fetcher(), server.url(), own=True)
    assert (found.why, found.status, found.body) == ("ok", 200, b"now")
    assert found.notes == ("asked-again",)
    assert [(hop.status, hop.why, hop.body) for hop in found.redirects] == [
        (429, "429", b"slow down")
    ]


def test_the_wait_takes_its_time(serve: Serve, fetcher: Make) -> None:
    server = serve(_busy("Retry-After: 1"))
    found = _get(fetcher(limits=Limits(total=3, wait=2)), server.url(), own=True)
    assert found.status == 200
    assert found.seconds >= 1


def test_a_second_429_ends_it(serve: Serve, fetcher: Make) -> None:
    always = response("429 Too Many Requests", b"", "Retry-After: 0")
    server = serve({"/": always})
    found = _get(fetcher(), server.url(), own=True)
    assert found.why == "429"
    assert len(server.heads) == 2


# Redirects ------------------------------------------------------------------------------------


def _chain(length: int) -> dict[str, bytes]:
    pages = {f"/{n}": response("302 Found", b"", f"Location: /{n + 1}") for n in range(length)}
    return pages | {f"/{length}": response("200 OK", b"there")}


def test_ten_redirects_are_followed_and_not_eleven(serve: Serve, fetcher: Make) -> None:
    ten = serve(_chain(10))
    found = _get(fetcher(), ten.url("/0"))
    assert (found.why, found.body, found.final_url) == ("ok", b"there", ten.url("/10"))
    assert [hop.url for hop in found.redirects] == [ten.url(f"/{n}") for n in range(10)]
    assert {hop.status for hop in found.redirects} == {302}
    eleven = serve(_chain(11))
    found = _get(fetcher(), eleven.url("/0"))
    assert (found.why, found.status, found.detail) == ("redirects", 0, "more than 10")
    assert len(found.redirects) == 11
    assert "/11" not in eleven.paths


def test_endless_redirects_end(serve: Serve, fetcher: Make) -> None:
    def talk(taken: socket.socket, head: bytes) -> bool:
        path = head.split(b" ")[1].decode()
        taken.sendall(response("302 Found", b"", f"Location: {path}x"))
        return True

    server = serve(talk)
    found = _get(fetcher(), server.url(), own=True)
    assert found.why == "redirects"
    assert len(server.heads) == 11


def test_a_loop_is_seen_at_once(serve: Serve, fetcher: Make) -> None:
    server = serve(
        {
            "/": response("302 Found", b"", "Location: /b"),
            "/b": response("302 Found", b"", "Location: /?c"),
            "/?c": response("302 Found", b"", "Location: /"),
        }
    )
    found = _get(fetcher(), server.url(), own=True)
    assert (found.why, found.detail) == ("redirects", "a loop")
    assert len(server.heads) == 3


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("file:///etc/passwd", "bad-url"),
        ("ftp://a.test/", "bad-url"),
        ("http://user:secret@a.test/", "bad-url"),
        ("http://127.1/", "bad-url"),
        ("http://127.0.0.2/", "private-address"),
        ("http://10.0.0.1/", "private-address"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("http://[::1]/", "private-address"),
        ("http://[::ffff:127.0.0.2]/", "private-address"),
        ("http://inside.test/", "private-address"),
        ("http://nowhere.test/", "dns"),
    ],
)
def test_a_redirect_is_checked_like_the_first_url(
    serve: Serve, fetcher: Make, location: str, why: str
) -> None:
    server = serve({"/": response("302 Found", b"", f"Location: {location}")})
    found = _get(fetcher(), server.url(), own=True)
    # At another site its robots.txt is asked for first, and that meets the same trouble.
    assert found.why == ("bad-url" if why == "bad-url" else "robots-unreachable")
    assert why == "bad-url" or found.detail.startswith(why)
    assert found.status == 0
    assert [hop.status for hop in found.redirects] == [302]


@pytest.mark.parametrize("url", ["http://10.0.0.1/robots.txt", "http://inside.test/robots.txt"])
def test_private_addresses_are_refused(fetcher: Make, url: str) -> None:
    found = _get(fetcher(), url)
    assert (found.why, found.status) == ("private-address", 0)
    assert found.detail in ("10.0.0.1", "10.0.0.7")


def test_loopback_itself_is_refused_and_allowed(serve: Serve) -> None:
    server = serve({"/": response("200 OK", b"mine")})
    with Fetcher("x@a.test", lambda: NOW, limits=SMALL) as one:
        assert _get(one, server.url(), own=True).why == "private-address"
    assert not server.connections
    with Fetcher("x@a.test", lambda: NOW, limits=SMALL, allow_private=True) as one:
        assert _get(one, server.url(), own=True).body == b"mine"


def test_of_several_addresses_only_the_public_are_used(serve: Serve, fetcher: Make) -> None:
    server = serve({"/": response("200 OK", b"x")})
    assert _get(fetcher(), server.url("/", "both.test")).ip == "127.0.0.1"


def test_another_scheme_is_no_url(fetcher: Make) -> None:
    found = _get(fetcher(), "file:///etc/passwd")
    assert (found.why, found.detail, found.final_url) == (
        "bad-url",
        "file: is not fetched",
        "file:///etc/passwd",
    )


@pytest.mark.parametrize("location", ["", "/x"])
def test_what_is_no_redirect(serve: Serve, fetcher: Make, location: str) -> None:
    status = "300 Multiple Choices" if location else "302 Found"
    headers = [f"Location: {location}"] if location else []
    server = serve({"/": response(status, b"choose", *headers)})
    found = _get(fetcher(), server.url(), own=True)
    assert (found.why, found.body, found.redirects) == ("ok", b"choose", ())


def test_a_redirect_with_a_broken_body_is_still_one(serve: Serve, fetcher: Make) -> None:
    broken = b"HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 99\r\n\r\nshort"

    def talk(taken: socket.socket, head: bytes) -> bool:
        taken.sendall(broken if b"/ " in head else response("200 OK", b"x"))
        return False

    found = _get(fetcher(), serve(talk).url(), own=True)
    assert (found.why, found.body) == ("ok", b"x")
    assert found.redirects[0].cut
