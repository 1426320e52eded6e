"""Records of a WARC file read back: the oracle is what was given to the writer, and warcio."""

from __future__ import annotations

import io
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from tests.unit.reach.made import ON, fetched
from withhold.reach import warc_read
from withhold.reach.fetched import Fetched, Hop
from withhold.reach.warc import records, warc
from withhold.reach.warc_read import Recorded, records_in

URL = "https://a.example/robots.txt"


def read(tmp_path: Path, *these: Fetched | bytes) -> list[Recorded]:
    file = tmp_path / "run.warc.gz"
    file.write_bytes(b"".join(one if isinstance(one, bytes) else warc(one) for one in these))
    return list(records_in(file))


def test_a_response_comes_back_as_it_was_sent(tmp_path: Path) -> None:
    headers = (("Content-Type", "text/plain"), ("X-Robots-Tag", "noai"))
    given = fetched(203, b"User-agent: *\r\n\r\nDisallow:", headers=headers)
    (one,) = read(tmp_path, given)
    assert (one.kind, one.url, one.status, one.date) == ("response", URL, 203, ON)
    assert (one.body, one.header("x-robots-tag"), one.whole) == (given.body, "noai", True)
    records = ArchiveIterator(io.BytesIO(warc(given)))
    assert next(iter(records)).content_stream().read() == one.body


def test_what_never_came_says_why(tmp_path: Path) -> None:
    (one,) = read(tmp_path, fetched(0, why="timeout", detail="after 20 s"))
    assert (one.kind, one.status) == ("metadata", 0)
    said = [one.header(name) for name in ("asked", "why", "detail")]
    assert said == [URL, "timeout", "after 20 s"]


def test_redirects_stand_before_what_they_led_to(tmp_path: Path) -> None:
    hop = Hop(url="http://a.example/robots.txt", line="HTTP/1.1 301 Moved", status=301)
    found = read(tmp_path, fetched(200, b"#", redirects=(hop,)))
    assert [one.status for one in found] == [301, 200]


def test_a_body_that_was_cut_says_how(tmp_path: Path) -> None:
    (one,) = read(tmp_path, fetched(200, b"half", cut=True, why="timeout"))
    assert (one.cut, one.body) == ("time", b"half")


def test_of_a_book_the_head_alone_is_held(tmp_path: Path) -> None:
    size = warc_read._AT_MOST + 1_000_000
    big, small = read(tmp_path, fetched(200, b"\0" * size), fetched(200, b"after it"))
    assert (big.whole, big.status) == (False, 200)
    assert len(big.body) < size
    assert (small.whole, small.body) == (True, b"after it")


def test_a_file_that_is_cut_damaged_or_gone_ends_at_what_is_whole(tmp_path: Path) -> None:
    one = warc(fetched(200, b"first"))
    cut = records(fetched(200, b"second" * 500))[0].data[:-5]
    assert [each.body for each in read(tmp_path, one, cut)] == [b"first"]
    assert [each.body for each in read(tmp_path, one, b"\0 no gzip")] == [b"first"]
    assert list(records_in(tmp_path / "gone.warc.gz")) == []
