"""Payloads as they were before they were sent, whatever the headers claim."""

from __future__ import annotations

import gzip

import pytest

from withhold.traces.corpus.http_body import payload

BODY = b"<p>Green, 26 inches, by the river.</p>" * 20
FEW = 1 << 20


@pytest.mark.parametrize(
    ("body", "joined"),
    [
        (b"4\r\nGree\r\n2\r\nn,\r\n0\r\n\r\n", b"Green,"),
        (b"4;name=value\r\nGree\r\n2 \r\nn,\r\n0\r\n", b"Green,"),
        (b"4\nGree\n2\nn,\n0\n", b"Green,"),
        (b"6\r\nGreen,\r\n", b"Green,"),  # cut behind a chunk
        (b"FF\r\nGreen,", b"Green,"),  # cut within one
        (b"Green, and no chunk", b"Green, and no chunk"),
        (b"1999\r\nwas a good year, and not a size" + b"x" * 7_000, None),
        (b"", b""),
    ],
)
def test_chunks_are_joined_and_what_has_none_is_left(body: bytes, joined: bytes | None) -> None:
    assert payload(body, chunked=True, coding="", at_most=FEW) == (
        body if joined is None else joined,
        None,
    )


def test_codings_are_undone_in_the_order_they_were_put_on() -> None:
    twice = gzip.compress(gzip.compress(BODY))
    assert payload(twice, chunked=False, coding="gzip, x-gzip", at_most=FEW) == (BODY, None)
    assert payload(BODY, chunked=False, coding="identity", at_most=FEW) == (BODY, None)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd", "br"])
def test_what_is_not_packed_after_all_is_left_as_it_is(coding: str) -> None:
    assert payload(BODY, chunked=False, coding=coding, at_most=FEW) == (BODY, None)


def test_what_is_cut_or_spoiled_or_too_long_gives_its_beginning() -> None:
    packed = gzip.compress(BODY)
    assert payload(packed[:-8], chunked=False, coding="gzip", at_most=FEW) == (BODY, "cut")
    spoiled = packed[:-8] + b"\0\0\0\0" + packed[-4:]
    assert payload(spoiled, chunked=False, coding="gzip", at_most=FEW)[1] == "damaged"
    assert payload(packed, chunked=False, coding="gzip", at_most=10) == (BODY[:10], "too-long")
    assert payload(b"\xff\xff\xff", chunked=False, coding="br", at_most=FEW)[1] == "damaged"
