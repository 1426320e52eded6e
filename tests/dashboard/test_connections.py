"""Forms and requests over real connections: too much, too slow, cut off, and none at all."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.dropping import BOUNDARY, HASTY, SMALL, Took, left, multipart
from tests.dashboard.threaded import Running, rest, running
from withhold.faces.web.connection import Connection
from withhold.faces.web.forms import Limits


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


# As it arrives -----------------------------------------------------------------------------------


@pytest.fixture
def live(home: Path, took: Took) -> Callable[[Limits], Any]:
    return lambda limits: running(home, limits)


def form(site: Running, *more: str, path: str = "/drop") -> bytes:
    kind = f"Content-Type: multipart/form-data; boundary={BOUNDARY}"
    return site.head("POST", path, kind, *more)


def body_of(site: Running, content: bytes) -> bytes:
    csrf = ('name="csrf"', site.guarding.csrf(site.session).encode())
    return multipart(csrf, ('name="f"; filename="f"', content))


def chunked(data: bytes, size: int = 8000) -> bytes:
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in parts)


def test_a_file_in_chunks_arrives(live: Any, took: Took, home: Path) -> None:
    content = b"0123456789" * 9000
    with live(SMALL) as site:
        whole = chunked(body_of(site, content)) + b"0\r\n\r\n"
        answer = site.asked(form(site, "Transfer-Encoding: chunked", "Connection: close"), whole)
    assert answer.startswith(b"HTTP/1.1 303")
    assert took.bytes == [content]


def test_a_length_that_is_too_large_is_refused_before_it_comes(
    live: Any, took: Took, home: Path
) -> None:
    with live(SMALL) as site:
        for length in ("200000", "99999999999999999999"):
            answer = site.asked(form(site, f"Content-Length: {length}", "Connection: close"))
            assert answer.startswith((b"HTTP/1.1 413", b"HTTP/1.1 400"))
        fields = "Content-Type: application/x-www-form-urlencoded"
        answer = site.asked(site.head("POST", "/say", fields, "Content-Length: 4001"))
        assert answer.startswith(b"HTTP/1.1 413")
    assert took.asks == []


def test_without_a_length_it_ends_at_the_limit(live: Any, took: Took, home: Path) -> None:
    with live(SMALL) as site:
        whole = chunked(body_of(site, b"x" * 2_000_000))
        answer = site.asked(form(site, "Transfer-Encoding: chunked"), whole)
        assert answer.startswith(b"HTTP/1.1 413")
        fields = "Content-Type: application/x-www-form-urlencoded"
        head = site.head("POST", "/say", fields, "Transfer-Encoding: chunked")
        assert site.asked(head, chunked(b"a=" + b"x" * 5000)).startswith(b"HTTP/1.1 413")
    assert took.asks == []
    assert left(home) == []


def test_what_follows_the_end_of_a_form_counts_too(live: Any, took: Took, home: Path) -> None:
    with live(SMALL) as site:
        whole = chunked(body_of(site, b"x") + b"\r\n" * 150_000)
        answer = site.asked(form(site, "Transfer-Encoding: chunked"), whole)
    assert answer.startswith(b"HTTP/1.1 413")
    assert took.asks == []
    assert left(home) == []


def test_who_falls_silent_is_cut_off(live: Any, took: Took, home: Path) -> None:
    with live(HASTY) as site:
        half = body_of(site, b"x" * 9000)[:5000]
        answer = site.asked(form(site, "Content-Length: 9500"), half)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"took too long" in answer
    assert left(home) == []


def test_who_only_drips_is_cut_off(live: Any, took: Took, home: Path) -> None:
    with live(HASTY) as site:
        drops = [b"x"] * 40
        start = body_of(site, b"")[:-20]
        answer = site.asked(form(site, "Content-Length: 9500"), start, *drops, pause=0.05)
    assert answer.startswith(b"HTTP/1.1 408")
    assert left(home) == []


def test_who_goes_away_leaves_nothing(live: Any, took: Took, home: Path) -> None:
    with live(Limits(spare=0)) as site:
        with site.connected() as sock:
            sock.sendall(form(site, "Content-Length: 4000000"))
            sock.sendall(body_of(site, b"x" * 3_000_000))
            _until(lambda: left(home) != [])
        _until(lambda: left(home) == [])
    assert took.asks == []


def test_the_server_ends_in_the_middle_of_an_upload(live: Any, took: Took, home: Path) -> None:
    with live(Limits(spare=0)) as site, site.connected() as sock:
        sock.sendall(form(site, "Content-Length: 4000000"))
        sock.sendall(body_of(site, b"x" * 1000)[:-20])
        _until(lambda: left(home) != [])
    assert left(home) == []


def _until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it never came so")


# Connections -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"nothing\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 700_000 + b"\r\n\r\n",
    ],
)
def test_a_request_that_is_none(live: Any, request_: bytes) -> None:
    with live(SMALL) as site:
        answer = site.asked(request_)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith((b"HTTP/1.1 400", b"HTTP/1.1 421"))
    assert b"content-security-policy: default-src 'none'" in head
    assert b"x-content-type-options: nosniff" in head
    assert len(body) < 100


@pytest.mark.parametrize(
    "target", ["http://evil.example/", "*", "evil.example:80", "//evil.example/"]
)
def test_a_target_that_is_no_path_of_ours(live: Any, target: str) -> None:
    with live(SMALL) as site:
        end = "Connection: close"
        answer = site.asked(site.head("GET", f"{target}?token={site.guarding.token}", end))
        plain = site.asked(site.head("GET", target, end))
    assert b"evil" not in answer.partition(b"\r\n\r\n")[0]
    assert plain.startswith((b"HTTP/1.1 400", b"HTTP/1.1 404"))


def test_headers_that_never_end(live: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "headers_within", 0.2)
    with live(SMALL) as site:
        assert site.asked() == b""
        assert site.asked(b"GET / HTTP/1.1\r\nHost: ", b"a", b"b", pause=0.1) == b""
        with site.connected() as sock:  # also where one request was answered before
            sock.sendall(site.head("GET", "/nowhere"))
            assert sock.recv(65536).startswith(b"HTTP/1.1 404")
            sock.sendall(b"GET / HTTP/1.1\r\n")
            assert b"HTTP" not in rest(sock)[-20:]


def test_too_many_connections(live: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "connections_at_most", 2)
    with live(SMALL) as site, site.connected(), site.connected():
        assert site.asked(site.head("GET", "/")) == b""
    with live(SMALL) as site, site.connected():
        end = "Connection: close"
        assert site.asked(site.head("GET", "/nowhere", end)).startswith(b"HTTP/1.1 404")
