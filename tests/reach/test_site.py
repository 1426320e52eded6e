"""A whole site over the wire, and its evidence read back."""

from __future__ import annotations

import io
from collections.abc import Callable

from warcio.archiveiterator import ArchiveIterator

from tests.reach.conftest import Server, response
from withhold.reach.http import Fetcher
from withhold.reach.warc import warc
from withhold.verbs.fetch_site import fetch_site, fetch_sites

Serve = Callable[..., Server]
Make = Callable[..., Fetcher]


def _pages(server: str = "") -> dict[str, bytes]:
    robots = b"User-agent: *\nDisallow: /private\nLicense: /l.xml\n"
    return {
        "/robots.txt": response("200 OK", robots, "Content-Type: text/plain"),
        "/": response("200 OK", b"<html>", "Content-Usage: train-ai=n", "Set-Cookie: a=b"),
        "/.well-known/tdmrep.json": response("200 OK", b"[]"),
        "/l.xml": response("200 OK", b"<rsl/>"),
    }


def test_a_site_with_its_evidence(serve: Serve, fetcher: Make) -> None:
    server, other = serve(_pages()), serve({"/robots.txt": response("200 OK", b"# other")})
    found = fetch_site(server.url("", "a.test"), fetcher(), subdomains=[other.url("", "b.test")])
    assert [one.status for one in found.all] == [200, 200, 200, 404, 200, 200]
    assert found.page.header("content-usage") == "train-ai=n"
    assert [one.url for one in found.licences] == [server.url("/l.xml", "a.test")]
    assert found.differing == found.elsewhere
    assert server.paths == ["/robots.txt", "/", "/.well-known/tdmrep.json", "/ai.txt", "/l.xml"]
    data = b"".join(warc(one) for one in found.all)
    assert b"a=b" not in data
    bodies = [
        record.content_stream().read()
        for record in ArchiveIterator(io.BytesIO(data), check_digests="raise")
        if record.rec_type == "response"
    ]
    assert bodies == [one.body for one in found.all]


def test_many_sites_that_are_served_and_one_that_is_not(serve: Serve, fetcher: Make) -> None:
    servers = [serve(_pages(), host=f"127.0.0.{n}") for n in range(1, 6)]
    sites = [one.url("") for one in servers] + ["http://nowhere.test:81"]
    found = {one.origin: one for one in fetch_sites(sites, fetcher(allow_private=True), in_all=3)}
    assert set(found) == set(sites)
    assert {one.robots.status for one in found.values()} == {200, 0}
    gone = found["http://nowhere.test:81"]
    assert {one.why for one in gone.all} == {"dns", "robots-unreachable"}
