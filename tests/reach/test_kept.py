"""A site asked twice with everything kept; the server's own count says what was asked for."""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.reach.conftest import NOW, Server, response
from withhold.reach.http import Fetcher
from withhold.verbs.fetch_site import SiteFetched, fetch_site, fetch_sites
from withhold.verbs.kept import Evidence, Keeping
from withhold.verbs.sites import of_fetched

Serve = Callable[..., Server]
Make = Callable[..., Fetcher]
PATHS = ("/robots.txt", "/", "/.well-known/tdmrep.json", "/ai.txt", "/l.xml")
ROBOTS = b"User-agent: *\nDisallow: /private\nLicense: /l.xml\n"


class Site:
    """Files with an ETag each; counts what it answered, by path and status."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, tuple[str, ...]]] = {
            "/robots.txt": (ROBOTS, ()),
            "/": (b"<html>", ("Content-Usage: train-ai=n",)),
            "/.well-known/tdmrep.json": (b'[{"location": "/", "tdm-reservation": 1}]', ()),
            "/l.xml": (b"<rsl/>", ()),
        }
        self.answered: Counter[tuple[str, int]] = Counter()

    def __call__(self, taken: socket.socket, head: bytes) -> bool:
        """Answers one request."""
        path = head.split(b" ")[1].decode()
        if path not in self.files:
            self.answered[path, 404] += 1
            taken.sendall(response("404 Not Found", b"no"))
            return True
        body, headers = self.files[path]
        etag = f'"{hash(body) & 0xFFFF:x}"'
        asked = re.search(rb"^If-None-Match: (.*)\r$", head, re.MULTILINE)
        if asked and asked[1].decode() == etag:
            self.answered[path, 304] += 1
            taken.sendall(response("304 Not Modified", b"", f"ETag: {etag}", length=False))
        else:
            self.answered[path, 200] += 1
            taken.sendall(response("200 OK", body, f"ETag: {etag}", *headers))
        return True


Visit = Callable[..., tuple[SiteFetched, Evidence]]


@pytest.fixture
def visit(fetcher: Make, tmp_path: Path) -> Visit:
    """Fetches a site as one run does, and what is kept of that run."""

    def go(url: str, **more: Any) -> tuple[SiteFetched, Evidence]:
        keeping = Keeping(tmp_path / "home", lambda: NOW, "withhold/test")
        before = keeping.before(url)
        found = fetch_site(url, fetcher(keep=keeping.add), before=before, **more)
        keeping.note(found)
        return found, keeping.close()

    return go


def _read(found: SiteFetched) -> list[tuple[Any, ...]]:
    """All that is answered by: of each file its bytes, its headers and what is missing."""
    seen = of_fetched(found)
    parts = (seen.robots, seen.page, seen.tdmrep, seen.ai_txt, *seen.licences)
    return [(one.place, one.body, sorted(one.headers), one.missing, one.detail) for one in parts]


def _records(path: str) -> list[Any]:
    """Type, address, WARC fields, HTTP status and body of each record, as warcio reads them."""
    with Path(path).open("rb") as file:
        return [
            (
                one.rec_type,
                one.rec_headers.get_header("WARC-Target-URI"),
                one.rec_headers,
                one.http_headers.get_statuscode() if one.http_headers else "",
                one.content_stream().read(),
            )
            for one in ArchiveIterator(file, check_digests="raise")
        ]


def test_the_second_time_only_what_changed_is_sent(serve: Serve, visit: Visit) -> None:
    site = Site()
    server = serve(site)
    url = server.url("", "a.test")
    first, kept = visit(url)
    assert [site.answered[path, 200] for path in PATHS] == [1, 1, 1, 0, 1]
    site.answered.clear()
    again, kept_again = visit(url)
    assert site.answered == {
        ("/robots.txt", 304): 1,
        ("/", 200): 1,
        ("/.well-known/tdmrep.json", 304): 1,
        ("/ai.txt", 404): 1,
        ("/l.xml", 304): 1,
    }
    assert _read(again) == _read(first)
    assert (kept.unchanged, kept_again.unchanged) == (0, 3)
    assert [one.earlier for one in kept_again.files] == [False, True]
    assert kept_again.files[1].path == kept.files[0].path


def test_a_revisit_refers_to_the_record_that_has_the_body(serve: Serve, visit: Visit) -> None:
    server = serve(Site())
    url = server.url("", "a.test")
    _, kept = visit(url)
    _, again = visit(url)
    bodies = {
        head.get_header("WARC-Record-ID"): (at, head.get_header("WARC-Date"), body)
        for kind, at, head, _, body in _records(kept.files[0].path)
        if kind == "response"
    }
    revisits = [one for one in _records(again.files[0].path) if one[0] == "revisit"]
    assert [(at, status) for _, at, _, status, _ in revisits] == [
        (f"{url}{path}", "304") for path in ("/robots.txt", "/.well-known/tdmrep.json", "/l.xml")
    ]
    for _, at, head, _, _ in revisits:
        asked, date, body = bodies[head.get_header("WARC-Refers-To")]
        assert asked == at == head.get_header("WARC-Refers-To-Target-URI")
        assert date == head.get_header("WARC-Refers-To-Date")
        assert body


@pytest.mark.skipif(not find_spec("fastwarc"), reason="a second reader, where it is installed")
def test_fastwarc_reads_both_runs(serve: Serve, visit: Visit) -> None:
    from fastwarc.warc import ArchiveIterator as Fast
    from fastwarc.warc import WarcRecordType as Kind

    url = serve(Site()).url("", "a.test")
    kinds: list[list[Any]] = []
    for _ in range(2):
        _, kept = visit(url)
        with Path(kept.files[0].path).open("rb") as file:
            records = []
            for one in Fast(file, parse_http=False):
                assert one.verify_block_digest()
                records.append(one.record_type)
            kinds.append(records)
    pair = [Kind.response, Kind.request]
    assert kinds[0] == [Kind.warcinfo, *pair * 5]
    counts = [kinds[1].count(one) for one in (Kind.revisit, Kind.response, Kind.request)]
    assert counts == [3, 2, 5]


def test_a_header_that_is_gone_is_seen_though_the_page_is_the_same(
    serve: Serve, visit: Visit
) -> None:
    """A 304 need not repeat headers: were the page asked conditionally, the no would live on."""
    site = Site()
    url = serve(site).url("", "a.test")
    first, _ = visit(url)
    site.files["/"] = (b"<html>", ())
    again, _ = visit(url)
    assert first.page.header("content-usage") == "train-ai=n"
    assert again.page.header("content-usage") == ""


def test_what_changed_is_read_anew_and_remembered(serve: Serve, visit: Visit) -> None:
    site = Site()
    url = serve(site).url("", "a.test")
    visit(url)
    site.files["/robots.txt"] = (b"User-agent: *\nDisallow: /\n", ())
    changed, _ = visit(url)
    assert changed.robots.body == b"User-agent: *\nDisallow: /\n"
    assert changed.page.why == "robots"
    site.answered.clear()
    visit(url)
    assert site.answered["/robots.txt", 304] == 1


@pytest.mark.parametrize("harm", ["gone", "changed", "cut"])
def test_where_the_body_is_gone_all_is_fetched_in_full(
    serve: Serve, visit: Visit, harm: str
) -> None:
    site = Site()
    url = serve(site).url("", "a.test")
    first, kept = visit(url)
    path = Path(kept.files[0].path)
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:700] + (b"" if harm == "cut" else b"x" * 20_000))
    site.answered.clear()
    again, _ = visit(url)
    assert {status for _, status in site.answered} == {200, 404}
    assert _read(again) == _read(first)


def test_without_keeping_nothing_is_conditional(serve: Serve, visit: Visit, fetcher: Make) -> None:
    site = Site()
    url = serve(site).url("", "a.test")
    visit(url)
    site.answered.clear()
    found = fetch_site(url, fetcher())
    assert {status for _, status in site.answered} == {200, 404}
    assert all(one.kept is None for one in found.all)


def test_the_robots_txt_of_a_host_that_only_we_asked_is_kept_too(
    serve: Serve, visit: Visit
) -> None:
    other = serve({"/robots.txt": response("200 OK", b"# other"), "/x": response()})
    away = f"Location: {other.url('/x', 'b.test')}"
    server = serve({"/": response("302 Found", b"", away)})
    _, kept = visit(server.url("", "a.test"))
    assert other.paths == ["/robots.txt", "/x"]
    kinds = [(kind, at) for kind, at, _, _, _ in _records(kept.files[0].path)]
    assert ("response", other.url("/robots.txt", "b.test")) in kinds
    assert sum(kind == "response" for kind, _ in kinds) == kept.responses == 6


def test_a_body_over_the_limit_says_so_in_its_record(serve: Serve, visit: Visit) -> None:
    large = b"x" * 70_000  # the fixture's fetcher reads 64 KiB
    _, kept = visit(serve({"/": response("200 OK", large)}).url("", "a.test"))
    (page,) = (one for one in _records(kept.files[0].path) if len(one[4]) > 1000)
    assert page[2].get_header("WARC-Truncated") == "length"
    assert len(page[4]) == 64 * 1024


def test_of_many_sites_each_is_asked_by_what_is_kept_of_it(
    serve: Serve, fetcher: Make, tmp_path: Path
) -> None:
    sites = [Site() for _ in range(6)]
    for number, site in enumerate(sites):
        site.files["/robots.txt"] = (ROBOTS + b"# %d\n" % number, ())
    servers = [serve(site, host=f"127.0.0.{n}") for n, site in enumerate(sites, start=1)]
    urls = [one.url("") for one in servers]
    bodies = []
    for _ in range(2):
        keeping = Keeping(tmp_path / "home", lambda: NOW, "withhold/test")
        one = fetcher(allow_private=True, keep=keeping.add)
        found = list(fetch_sites(urls, one, in_all=4, before=keeping.before))
        for each in found:
            keeping.note(each)
        assert keeping.close().trouble == ""
        bodies.append({each.origin: each.robots.body for each in found})
    assert bodies[0] == bodies[1]
    assert len(set(bodies[1].values())) == 6
    assert all(site.answered["/robots.txt", 304] == 1 for site in sites)
    assert all(site.answered["/", 200] == 2 for site in sites)
