"""Records of an ARC file, the form before WARC (Internet Archive, 1996), read by warcio."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from withhold.traces.corpus.found import Record
from withhold.traces.corpus.html_text import PAGES, TEXTS, text_of
from withhold.traces.corpus.http_body import payload
from withhold.traces.corpus.trouble import Broken, Trouble, Why
from withhold.traces.corpus.unpacked import Packing, pieces
from withhold.traces.corpus.warc_records import BODY, crawl_of


def arc_records(stream: BinaryIO, name: str, packed: Packing) -> Iterator[Record | Trouble]:
    """Each capture. After damage nothing more is read of the file, and that is told."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    stream.seek(0)
    found, at, crawl, wrong = ArchiveIterator(stream), 0, crawl_of(name), 0
    found.INC_RECORD = ""  # it would write what stands there to stderr; it is told here instead
    try:
        for one in found:
            if found.err_count > wrong:  # octets between two records that are none of either
                wrong = found.err_count
                yield Trouble(why="damaged", offset=at)
            body = one.raw_stream.read(BODY)
            cut = len(body) < BODY and one.raw_stream.limit > 0
            at = int(found.get_record_offset())  # asked before the body is read, it is skipped
            if one.rec_type == "response":
                yield from _record(one, body, at, crawl)
            if cut:
                yield Trouble(why="cut", offset=at, whole=True)
                return
        if found.err_count > wrong:
            yield Trouble(why="damaged", offset=at)
        stream.seek(at)
        for _ in pieces(stream, packed):
            pass  # warcio takes an end in the midst of a member for the end
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, OverflowError, zlib.error):
        yield Trouble(why="damaged", offset=at, whole=True)
    except Broken as why:
        yield Trouble(why=why.why, offset=why.offset, whole=True)


def _record(one: Any, body: bytes, at: int, crawl: str) -> Iterator[Record | Trouble]:
    http, headers = one.http_headers, one.rec_headers
    get = http.get_header if http else headers.get_header
    kind, _, more = (get("Content-Type") or "").partition(";")
    kind, charset = kind.strip().lower(), more.partition("charset=")[2].strip(" \"'")
    texts: tuple[bytes, ...] = ()
    why: Why | None = "no-text" if body else None
    if kind in (*PAGES, *TEXTS) or kind.startswith("text/"):
        chunked = "chunked" in (get("Transfer-Encoding") or "").lower()
        body, why = payload(body, chunked, get("Content-Encoding") or "", BODY)
        texts = (text_of(kind, body, charset),)
    yield Record(
        offset=at,
        url=headers.get_header("uri") or "",
        date=headers.get_header("archive-date") or "",
        crawl=crawl,
        texts=texts,
    )
    if why:
        yield Trouble(why=why, offset=at)
