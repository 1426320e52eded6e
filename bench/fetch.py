"""Fetching 1,000 sites from loopback, against a bare urllib3 fetch of the same files.

Four files of each site: robots.txt, the page, tdmrep.json, ai.txt. Ours adds to urllib3: names
pinned and checked, robots.txt asked, limits on time and size, every header and hop kept; with
``--evidence`` also WARC records. Both sides use as many threads, and keep a connection while it is
of use. The server is another process, so that it shares no interpreter with either side; each
site is a loopback address of its own. Both sides are measured in one run, turn by turn, and the
best turn of each counts.

    python bench/fetch.py [--sites 1000] [--threads 16] [--turns 3] [--evidence]
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import urllib3

import measured
from withhold.reach.http import Fetcher
from withhold.reach.warc import warc
from withhold.verbs.fetch_site import fetch_sites

ROBOTS = b"".join(
    b"User-agent: Bot%d\nDisallow: /private/%d\nAllow: /\n\n" % (n, n) for n in range(20)
)
PAGE = b"<!doctype html><title>x</title><meta name=robots content=noai>" + b"<p>words</p>" * 1500
FILES = {
    b"/robots.txt": (b"200 OK", ROBOTS),
    b"/": (b"200 OK", PAGE),
    b"/.well-known/tdmrep.json": (b"200 OK", b'[{"location": "/", "tdm-reservation": 1}]'),
    b"/ai.txt": (b"404 Not Found", b"no"),
}
RESPONSES = {
    path: b"HTTP/1.1 %b\r\nServer: bench\r\nContent-Type: text/plain\r\nX-Robots-Tag: noai\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (status, len(body), body)
    for path, (status, body) in FILES.items()
}
AT_MOST = 2.0


class Talk(asyncio.Protocol):
    """Answers each request head, however many come over one connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.read = b""

    def data_received(self, data: bytes) -> None:
        self.read += data
        while b"\r\n\r\n" in self.read:
            head, _, self.read = self.read.partition(b"\r\n\r\n")
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.write(RESPONSES[head.split(b" ", 2)[1]])


def serve(tell: Connection) -> None:
    """Every loopback address, on one port, which is told."""

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(
            Talk,
            "0.0.0.0",  # noqa: S104 - all of 127/8, for a moment
            0,
            backlog=1024,
        )
        tell.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def ours(sites: list[str], threads: int, evidence: bool) -> int:
    """Octets of bodies fetched."""
    size = 0
    with Fetcher("bench@withhold.example", lambda: datetime.now(UTC), allow_private=True) as one:
        for site in fetch_sites(sites, one, in_all=threads):
            assert not site.elsewhere
            for fetched in site.all:
                assert fetched.why == "ok", fetched
                size += len(fetched.body)
                if evidence:
                    warc(fetched)
    return size


def bare(sites: list[str], threads: int) -> int:
    """The same files by urllib3 alone."""
    pool = urllib3.PoolManager(num_pools=2 * threads, timeout=20, retries=False)

    def fetch(site: str) -> int:
        return sum(
            len(pool.request("GET", site + path.decode(), redirect=False).data) for path in FILES
        )

    with ThreadPoolExecutor(threads) as executor:
        size = sum(executor.map(fetch, sites))
    pool.clear()
    return size


def seconds(work: Callable[[], int], expected: int) -> float:
    began = time.perf_counter()
    assert work() == expected
    return time.perf_counter() - began


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--sites", type=int, default=1000)
    arguments.add_argument("--threads", type=int, default=16)
    arguments.add_argument("--turns", type=int, default=3)
    arguments.add_argument("--evidence", action="store_true")
    given = arguments.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    sites = [f"http://127.0.{1 + n // 250}.{1 + n % 250}:{port}" for n in range(given.sites)]
    expected = given.sites * sum(len(body) for _, body in FILES.values())
    best = {"withhold": float("inf"), "bare urllib3": float("inf")}
    for _ in range(given.turns):
        took = seconds(lambda: bare(sites, given.threads), expected)
        best["bare urllib3"] = min(best["bare urllib3"], took)
        took = seconds(lambda: ours(sites, given.threads, given.evidence), expected)
        best["withhold"] = min(best["withhold"], took)
    server.terminate()
    server.join()
    for name, took in best.items():
        print(f"{name:14}{took:7.2f} s   {given.sites / took:7.0f} sites a second")
    ratio = best["withhold"] / best["bare urllib3"]
    print(f"{ratio:.2f} times a bare fetch (to reach: at most {AT_MOST:.0f})")
    measured.told(
        "fetch/evidence" if given.evidence else "fetch/plain",
        "four files of each site fetched" + ", as WARC records" * given.evidence,
        best["withhold"],
        "s",
        theirs=best["bare urllib3"],
        yardstick="bare urllib3 for the same files",
        most=AT_MOST,
        size=f"{given.sites:,} sites, {given.threads} threads",
    )


if __name__ == "__main__":
    main()
