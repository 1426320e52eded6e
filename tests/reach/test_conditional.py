"""Conditional requests over real sockets; what the server was asked is the server's own word."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from typing import Any

import pytest

from tests.reach.conftest import NOW, Server, response
from withhold.reach.fetched import Fetched, Known, Wanted
from withhold.reach.http import Fetcher

Serve = Callable[..., Server]
Make = Callable[..., Fetcher]
CHANGED = "Tue, 24 Nov 2026 12:00:00 GMT"
DISALLOWS = b"User-agent: *\nDisallow: /\n"


def _get(fetcher: Fetcher, url: str, **more: Any) -> Fetched:
    return fetcher.fetch(Wanted(url=url, **more))


def _asked(head: bytes) -> str:
    """``full`` or ``if``, as the server was asked."""
    return "if" if re.search(rb"^If-(None-Match|Modified-Since):", head, re.MULTILINE) else "full"


def _file(body: bytes, *marks: str, old: str = "") -> Callable[[socket.socket, bytes], bool]:
    """A file with these marks, confirmed to whoever names one; ``old`` leads to it."""
    values = [one.partition(": ")[2].encode() for one in marks]

    def talk(taken: socket.socket, head: bytes) -> bool:
        if old and head.startswith(f"GET {old} ".encode()):
            taken.sendall(response("301 Moved", b"", "Location: /x"))
        elif any(value in head for value in values):
            taken.sendall(response("304 Not Modified", b"", *marks, length=False))
        else:
            taken.sendall(response("200 OK", body, *marks))
        return True

    return talk


@pytest.mark.parametrize(
    ("marks", "sent"),
    [
        (('ETag: "v1"',), b'If-None-Match: "v1"\r\n'),
        ((f"Last-Modified: {CHANGED}",), b"If-Modified-Since: Tue, 24 Nov 2026 12:00:00 GMT\r\n"),
        (
            ('ETag: W/"v1"', f"Last-Modified: {CHANGED}"),
            b'If-None-Match: W/"v1"\r\nIf-Modified-Since: Tue, 24 Nov 2026 12:00:00 GMT\r\n',
        ),
    ],
    ids=["etag", "date", "both"],
)
def test_a_304_counts_as_the_body_of_before(
    serve: Serve, fetcher: Make, marks: tuple[str, ...], sent: bytes
) -> None:
    server = serve(_file(b"one", *marks, old="/old"))
    one = fetcher()
    first = _get(one, server.url("/old"), own=True)
    again = _get(one, server.url("/old"), own=True, known=first.known)
    assert (again.why, again.status, again.body, again.cut) == ("ok", 200, b"one", False)
    assert again.final_url == server.url("/x")
    assert again.on == NOW
    assert again.unchanged is not None
    assert again.unchanged.status == 304
    assert [hop.status for hop in again.hops] == [301, 304]
    assert sent in server.heads[-1]
    assert [_asked(head) for head in server.heads] == ["full", "full", "full", "if"]
    assert server.heads[-2].startswith(b"GET /old "), "only who gave the body is told of it"


def test_another_address_is_not_told_of_it(serve: Serve, fetcher: Make) -> None:
    server = serve(_file(b"one", 'ETag: "v1"'))
    one = fetcher()
    known = _get(one, server.url("/x"), own=True).known
    assert _get(one, server.url("/y"), own=True, known=known).unchanged is None
    assert [_asked(head) for head in server.heads] == ["full", "full"]


def test_what_changed_is_sent(serve: Serve, fetcher: Make) -> None:
    server = serve(_file(b"new", 'ETag: "v2"'))
    known = Known(url=server.url("/x"), etag='"v1"', body=b"old")
    found = _get(fetcher(), server.url("/x"), own=True, known=known)
    assert (found.status, found.body, found.unchanged) == (200, b"new", None)
    assert [_asked(head) for head in server.heads] == ["if"]


def test_headers_of_a_304_are_newer(serve: Serve, fetcher: Make) -> None:
    def talk(taken: socket.socket, head: bytes) -> bool:
        taken.sendall(response("304 Not Modified", b"", "X-Robots-Tag: noai", length=False))
        return True

    old = (("X-Robots-Tag", "all"), ("Content-Type", "text/plain"), ("ETag", '"v1"'))
    server = serve(talk)
    known = Known(url=server.url("/x"), etag='"v1"', headers=old, body=b"old")
    found = _get(fetcher(), server.url("/x"), own=True, known=known)
    assert found.header("x-robots-tag") == "noai"
    assert found.header("content-type") == "text/plain"


# Servers that say 304 and mean nothing by it ----------------------------------------------------


@pytest.mark.parametrize("marks", [('ETag: "v2"',), ("Last-Modified: Wed, 25 Nov 2026 09:00 GMT",)])
def test_a_304_of_something_else_is_asked_for_in_full_once(
    serve: Serve, fetcher: Make, marks: tuple[str, ...]
) -> None:
    def talk(taken: socket.socket, head: bytes) -> bool:
        full = response("200 OK", b"new", *marks)
        other = response("304 Not Modified", b"", *marks, length=False)
        taken.sendall(other if _asked(head) == "if" else full)
        return True

    server = serve(talk)
    known = Known(url=server.url("/x"), etag='"v1"', last_modified=CHANGED, body=b"old")
    found = _get(fetcher(), server.url("/x"), own=True, known=known)
    assert (found.why, found.status, found.body) == ("ok", 200, b"new")
    assert found.notes == ("asked-in-full",)
    assert [hop.status for hop in found.hops] == [304, 200]
    assert [_asked(head) for head in server.heads] == ["if", "full"]


def _always_304(taken: socket.socket, head: bytes) -> bool:
    taken.sendall(response("304 Not Modified", b"", 'ETag: "v2"', length=False))
    return True


@pytest.mark.parametrize(("known", "asked"), [(True, ["if", "full"]), (False, ["full"])])
def test_a_server_that_always_says_304_ends_as_a_bad_answer(
    serve: Serve, fetcher: Make, known: bool, asked: list[str]
) -> None:
    server = serve(_always_304)
    before = Known(url=server.url("/x"), etag='"v1"', body=b"old") if known else None
    found = _get(fetcher(), server.url("/x"), own=True, known=before)
    assert (found.why, found.status, found.body, found.unchanged) == ("bad-answer", 304, b"", None)
    assert found.detail == "304 to a request without a condition"
    assert [_asked(head) for head in server.heads] == asked


def test_a_robots_txt_that_is_always_304_is_unreachable_and_not_without_rules(
    serve: Serve, fetcher: Make
) -> None:
    server = serve(_always_304)
    one = fetcher()
    assert _get(one, server.url("/robots.txt")).why == "bad-answer"
    assert _get(one, server.url("/page")).why == "robots-unreachable"
    assert _get(one, server.url("/other")).why == "robots-unreachable"
    assert set(server.paths) == {"/robots.txt"}
    assert len(server.paths) <= 2


def test_rules_that_a_304_confirms_are_heeded(serve: Serve, fetcher: Make) -> None:
    server = serve(_file(DISALLOWS, 'ETag: "v1"'))
    at = server.url("/robots.txt")
    known = _get(fetcher(), at).known
    one = fetcher()
    assert _get(one, at, known=known).unchanged is not None
    assert _get(one, server.url("/page")).why == "robots"
    assert server.paths == ["/robots.txt", "/robots.txt"]


def test_a_mark_cannot_put_a_header_in(serve: Serve, fetcher: Make) -> None:
    server = serve(_file(b"new", 'ETag: "v2"'))
    known = Known(url=server.url("/x"), etag='"v1"\r\nX-Evil: 1', last_modified="\r\n\0")
    assert _get(fetcher(), server.url("/x"), own=True, known=known).body == b"new"
    assert b'\r\nIf-None-Match: "v1"X-Evil: 1\r\n' in server.heads[0]
    assert b"If-Modified-Since" not in server.heads[0]
