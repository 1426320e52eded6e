"""Records of a WARC file (ISO 28500), packed by record with gzip, Zstandard or LZ4, or plain.

FastWARC reads it. It takes a file that ends in the midst of a record for one that ends, so what a
record holds is compared with what it says it holds, and what lies behind the last one is walked
through (``warc_tail``). After damage the next record is looked for; what lies between is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from msgspec.structs import replace

from withhold.errors import MissingExtra
from withhold.traces.corpus.found import Record
from withhold.traces.corpus.html_text import PAGES, TEXTS, text_of
from withhold.traces.corpus.http_body import payload
from withhold.traces.corpus.trouble import NOTES, Trouble, Why
from withhold.traces.corpus.unpacked import Packing
from withhold.traces.corpus.warc_tail import in_one_stream, next_record, trouble_after

BODY = 64 << 20
"""Octets that are read of one payload, and that it may become when it is unpacked."""
_CRAWL = re.compile(r"CC-(?:MAIN|NEWS)-\d{4}-\d{2}(?!\d)")
_PART_OF = re.compile(rb"^isPartOf:[ \t]*([^\r\n]{1,200})", re.M | re.I)
_RESPONSE = re.compile(rb'"HTTP-Response-Metadata"|"WARC-Type"\s*:\s*"response"')
_HEADERS = 1 << 16


def crawl_of(name: str) -> str:
    """``CC-MAIN-2024-10``, where a path has it; else ""."""
    found = _CRAWL.search(name)
    return found[0] if found else ""


def part_of(info: bytes) -> str:
    """What a warcinfo record says that the file is part of (``isPartOf``); else ""."""
    said = _PART_OF.search(info)
    return said[1].decode("utf-8", "replace").strip() if said else ""


def warc_records(
    stream: BinaryIO, name: str, packed: Packing, *, texts: bool = True, images: bool = False
) -> Iterator[Record | Trouble]:
    """What was captured, in the order of the file: responses, resources, conversions, revisits.

    Of a WAT file the addresses. Requests, other metadata and warcinfo hold nothing to search.
    """
    told = -1
    for one in _all(stream, name, packed, _Wanted(texts, images)):
        if isinstance(one, Trouble) and one.why not in NOTES:
            if one.offset == told and not one.whole:
                continue  # a record that is cut is heard of twice: when it is read, and behind it
            told = one.offset
        yield one


def _all(
    stream: BinaryIO, name: str, packed: Packing, wanted: _Wanted
) -> Iterator[Record | Trouble]:
    stream.seek(0)
    single = packed == "gz" and in_one_stream(stream)
    if single:
        yield Trouble(why="one-stream")
    reader = _Reader(stream, crawl_of(name), wanted, single)
    start: int | None = 0
    while start is not None:
        failed = False
        try:
            yield from reader.from_place(start)
        except OSError:  # FastWARC's word for all damage
            failed = True
        except BaseException as why:
            if type(why).__name__ != "PanicException":  # its Rust half gave up
                raise
            failed = True
        left, start = trouble_after(stream, reader.at, packed), None
        if not single and (failed or left):
            start = next_record(stream, (left.offset if left else reader.at) + 1, packed)
        if left:  # else it was a gap that hides nothing, such as zeros up to a block
            yield replace(left, whole=left.why == "damaged" and start is None)
        elif failed and single:
            yield Trouble(why="damaged", whole=True)


class _Wanted(NamedTuple):
    """What is taken out of payloads: turning pages into text takes most of the time."""

    texts: bool
    images: bool


class _Reader:
    """Where it is, so that damage can be told: ``at`` is the last record that was begun."""

    def __init__(self, stream: BinaryIO, crawl: str, wanted: _Wanted, single: bool) -> None:
        self._stream, self._crawl, self._wanted, self._single = stream, crawl, wanted, single
        self.at = 0
        self._known: Any = None
        """FastWARC's own names of headers, so that no text is turned into one for each record."""

    def from_place(self, start: int) -> Iterator[Record | Trouble]:
        try:
            from fastwarc.warc import ArchiveIterator, WarcHeader, WarcRecordType
        except ImportError as why:
            raise MissingExtra(
                "reading WARC files needs an extra", 'pip install "withhold[scale]"'
            ) from why
        self._stream.seek(start)
        self.at, self._known = start, WarcHeader
        captured = (
            WarcRecordType.response
            | WarcRecordType.resource
            | WarcRecordType.conversion
            | WarcRecordType.revisit
        )
        for one in ArchiveIterator(self._stream, parse_http=True):
            self.at = 0 if self._single else one.stream_pos
            if one.record_type & captured:
                yield from self._captured(one)
            elif one.record_type == WarcRecordType.metadata and self._of_response(one):
                yield self._named(one)
            elif one.record_type == WarcRecordType.warcinfo:
                self._crawl = part_of(one.reader.read(1 << 16)) or self._crawl

    def _captured(self, one: Any) -> Iterator[Record | Trouble]:
        """The record, and beside it what was wrong with it."""
        said, troubles = one.content_length, list[Why]()
        body = one.reader.read(min(said, BODY)) if said else b""
        if len(body) < said:
            troubles.append("too-long" if len(body) == BODY else "cut")
        texts: tuple[bytes, ...] = ()
        images: tuple[bytes, ...] = ()
        kind = self._kind(one) if body else ""
        if kind.startswith("image/") and self._wanted.images:
            images = (self._unpacked(one, body, troubles),)
        elif (kind in PAGES or kind.startswith("text/") or kind in TEXTS) and self._wanted.texts:
            body = self._unpacked(one, body, troubles)
            charset = str((one.http_charset if one.is_http_parsed else "") or "")
            texts = (text_of(kind, body, charset),)
        elif body and self._wanted.texts:
            troubles.append("no-text")
        yield self._named(one, texts, images)
        for why in troubles:
            yield Trouble(why=why, offset=self.at)

    def _named(
        self, one: Any, texts: tuple[bytes, ...] = (), images: tuple[bytes, ...] = ()
    ) -> Record:
        get, known = one.headers.get, self._known
        return Record(
            offset=self.at,
            record=(one.record_id or "").strip("<>"),
            url=get(known.WARC_TARGET_URI, "").strip("<>"),
            date=get(known.WARC_DATE, ""),
            crawl=self._crawl,
            texts=texts,
            images=images,
        )

    def _unpacked(self, one: Any, body: bytes, troubles: list[Why]) -> bytes:
        http = one.http_headers if one.is_http_parsed else None
        if http is None:
            return body
        chunked = "chunked" in http.get("Transfer-Encoding", "").lower()
        coding = http.get("Content-Encoding", "")
        if not chunked and not coding:
            return body
        body, why = payload(body, chunked, coding, BODY)
        if why and not (why == "cut" and "cut" in troubles):
            troubles.append(why)
        return body

    def _kind(self, one: Any) -> str:
        """The media type of the payload: as the server said, or as the record says without one."""
        said, get = one.http_content_type if one.is_http_parsed else None, one.headers.get
        if not said:
            said = get(self._known.WARC_IDENTIFIED_PAYLOAD_TYPE) or self._type(one)
        return str(said).partition(";")[0].strip().lower()

    def _type(self, one: Any) -> str:
        return str(one.headers.get(self._known.CONTENT_TYPE, ""))

    def _of_response(self, one: Any) -> bool:
        """Whether it is the record of a WAT file on a captured page: it has the page's address."""
        if not self._type(one).startswith("application/json"):
            return False
        return _RESPONSE.search(one.reader.read(_HEADERS)) is not None
