"""What can be asked of a fetch."""

from __future__ import annotations

import pytest

from tests.unit.reach.made import URL, fetched
from withhold.reach.fetched import Headers, Hop, Known


def test_a_header_is_found_without_case_and_joined() -> None:
    one = fetched(headers=(("X-Robots-Tag", "noai"), ("a", "b"), ("x-robots-tag", "noarchive")))
    assert one.header("X-ROBOTS-TAG") == "noai, noarchive"
    assert one.header("Link") == ""


def test_what_is_known_for_the_next_time() -> None:
    marks = (("ETag", 'W/"1"'), ("Last-Modified", "Wed, 25 Nov 2026 12:00:00 GMT"))
    assert fetched(200, b"x", headers=marks, final_url="https://b.example/").known == Known(
        url="https://b.example/",
        etag='W/"1"',
        last_modified="Wed, 25 Nov 2026 12:00:00 GMT",
        line="HTTP/1.1 200 Said",
        headers=marks,
        body=b"x",
    )
    assert fetched().known is None
    assert fetched(404, headers=marks).known is None
    assert fetched(headers=marks, cut=True).known is None
    assert fetched(headers=marks, why="bad-answer").known is None


@pytest.mark.parametrize(
    ("changed", "answered", "counts"),
    [
        ("Wed, 25 Nov 2026 12:00:00 GMT", "Wed, 25 Nov 2026 12:00:01 GMT", True),
        ("Wed, 25 Nov 2026 12:00:00 GMT", "Wed, 25 Nov 2026 12:00:00 GMT", False),
        ("Wed, 25 Nov 2026 12:30:15 GMT", "", False),  # fetched in the quarter after that second
        ("Wed, 25 Nov 2026 12:30:14 GMT", "", True),
        ("Thu, 26 Nov 2026 12:00:00 GMT", "", False),
        ("Wednesday", "", False),
    ],
)
def test_a_last_modified_counts_once_its_second_is_over(
    changed: str, answered: str, counts: bool
) -> None:
    """RFC 9110, 8.8.2.2: in the same second it may change again, and nobody would notice."""
    date = (("Date", answered),) if answered else ()
    known = fetched(headers=(("Last-Modified", changed), *date)).known
    assert (known is not None and known.last_modified == changed) == counts


def test_a_mark_without_end_is_none() -> None:
    long = ("ETag", '"' + "x" * 5000 + '"')
    assert fetched(headers=(long,)).known is None
    known = fetched(headers=(long, ("Last-Modified", "Wed, 25 Nov 2026 12:00:00 GMT"))).known
    assert known is not None
    assert known.etag == ""


@pytest.mark.parametrize(
    ("headers", "meant"),
    [
        ((), True),
        ((("etag", '"1"'),), True),
        ((("ETag", 'W/"1"'),), True),
        ((("ETag", '"2"'),), False),
        ((("ETag", '"1"'), ("Last-Modified", "Thu, 26 Nov 2026 12:00:00 GMT")), True),
        ((("Last-Modified", "Wed, 25 Nov 2026 12:00:00 GMT"),), True),
        ((("Last-Modified", "Thu, 26 Nov 2026 12:00:00 GMT"),), False),
        ((("ETag", '"1"'), ("ETag", '"2"')), False),
    ],
)
def test_what_a_304_speaks_of(headers: Headers, meant: bool) -> None:
    one = Known(url=URL, etag='W/"1"', last_modified="Wed, 25 Nov 2026 12:00:00 GMT")
    assert one.is_meant(headers) == meant


def test_a_304_updates_headers_but_not_those_of_the_body() -> None:
    """RFC 9111, 3.2."""
    old = (("Content-Length", "9"), ("content-type", "text/plain"), ("A", "1"), ("a", "2"))
    new = (("Content-Length", "0"), ("Content-Type", "x/y"), ("A", "3"), ("B", "4"))
    assert Known(url=URL, headers=old).updated(new) == (
        ("Content-Length", "9"),
        ("content-type", "text/plain"),
        ("A", "3"),
        ("B", "4"),
    )


def test_what_is_confirmed_has_a_304_as_its_last_hop() -> None:
    hop = Hop(url=URL, status=304, of=Known(url=URL))
    assert fetched(200, b"x", unchanged=hop).hops == (hop,)


def test_hops_are_the_redirects_and_the_last_response() -> None:
    first = Hop(url="http://a.example/", status=301)
    one = fetched(200, b"x", redirects=(first,))
    assert [(hop.url, hop.status, hop.body) for hop in one.hops] == [
        ("http://a.example/", 301, b""),
        (URL, 200, b"x"),
    ]
    assert fetched(0, why="dns", redirects=(first,)).hops == (first,)
