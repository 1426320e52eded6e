"""What can be asked of a fetch."""

from __future__ import annotations

from tests.unit.reach.made import URL, fetched
from withhold.reach.fetched import Hop, Known


def test_a_header_is_found_without_case_and_joined() -> None:
    one = fetched(headers=(("X-Robots-Tag", "noai"), ("a", "b"), ("x-robots-tag", "noarchive")))
    assert one.header("X-ROBOTS-TAG") == "noai, noarchive"
    assert one.header("Link") == ""


def test_what_is_known_for_the_next_time() -> None:
    marks = (("ETag", 'W/"1"'), ("Last-Modified", "Wed, 25 Nov 2026 12:00:00 GMT"))
    assert fetched(headers=marks, final_url="https://b.example/").known == Known(
        url="https://b.example/", etag='W/"1"', last_modified="Wed, 25 Nov 2026 12:00:00 GMT"
    )
    assert fetched().known is None
    assert fetched(404, headers=marks).known is None
    assert fetched(headers=marks, cut=True).known is None
    assert fetched(headers=marks, why="bad-answer").known is None


def test_hops_are_the_redirects_and_the_last_response() -> None:
    first = Hop(url="http://a.example/", status=301)
    one = fetched(200, b"x", redirects=(first,))
    assert [(hop.url, hop.status, hop.body) for hop in one.hops] == [
        ("http://a.example/", 301, b""),
        (URL, 200, b"x"),
    ]
    assert fetched(0, why="dns", redirects=(first,)).hops == (first,)
