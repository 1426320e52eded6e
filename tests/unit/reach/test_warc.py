"""Evidence, read back by warcio and by FastWARC."""

from __future__ import annotations

import gzip
import io
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

import pytest
from msgspec.structs import replace
from warcio.archiveiterator import ArchiveIterator

from tests.unit.reach.made import URL, fetched
from withhold.reach.fetched import Fetched, Hop
from withhold.reach.warc import warc

BODY = "User-agent: *\nDisallow: /ü\n".encode()
HEADERS = (
    ("Content-Type", "text/plain"),
    ("Set-Cookie", "id=secret"),
    ("set-cookie2", "secret"),
    ("X-Robots-Tag", "noai"),
    ("X-Robots-Tag", "gr\xfc\xdfe"),
    ("Content-Length", str(len(BODY))),
)
SENT = (("Host", "a.example"), ("Cookie", "secret"), ("Authorization", "Basic secret"))


def _records(data: bytes) -> list[dict[str, Any]]:
    return [
        {
            "type": record.rec_type,
            "warc": dict(record.rec_headers.headers),
            "line": record.http_headers.protocol + " " + record.http_headers.statusline
            if record.http_headers
            else "",
            "http": record.http_headers.headers if record.http_headers else [],
            "body": record.content_stream().read(),
        }
        for record in ArchiveIterator(io.BytesIO(data), check_digests="raise")
    ]


def test_a_response_and_its_request() -> None:
    response, request = _records(warc(fetched(200, BODY, headers=HEADERS, sent=SENT)))
    assert response["type"] == "response"
    assert response["line"] == "HTTP/1.1 200 Said"
    assert response["body"] == BODY
    assert response["warc"]["WARC-Target-URI"] == URL
    assert response["warc"]["WARC-Date"] == "2026-11-25T12:30:15.250000Z"
    assert response["warc"]["WARC-IP-Address"] == "192.0.2.7"
    assert "WARC-Truncated" not in response["warc"]
    assert request["type"] == "request"
    assert request["line"] == "GET /robots.txt HTTP/1.1"
    assert request["http"] == [("Host", "a.example")]
    assert request["warc"]["WARC-Concurrent-To"] == response["warc"]["WARC-Record-ID"]
    assert request["warc"]["WARC-Date"] == response["warc"]["WARC-Date"]


def test_headers_stay_as_they_were_but_for_cookies() -> None:
    data = warc(fetched(200, BODY, headers=HEADERS, sent=SENT))
    plain = gzip.decompress(data)
    assert b"secret" not in plain
    assert b"X-Robots-Tag: noai\r\nX-Robots-Tag: gr\xfc\xdfe\r\n" in plain
    assert plain.startswith(b"WARC/1.1\r\n")


def test_each_record_is_gzipped_by_itself() -> None:
    data = warc(fetched(200, BODY))
    first = gzip.decompress(data[: data.rindex(b"\x1f\x8b\x08")])
    assert first.count(b"WARC/1.1\r\n") == 1
    assert gzip.decompress(data).count(b"WARC/1.1\r\n") == 2


def test_the_same_fetch_gives_the_same_bytes() -> None:
    one = fetched(200, BODY, headers=HEADERS)
    other = fetched(200, BODY + b"#", headers=HEADERS)
    assert warc(one) == warc(one)
    ids = {
        record["warc"]["WARC-Record-ID"]
        for data in (warc(one), warc(other))
        for record in _records(data)
    }
    assert len(ids) == 4


def test_a_decoded_body_is_not_decoded_again() -> None:
    headers = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    response = _records(warc(fetched(200, BODY, headers=headers)))[0]
    assert response["body"] == BODY
    assert response["http"] == [
        ("x-withhold-original-Content-Encoding", "gzip"),
        ("x-withhold-original-Transfer-Encoding", "chunked"),
        ("Content-Length", str(len(BODY))),
    ]


@pytest.mark.parametrize(
    ("why", "word"), [("too-large", "length"), ("timeout", "time"), ("reset", "disconnect")]
)
def test_a_cut_body_says_so(why: Any, word: str) -> None:
    one = fetched(200, b"half", headers=(("Content-Length", "8"),), cut=True, why=why)
    response = _records(warc(one))[0]
    assert response["warc"]["WARC-Truncated"] == word
    assert response["http"][-1] == ("Content-Length", "4")


def test_octets_of_headers_are_not_split_where_unicode_would() -> None:
    """A UTF-8 header is held as Latin-1, where its octets may be line breaks of Unicode."""
    value = "Å \u2028".encode()
    headers = (("X-Name", value.decode("latin-1")),)
    assert b"X-Name: " + value + b"\r\n" in gzip.decompress(warc(fetched(200, headers=headers)))


