"""Plain text, a page of HTML, XML or JSON, in pieces that overlap: nothing is lost at a cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Literal

from withhold.traces.corpus.found import Record
from withhold.traces.corpus.html_text import declared, json_text, page_text, utf8, xml_text
from withhold.traces.corpus.trouble import Broken, Trouble
from withhold.traces.corpus.unpacked import Packing, pieces
from withhold.traces.corpus.warc_records import BODY, crawl_of

Form = Literal["text", "page", "xml", "json", "whole"]
WINDOW = 1 << 20
_READERS = {"page": page_text, "xml": xml_text, "json": json_text}
OVERLAP = 64 << 10
"""Octets that two pieces have in common: longer than any span that is looked for."""


def text_records(
    stream: BinaryIO, name: str, packed: Packing, form: Form
) -> Iterator[Record | Trouble]:
    """Pieces of about a MiB; their place is the octet of the text, unpacked, at which they begin.

    A page of HTML, or a text in UTF-16, is one piece, at most 64 MiB of it.
    """
    stream.seek(0)
    crawl, at, kept, fresh = crawl_of(name), 0, b"", b""
    window = WINDOW if form in ("text", "xml", "json") else BODY
    parts, ended, trouble, charset = pieces(stream, packed), False, None, ""
    while not ended:
        try:
            piece = next(parts, b"")
        except Broken as why:
            piece, trouble = b"", Trouble(why=why.why, offset=at + len(fresh), whole=True)
        fresh, ended = fresh + piece, not piece
        if form == "xml" and not at:
            charset = declared(fresh)
        while len(fresh) > window or (ended and fresh):
            end = _cut(fresh, window) if len(fresh) > window else len(fresh)
            whole = kept + fresh[:end]
            yield _record(whole, len(kept), at - len(kept), crawl, form, charset)
            at, fresh = at + end, fresh[end:]
            if window == BODY and fresh:
                yield Trouble(why="too-long", offset=0)
                return
            kept = whole[-OVERLAP:]
            kept = kept[_start(kept) :]
    if trouble:
        yield trouble


def _record(whole: bytes, kept: int, at: int, crawl: str, form: Form, charset: str = "") -> Record:
    read = _READERS.get(form, utf8)
    before = (read(whole[:kept], charset),) if kept else ()
    return Record(offset=at, crawl=crawl, texts=(read(whole, charset),), before=before)


def _cut(octets: bytes, window: int) -> int:
    """Where to cut: behind the last line end of the window, else between two characters."""
    end = octets.rfind(b"\n", window // 2, window) + 1
    if end:
        return end
    end = window
    while end > window - 4 and octets[end] & 0xC0 == 0x80:
        end -= 1
    return end


def _start(octets: bytes) -> int:
    """The first octet that begins a character."""
    return next((at for at in range(min(4, len(octets))) if octets[at] & 0xC0 != 0x80), 0)
