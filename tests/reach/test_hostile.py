"""Servers that mean ill, or are broken. Each ends in time, in bounds, with a word for it."""

from __future__ import annotations

import gzip
import itertools
import socket
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.reach.conftest import QUICK, SMALL, Server, response
from withhold.reach.fetched import Fetched, Limits, Wanted
from withhold.reach.http import Fetcher
from withhold.reach.names import Names

Serve = Callable[..., Server]
Make = Callable[..., Fetcher]
HEAD = b"HTTP/1.1 200 OK\r\n"
SLACK = 1.0
"""How much later than its limit a fetch may end on a busy machine, in seconds."""


def _get(fetcher: Fetcher, url: str, **more: Any) -> Fetched:
    """An own site, so that no robots.txt is asked for first."""
    return fetcher.fetch(Wanted(url=url, own=True, **more))


def _drip(start: bytes, drop: bytes) -> Callable[[socket.socket, bytes], None]:
    def talk(taken: socket.socket, head: bytes) -> None:
        taken.sendall(start)
        while True:
            taken.sendall(drop)
            time.sleep(0.1)

    return talk


@pytest.mark.parametrize(
    ("start", "drop", "status"),
    [
        (b"", b"", 0),
        (b"", b"H", 0),
        (HEAD, b"a: b\r\n", 0),
        (HEAD + b"X: ", b"x", 0),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0),
        (HEAD + b"Content-Length: 1000\r\n\r\n", b"x", 200),
        (HEAD + b"\r\n", b"x", 200),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 200),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0", 200),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"t: x\r\n", 200),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"", mtime=0), 200),
    ],
)
def test_drop_by_drop(serve: Serve, fetcher: Make, start: bytes, drop: bytes, status: int) -> None:
    found = _get(fetcher(limits=QUICK), serve(_drip(start, drop)).url())
    assert (found.why, found.status, found.cut) == ("timeout", status, status == 200)
    assert QUICK.total <= found.seconds < QUICK.total + SLACK
    if drop == b"x" and status:
        assert set(found.body) == {ord("x")}, "what came is kept"


def test_redirects_drop_by_drop_share_one_time(serve: Serve, fetcher: Make) -> None:
    def talk(taken: socket.socket, head: bytes) -> None:
        time.sleep(0.15)
        path = head.split(b" ")[1].decode()
        taken.sendall(response("302 Found", b"", f"Location: {path}x"))

    found = _get(fetcher(limits=QUICK), serve(talk).url())
    assert found.why == "timeout"
    assert found.seconds < QUICK.total + SLACK


def test_nobody_takes_the_connection(fetcher: Make) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:  # the line of those who wait is full
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        found = _get(fetcher(limits=QUICK), f"http://127.0.0.1:{full.getsockname()[1]}/")
        for one in waiting:
            one.close()
    assert found.why == "timeout"
    assert QUICK.connect <= found.seconds < QUICK.connect + SLACK


def test_nobody_listens(fetcher: Make) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        found = _get(fetcher(), f"http://127.0.0.1:{one.getsockname()[1]}/")
    assert (found.why, found.status) == ("refused", 0)


def test_no_such_name(fetcher: Make) -> None:
    found = _get(fetcher(), "https://nowhere.test/")
    assert (found.why, found.detail) == ("dns", "Name or service not known")
    assert _get(fetcher(names=None), "http://nowhere.invalid/").why == "dns"


def test_a_name_server_that_does_not_answer(fetcher: Make) -> None:
    def hangs(host: str) -> tuple[str, ...]:
        time.sleep(2)
        return ("127.0.0.1",)

    found = _get(fetcher(limits=QUICK, names=Names(hangs)), "http://slow.test/")
    assert found.why == "timeout"
    assert found.seconds < QUICK.total + SLACK


# Too much -------------------------------------------------------------------------------------


def _deflated(size: int, times: int = 1) -> bytes:
    """So many zeros as gzip, again and again."""
    data = gzip.compress(bytes(size), 9, mtime=0)
    for _ in range(times - 1):
        data = gzip.compress(data, 9, mtime=0)
    return data


def _brotli(size: int) -> bytes:
    brotli = pytest.importorskip("brotli")
    packed: bytes = brotli.compress(bytes(size), quality=1)
    return packed


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: _deflated(200_000_000),
    "x-gzip": lambda: _deflated(200_000_000),
    "gzip, gzip": lambda: _deflated(200_000_000, 2),
    "gzip, gzip, gzip": lambda: _deflated(200_000_000, 3),
    "deflate": lambda: zlib.compress(bytes(200_000_000), 9),
    "br": lambda: _brotli(50_000_000),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_bombs_stop_at_the_limit(serve: Serve, fetcher: Make, coding: str) -> None:
    bomb = response("200 OK", BOMBS[coding](), f"Content-Encoding: {coding}")
    server = serve({"/": bomb})
    one = fetcher()
    tracemalloc.start()
    found = _get(one, server.url())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.why, found.status, found.cut) == ("too-large", 200, True)
    assert found.body == bytes(SMALL.body)
    assert found.detail == f"more than {SMALL.body} bytes"
    assert peak < 20_000_000
    assert found.seconds < SMALL.total


