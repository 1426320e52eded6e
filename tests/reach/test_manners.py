"""robots.txt as we respect it, and many hosts at once with little at each."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.reach.conftest import Server, response
from withhold.reach.fetched import Fetched, Limits, Wanted
from withhold.reach.http import Fetcher
from withhold.reach.polite import fetch_all

Serve = Callable[..., Server]
Make = Callable[..., Fetcher]


def _get(fetcher: Fetcher, url: str, **more: Any) -> Fetched:
    return fetcher.fetch(Wanted(url=url, **more))


REFUSED = response("200 OK", b"User-agent: withhold\nDisallow: /private\n")


def test_a_site_that_refuses_us_is_left_alone(serve: Serve, fetcher: Make) -> None:
    server = serve({"/robots.txt": REFUSED, "/": response("200 OK", b"x")})
    one = fetcher()
    found = _get(one, server.url("/private"))
    assert (found.why, found.status) == ("robots", 0)
    assert found.detail == "line 2: Disallow: /private"
    assert _get(one, server.url()).body == b"x"
    assert server.paths == ["/robots.txt", "/"]


def test_the_robots_txt_itself_is_always_fetched(serve: Serve, fetcher: Make) -> None:
    refuses = response("200 OK", b"User-agent: *\nDisallow: /\n")
    moved = response("302 Found", b"", "Location: /rules/robots.txt")
    server = serve({"/robots.txt": moved, "/rules/robots.txt": refuses})
    one = fetcher()
    found = _get(one, server.url("/robots.txt"))
    assert (found.why, found.body) == ("ok", b"User-agent: *\nDisallow: /\n")
    assert _get(one, server.url("/")).why == "robots"
    assert server.paths == ["/robots.txt", "/rules/robots.txt"], "fetched once, and it counts"


def test_a_redirect_to_what_is_refused_is_not_followed(serve: Serve, fetcher: Make) -> None:
    server = serve({"/robots.txt": REFUSED, "/": response("302 Found", b"", "Location: /private")})
    found = _get(fetcher(), server.url())
    assert (found.why, found.final_url) == ("robots", server.url("/private"))
    assert "/private" not in server.paths


def test_own_sites_are_fetched_all_the_same(serve: Serve, fetcher: Make) -> None:
    server = serve({"/robots.txt": REFUSED, "/private": response("200 OK", b"mine")})
    assert _get(fetcher(), server.url("/private"), own=True).body == b"mine"
    assert server.paths == ["/private"]


def test_own_ends_where_the_site_does(serve: Serve, fetcher: Make) -> None:
    server = serve({"/robots.txt": REFUSED, "/private": response("200 OK", b"x")})
    to = {
        host: response("302 Found", b"", f"Location: {server.url('/private', host)}")
        for host in ("b.test", "www.a.test")
    }
    first = serve({"/b": to["b.test"], "/www": to["www.a.test"]})
    one = fetcher()
    assert _get(one, first.url("/b", "a.test"), own=True).why == "robots"
    assert _get(one, first.url("/www", "a.test"), own=True).body == b"x"


@pytest.mark.parametrize(
    ("robots", "why"),
    [
        (response("404 Not Found"), "ok"),
        (response("403 Forbidden", b"User-agent: *\nDisallow: /"), "ok"),
        (response("500 Oops"), "robots-unreachable"),
        (response("503 Later", b"User-agent: *\nAllow: /"), "robots-unreachable"),
        (response("429 Too Many"), "robots-unreachable"),
        (response("302 Found", b"", "Location: /robots.txt"), "ok"),
        (
            response("302 Found", b"", "Location: http://nowhere.test/robots.txt"),
            "robots-unreachable",
        ),
        (b"nonsense\r\n\r\n", "robots-unreachable"),
        (b"", "robots-unreachable"),
    ],
)
def test_what_a_robots_txt_that_is_not_there_means(
    serve: Serve, fetcher: Make, robots: bytes, why: str
) -> None:
    def talk(taken: socket.socket, head: bytes) -> bool:
        taken.sendall(robots if b" /robots.txt " in head else response("200 OK", b"x"))
        return b" /robots.txt " not in head or robots.startswith(b"HTTP")

    server = serve(talk)
    one = fetcher()
    assert [_get(one, server.url(path)).why for path in ("/1", "/2")] == [why, why]
    assert server.paths.count("/1") == (why == "ok")


def test_a_slow_robots_txt_leaves_no_time_for_more(serve: Serve, fetcher: Make) -> None:
    def talk(taken: socket.socket, head: bytes) -> None:
        time.sleep(0.4)
        there = f"http://b.test:{taken.getsockname()[1]}/x"
        moved = response("302 Found", b"", f"Location: {there}")
        taken.sendall(moved if b" / " in head else response("404 Not Found"))

    server = serve(talk)
    found = _get(fetcher(limits=Limits(total=1)), server.url())
    assert (found.why, found.detail, found.status) == ("timeout", "its robots.txt", 0)
    assert found.seconds < 2
    assert server.paths == ["/robots.txt", "/", "/robots.txt"]


# Many at once ---------------------------------------------------------------------------------


def test_many_hosts_at_once_and_one_connection_at_a_host(serve: Serve, fetcher: Make) -> None:
    now: list[int] = [0, 0]
    lock = threading.Lock()

    def slow(taken: socket.socket, head: bytes) -> bool:
        with lock:
            now[0] += 1
            now[1] = max(now)
        time.sleep(0.02)
        with lock:
            now[0] -= 1
        taken.sendall(response("200 OK", head.split(b" ")[1]))
        return True

    servers = [serve(slow, host=f"127.0.0.{n}") for n in range(1, 5)]
    wanted = [Wanted(url=one.url(f"/{n}"), own=True) for n in range(5) for one in servers]
    with fetcher(allow_private=True) as one:
        found = list(fetch_all(one, wanted, in_all=8))
    assert sorted(each.url for each in found) == sorted(each.url for each in wanted)
    assert {each.why for each in found} == {"ok"}
    assert 1 < now[1] <= 4
    assert [each.paths for each in servers] == [[f"/{n}" for n in range(5)]] * 4
    assert [each.connections for each in servers] == [1] * 4


def test_redirects_do_not_crowd_a_host(serve: Serve, fetcher: Make) -> None:
    now: list[int] = [0, 0]
    lock = threading.Lock()

    def slow(taken: socket.socket, head: bytes) -> bool:
        with lock:
            now[0] += 1
            now[1] = max(now)
        time.sleep(0.02)
        with lock:
            now[0] -= 1
        taken.sendall(response("200 OK", b"x"))
        return True

    target = serve(slow)
    moved = response("302 Found", b"", f"Location: {target.url('/', 'b.test')}")
    fronts = [serve({"/": moved}, host=f"127.0.0.{n}") for n in range(2, 8)]
    with fetcher(allow_private=True) as one:
        found = list(fetch_all(one, [Wanted(url=each.url(), own=True) for each in fronts]))
    assert {each.why for each in found} == {"ok"}
    assert now[1] == 1


def test_closing_ends_what_is_under_way(serve: Serve, fetcher: Make) -> None:
    def never(taken: socket.socket, head: bytes) -> None:
        taken.recv(1)

    server = serve(never)
    one = fetcher(limits=Limits(total=30))
    found: list[Fetched] = []
    thread = threading.Thread(target=lambda: found.append(_get(one, server.url(), own=True)))
    thread.start()
    while not server.heads:
        time.sleep(0.01)
    one.close()
    thread.join(2)
    assert [each.why for each in found] == ["stopped"]
    assert _get(one, server.url(), own=True).why == "stopped"