def test_a_folded_header_is_one_line() -> None:
    headers = (("X-Long", "one\r\n two\n\tthree"), ("X-After", "four"))
    plain = gzip.decompress(warc(fetched(200, BODY, headers=headers)))
    assert b"X-Long: one two three\r\nX-After: four\r\n" in plain


@pytest.mark.parametrize("name", ["set-cookie", "Set-Cookie ", " COOKIE2", "Proxy-Authorization"])
def test_what_is_secret_is_left_out_however_it_is_spelled(name: str) -> None:
    plain = gzip.decompress(warc(fetched(200, BODY, headers=((name, "secret"), ("A", "b")))))
    assert b"secret" not in plain
    assert b"A: b\r\n" in plain


def test_a_304_is_a_revisit_of_the_record_it_confirms() -> None:
    before = fetched(200, BODY, headers=(*HEADERS, ("ETag", '"1"')))
    first = _records(warc(before))[0]["warc"]
    known = replace(before.known, record=first["WARC-Record-ID"], date=first["WARC-Date"])
    hop = Hop(
        url=URL,
        line="HTTP/1.1 304 Not Modified",
        status=304,
        headers=(("ETag", '"1"'), ("Set-Cookie", "secret")),
        sent=(*SENT, ("If-None-Match", '"1"')),
        of=known,
    )
    on = before.on + timedelta(days=1)
    revisit, request = _records(warc(fetched(200, BODY, on=on, unchanged=hop)))
    assert revisit["type"] == "revisit"
    assert revisit["line"] == "HTTP/1.1 304 Not Modified"
    assert revisit["http"] == [("ETag", '"1"')]
    assert revisit["body"] == b""
    said = revisit["warc"]
    assert said["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert said["WARC-Refers-To"] == first["WARC-Record-ID"]
    assert said["WARC-Refers-To-Target-URI"] == URL
    assert said["WARC-Refers-To-Date"] == "2026-11-25T12:30:15.250000Z"
    assert said["WARC-Date"] == "2026-11-26T12:30:15.250000Z"
    assert "WARC-Payload-Digest" not in said
    assert ("If-None-Match", '"1"') in request["http"]
    assert request["warc"]["WARC-Concurrent-To"] == said["WARC-Record-ID"]


def test_a_head_request_keeps_the_length_it_was_told() -> None:
    headers = (("Content-Length", "1234"),)
    response, request = _records(warc(fetched(200, b"", headers=headers, method="HEAD")))
    assert response["http"] == [("Content-Length", "1234")]
    assert request["line"].startswith("HEAD ")


def test_redirects_come_first() -> None:
    first = Hop(
        url="http://a.example/robots.txt",
        line="HTTP/1.1 301 Moved",
        status=301,
        headers=(("Location", URL), ("Set-Cookie", "secret")),
        ip="192.0.2.7",
    )
    records = _records(warc(fetched(200, BODY, redirects=(first,))))
    assert [(one["type"], one["warc"]["WARC-Target-URI"]) for one in records] == [
        ("response", "http://a.example/robots.txt"),
        ("request", "http://a.example/robots.txt"),
        ("response", URL),
        ("request", URL),
    ]
    assert len({one["warc"]["WARC-Record-ID"] for one in records}) == 4


@pytest.mark.parametrize("url", [URL, "ftp://x/\r\nWARC-Type: response"])
def test_no_response_is_evidence_too(url: str) -> None:
    one = fetched(0, url=url, final_url=url, why="dns", detail="no such\r\nname")
    (record,) = _records(warc(one))
    assert record["type"] == "metadata"
    assert record["warc"]["Content-Type"] == "application/warc-fields"
    assert record["body"].decode().splitlines()[1:] == ["why: dns", "detail: no such name"]


@pytest.mark.skipif(not find_spec("fastwarc"), reason="a second reader, where it is installed")
def test_fastwarc_reads_the_same() -> None:
    from fastwarc.warc import ArchiveIterator as Fast
    from fastwarc.warc import WarcRecordType as Kind

    one: Fetched = fetched(200, BODY, headers=HEADERS, sent=SENT)
    data = warc(one) + warc(fetched(0, why="tls"))
    kinds = []
    for record in Fast(io.BytesIO(data), parse_http=False):
        kinds.append(record.record_type)
        assert record.verify_block_digest()
        record.parse_http()
        if record.record_type == Kind.response:
            assert record.http_headers.status_code == 200
            assert record.reader.read() == BODY
    assert kinds == [Kind.response, Kind.request, Kind.metadata]