RULES = b"User-agent: *\nAllow: /\n" + b"# nothing\n" * 90 + b"User-agent: GPTBot\nDisallow: /\n"
PACKED = gzip.compress(RULES, mtime=0)
ZLIB = zlib.compress(RULES)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", PACKED[:-20]),
        ("gzip", PACKED[:-1]),
        ("gzip", PACKED[:12]),
        ("deflate", ZLIB[:-20]),
        ("deflate", b"abcd"),
        ("gzip, gzip", gzip.compress(PACKED, mtime=0)[:-9]),
        ("gzip, gzip", gzip.compress(PACKED[:-9], mtime=0)),
    ],
)
@pytest.mark.parametrize("length", [True, False])
def test_a_compressed_body_without_its_end_is_not_whole(
    serve: Serve, fetcher: Make, coding: str, body: bytes, length: bool
) -> None:
    """Where no length is told, the end of the connection says nothing: it may have been cut."""
    octets = response("200 OK", body, f"Content-Encoding: {coding}", length=length)
    server = serve(lambda taken, _head: taken.sendall(octets))
    found = _get(fetcher(), server.url())
    assert (found.why, found.status, found.cut) == ("bad-answer", 200, True)
    assert RULES.startswith(found.body)


@pytest.mark.parametrize(
    ("coding", "body", "whole"),
    [
        ("gzip", PACKED, RULES),
        ("gzip", PACKED + PACKED, RULES * 2),
        ("gzip", PACKED + b"\x1f", RULES),
        ("gzip", PACKED + b"behind", RULES),
        ("gzip", b"", b""),
        ("deflate", ZLIB + b"behind", RULES),
        ("gzip, gzip", gzip.compress(PACKED, mtime=0), RULES),
    ],
)
def test_a_compressed_body_with_its_end_is_whole(
    serve: Serve, fetcher: Make, coding: str, body: bytes, whole: bytes
) -> None:
    server = serve({"/": response("200 OK", body, f"Content-Encoding: {coding}")})
    found = _get(fetcher(), server.url())
    assert (found.why, found.body, found.cut) == ("ok", whole, False)


def test_of_an_error_the_status_counts_and_not_the_end_of_its_page(
    serve: Serve, fetcher: Make
) -> None:
    octets = response("404 Not Found", PACKED[:-20], "Content-Encoding: gzip")
    found = _get(fetcher(), serve({"/": octets}).url())
    assert (found.why, found.status) == ("ok", 404)


def test_a_raw_deflate_stream(serve: Serve, fetcher: Make) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(b"User-agent: *") + packer.flush()
    server = serve({"/": response("200 OK", body, "Content-Encoding: deflate")})
    assert _get(fetcher(), server.url()).body == b"User-agent: *"


@pytest.mark.parametrize("keep", ["keep-alive", "close"])
def test_a_body_up_to_the_limit_is_whole(serve: Serve, fetcher: Make, keep: str) -> None:
    pages = {
        f"/{more}": response("200 OK", b"x" * (SMALL.body + more), f"Connection: {keep}")
        for more in (0, 1)
    }
    server = serve(pages)
    one = fetcher()
    whole, cut = _get(one, server.url("/0")), _get(one, server.url("/1"))
    assert (whole.why, len(whole.body), whole.cut) == ("ok", SMALL.body, False)
    assert (cut.why, len(cut.body), cut.cut) == ("too-large", SMALL.body, True)


@pytest.mark.parametrize(
    "start",
    [b"\r\n", b"Content-Length: 99999999999\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"],
)
def test_a_body_without_end(serve: Serve, fetcher: Make, start: bytes) -> None:
    def talk(taken: socket.socket, head: bytes) -> None:
        taken.sendall(HEAD + start)
        piece = b"x" * 4096
        while True:
            taken.sendall(b"1000\r\n%b\r\n" % piece if b"chunked" in start else piece)

    found = _get(fetcher(), serve(talk).url())
    assert (found.why, len(found.body), found.cut) == ("too-large", SMALL.body, True)


@pytest.mark.parametrize("empty", [gzip.compress(b"", mtime=0), b"\x00\x00\x00\xff\xff"])
def test_a_body_that_decodes_to_nothing_without_end(
    serve: Serve, fetcher: Make, empty: bytes
) -> None:
    start = b"" if empty.startswith(b"\x1f") else b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

    def talk(taken: socket.socket, head: bytes) -> None:
        taken.sendall(HEAD + b"Content-Encoding: gzip\r\n\r\n" + start)
        while True:
            taken.sendall(empty * 1000)

    found = _get(fetcher(limits=QUICK), serve(talk).url())
    assert found.why in ("too-large", "timeout")
    assert (found.body, found.cut) == (b"", True)
    assert found.seconds < QUICK.total + SLACK


