"""An EPUB or PDF that was asked for by its path may be larger than a page; nothing else may."""

from __future__ import annotations

import gzip

import pytest
from msgspec.structs import replace

from tests.reach.conftest import SMALL, response
from tests.reach.test_hostile import Make, Serve
from withhold.reach.fetched import Wanted
from withhold.verbs.fetch_site import fetch_site

LIMITS = replace(SMALL, document=512 * 1024)
BODY = b"%PDF-1.7\n" + bytes(300 * 1024)
TOO_LARGE = b"%PDF-1.7\n" + bytes(600 * 1024)


@pytest.mark.parametrize(
    ("kind", "path", "asked", "why", "size"),
    [
        ("application/pdf", "/a", True, "ok", len(BODY)),
        ("application/epub+zip; x=y", "/a", True, "ok", len(BODY)),
        ("application/octet-stream", "/a.pdf", True, "ok", len(BODY)),
        ("application/pdf", "/a", False, "too-large", SMALL.body),
        ("text/html", "/a.pdf", True, "too-large", SMALL.body),
        ("application/octet-stream", "/a", True, "too-large", SMALL.body),
    ],
)
def test_how_large_it_may_be(
    serve: Serve, fetcher: Make, kind: str, path: str, asked: bool, why: str, size: int
) -> None:
    server = serve({path: response("200 OK", BODY, f"Content-Type: {kind}")})
    found = fetcher(limits=LIMITS).fetch(Wanted(url=server.url(path), document=asked))
    assert (found.why, len(found.body)) == (why, size)


@pytest.mark.parametrize("packed", [False, True])
def test_its_own_limit_holds(serve: Serve, fetcher: Make, packed: bool) -> None:
    body = gzip.compress(TOO_LARGE, mtime=0) if packed else TOO_LARGE
    more = ["Content-Encoding: gzip"] if packed else []
    server = serve({"/a.pdf": response("200 OK", body, "Content-Type: application/pdf", *more)})
    found = fetcher(limits=LIMITS).fetch(Wanted(url=server.url("/a.pdf"), document=True))
    assert (found.why, len(found.body), found.cut) == ("too-large", LIMITS.document, True)


@pytest.mark.parametrize(("path", "why"), [("/a.pdf", "ok"), ("/", "too-large")])
def test_of_a_site_only_a_path_that_was_named(
    serve: Serve, fetcher: Make, path: str, why: str
) -> None:
    """A front page that is a large PDF was asked for by nobody."""
    server = serve({path: response("200 OK", BODY, "Content-Type: application/pdf")})
    found = fetch_site(server.url(), fetcher(limits=LIMITS), path=path)
    assert found.page.why == why
