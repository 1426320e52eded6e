"""Captures from WARC files (ISO 28500), as Common Crawl's ``robotstxt`` subset has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from withhold.errors import MissingExtra
from withhold.signals.robots import LIMIT
from withhold.traces.corpus.http_body import payload
from withhold.traces.corpus.unpacked import packing
from withhold.traces.corpus.warc_records import crawl_of, part_of
from withhold.traces.corpus.warc_tail import in_one_stream, next_record, trouble_after
from withhold.traces.surveying.capture import Capture, Left
from withhold.traces.surveying.hosts import host_of
from withhold.traces.surveying.table_captures import moment

_PACKED = 4 << 20
"""Octets of a packed body that are read; unpacked no more count than the limit, and one."""


def warc_captures(stream: BinaryIO, name: str, crawl: str = "") -> Iterator[Capture | Left]:
    """All in their order. ``crawl`` is taken for all; else what the file or its name says.

    After damage the next record is looked for; a file that ends in a record has that counted.
    """
    head = stream.read(1 << 12)
    packed = packing(head)
    single = packed == "gz" and in_one_stream(stream)
    reader = _Reader(crawl, crawl or crawl_of(name))
    start: int | None = 0
    while start is not None:
        stream.seek(start)
        at, start = start, None
        try:
            for one in _records(stream):
                at = 0 if single else one.stream_pos
                yield from reader.captures(one)
        except OSError:  # FastWARC's word for all damage
            yield Left("damaged_records")
            start = None if single else next_record(stream, at + 1, packed)
        else:
            if not single and not reader.cut and trouble_after(stream, at, packed):
                yield Left("damaged_records")


class _Reader:
    """``crawl`` as it is known by now; ``cut``: the last record was shorter than it says."""

    def __init__(self, said: str, crawl: str) -> None:
        self._said, self._crawl = said, crawl
        self.cut = False

    def captures(self, one: Any) -> Iterator[Capture | Left]:
        """The capture of a response; of other records nothing."""
        self.cut = False
        from fastwarc.warc import WarcRecordType

        if one.record_type == WarcRecordType.warcinfo and not self._said:
            self._crawl = part_of(one.reader.read(1 << 16)) or self._crawl
        if one.record_type != WarcRecordType.response:
            return
        headers = one.headers
        host = host_of(headers.get("WARC-Target-URI", "").strip("<>"))
        http = one.http_headers if one.is_http_parsed else None
        if not host or http is None:
            yield Left("other_records")
            return
        status = http.status_code
        chunked = "chunked" in http.get("Transfer-Encoding", "").lower()
        coding = http.get("Content-Encoding", "")
        limit = _PACKED if chunked or coding else LIMIT + 1
        body: bytes | None = one.reader.read(min(one.content_length, limit))
        truncated = "WARC-Truncated" in headers
        if len(body or b"") < min(one.content_length, limit):
            self.cut = truncated = True
            yield Left("damaged_records")
        if body and (chunked or coding):
            body, why = payload(body, chunked, coding, LIMIT + 1)
            if why == "cut":
                truncated = True
            elif why and why != "too-long":
                body = None
        fetched = moment(headers.get("WARC-Date", ""))
        yield Capture(host, self._crawl, fetched, status or 0, body, truncated)


def _records(stream: BinaryIO) -> Iterator[Any]:
    """What FastWARC reads; a panic of its Rust half is the damage that it is."""
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError as why:
        raise MissingExtra(
            "reading WARC files needs an extra", 'pip install "withhold[scale]"'
        ) from why
    records = ArchiveIterator(stream, parse_http=True)
    while True:
        try:
            one = next(records, None)
        except BaseException as why:
            if type(why).__name__ == "PanicException":
                raise OSError("FastWARC gave up") from why
            raise
        if one is None:
            return
        yield one