@pytest.mark.parametrize(
    "headers",
    [
        b"X: " + b"x" * 65536,
        b"\r\n".join(b"h%d: " % n + b"x" * 2000 for n in range(50)),
        b"\r\n".join(b"h%d: x" % n for n in range(101)),
        b"X" * 70_000,
    ],
)
def test_too_many_headers(serve: Serve, fetcher: Make, headers: bytes) -> None:
    server = serve({"/": HEAD + headers + b"\r\nContent-Length: 0\r\n\r\n"})
    found = _get(fetcher(), server.url())
    assert (found.why, found.status) == ("too-large", 0)


def test_a_header_of_64_kib_within_the_usual_limit_of_all(serve: Serve, fetcher: Make) -> None:
    page = HEAD + b"Content-Usage: " + b"x" * 65_000 + b"\r\nContent-Length: 1\r\n\r\ny"
    found = _get(fetcher(limits=Limits(total=2)), serve({"/": page}).url())
    assert (found.why, len(found.header("content-usage")), found.body) == ("ok", 65_000, b"y")


def test_endless_headers_and_interim_responses(serve: Serve, fetcher: Make) -> None:
    for line in (b"a: b\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"):

        def talk(taken: socket.socket, head: bytes, line: bytes = line) -> None:
            taken.sendall(HEAD if line.startswith(b"a") else b"")
            for _ in itertools.count():
                taken.sendall(line)

        found = _get(fetcher(), serve(talk).url())
        assert (found.why, found.status) == ("too-large", 0)


# Broken ---------------------------------------------------------------------------------------


def _reset(taken: socket.socket) -> None:
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    taken.close()


@pytest.mark.parametrize(
    ("sent", "status", "body"),
    [
        (b"", 0, b""),
        (HEAD, 0, b""),
        (HEAD + b"Content-Length: 10\r\n\r\n", 200, b""),
    ],
)
def test_a_connection_that_is_reset(
    serve: Serve, fetcher: Make, sent: bytes, status: int, body: bytes
) -> None:
    def talk(taken: socket.socket, head: bytes) -> None:
        taken.sendall(sent)
        time.sleep(0.05)
        _reset(taken)

    found = _get(fetcher(), serve(talk).url())
    assert (found.why, found.status, found.body) == ("reset", status, body)
    assert found.cut == bool(status)


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        (b"Content-Length: 10\r\n\r\nhalf", b"half"),
        (b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", b"half"),
        (b"Transfer-Encoding: chunked\r\n\r\n8\r\nhalf", b"half"),
        (b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\n", b"half"),
        (b"Transfer-Encoding: chunked\r\n\r\n-4\r\nhalf\r\n", None),
    ],
)
def test_a_body_that_ends_too_early(
    serve: Serve, fetcher: Make, sent: bytes, body: bytes | None
) -> None:
    found = _get(fetcher(), serve(lambda taken, _: taken.sendall(HEAD + sent)).url())
    assert (found.why, found.status, found.cut) == ("reset", 200, True)
    assert body is None or found.body == body


def test_a_body_longer_than_it_says(serve: Serve, fetcher: Make) -> None:
    def talk(taken: socket.socket, head: bytes) -> bool:
        taken.sendall(HEAD + b"Content-Length: 4\r\n\r\nUserHTTP/1.1 200 Smuggled\r\n\r\n")
        return True

    server = serve(talk)
    one = fetcher()
    for _ in range(2):
        found = _get(one, server.url())
        assert (found.why, found.line, found.body) == ("ok", "HTTP/1.1 200 OK", b"User")


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 999999 x\r\n\r\n",
        b"\x00\x01\x02\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
        HEAD + b"Content-Encoding: zstd\r\nContent-Length: 5\r\n\r\nplain",
        HEAD + b"Content-Encoding: " + b"gzip," * 9 + b"gzip\r\nContent-Length: 5\r\n\r\nplain",
    ],
)
def test_what_is_no_answer(serve: Serve, fetcher: Make, sent: bytes) -> None:
    found = _get(fetcher(), serve(lambda taken, _: taken.sendall(sent)).url())
    assert found.why == "bad-answer"
    assert found.detail


def test_headers_after_a_broken_line_still_count(serve: Serve, fetcher: Make) -> None:
    page = HEAD + b"A: b\r\nno header at all\r\nX-Robots-Tag: noai\r\nTDM-Reservation: 1\r\n\r\nx"
    found = _get(fetcher(), serve(lambda taken, _: taken.sendall(page)).url())
    assert found.notes == ("headers-damaged",)
    assert found.headers == (("A", "b"), ("X-Robots-Tag", "noai"), ("TDM-Reservation", "1"))
    assert found.why == "ok"


def test_a_folded_header_is_one_line(serve: Serve, fetcher: Make) -> None:
    page = HEAD + b"X-Robots-Tag: noai,\r\n   noarchive\r\nContent-Length: 0\r\n\r\n"
    found = _get(fetcher(), serve({"/": page}).url())
    assert found.header("x-robots-tag") == "noai, noarchive"
