"""The metadata stream of a PDF's catalog, where the way to it stands in the file as plain text.

ISO 32000-1: ``startxref`` at the end (7.5.5) leads to the newest cross-reference table (7.5.4) and
its trailer, that to the older ones (``Prev``) and to the catalog (``Root``, 7.7.2), and its
``Metadata`` to a stream (14.3.2). Metadata of an image, a page or an attached file hang elsewhere
and are never come to.

Writers are told to leave this stream without a filter, so that it can be read without a reader of
PDF. What is packed, compressed or encrypted on the way there is ``not-plain``: ``pdf_packed``.
An encrypted document may leave its metadata in the clear (``EncryptMetadata``, 7.6.3.2).
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from withhold.signals.embedded import METADATA_LIMIT
from withhold.signals.pdf_objects import SPACE, NotPlain, Parsed, Ref, dictionary

UPDATES = 100
"""Cross-reference tables that are followed; more work than that is not done here."""
SECTIONS = 10_000
"""Of all these tables together."""
_TAIL = 4096
_START = re.compile(rb"startxref" + SPACE + rb"(\d{1,18})")
_TABLE = re.compile(SPACE + rb"xref(?=[\0\t\n\f\r ])")
_SECTION = re.compile(SPACE + rb"(\d{1,10})[ \t]++(\d{1,10})[ \t]*+(?:\r\n|\n|\r)")
_TRAILER = re.compile(SPACE + rb"trailer")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) n[ \r][\r\n]")
_ENTRY_SIZE = 20
_HEAD = re.compile(SPACE + rb"(\d{1,10})" + SPACE + rb"(\d{1,5})" + SPACE + rb"obj")
_STREAM = re.compile(SPACE + rb"stream(?:\r\n|\n)")
_NUMBER = re.compile(SPACE + rb"(\d{1,10})" + SPACE + rb"endobj")
_ENDSTREAM = re.compile(rb"[\0\t\n\f\r ]*+endstream")
_LIKE_XMP = (b"<?xpacket", b"<x:xmpmeta", b":RDF")


class Found(NamedTuple):
    """``yes``: the packet; ``none``: the catalog names no metadata; else why there is none here."""

    is_there: Literal["yes", "none", "too-big", "not-plain"]
    packet: bytes = b""


def find(data: bytes) -> Found:
    """The metadata stream of the document's catalog. Any bytes will do."""
    try:
        return _metadata(data)
    except NotPlain:
        return Found("not-plain")


def _metadata(data: bytes) -> Found:
    sections, trailer = _tables(data)
    catalog = _object(data, sections, trailer.entries.get(b"Root"))
    if catalog.entries.get(b"Type") != b"Catalog":
        raise NotPlain
    if b"Metadata" not in catalog.filled:
        return Found("none")
    stream = _object(data, sections, catalog.entries[b"Metadata"])
    length = stream.entries.get(b"Length")
    if isinstance(length, Ref):
        length = _number(data, sections, length)
    found = _packet(data, stream, length)
    if b"Encrypt" in trailer.filled and not _is_xmp(found.packet):
        raise NotPlain
    return found


def in_the_clear(data: bytes, at: int, number: int, generation: int) -> bytes:
    """The packet of a metadata stream at an offset, if it is one that nothing packs or encrypts."""
    try:
        stream = dictionary(data, _behind_head(data, at, Ref(number, generation)))
        packet = _packet(data, stream, stream.entries.get(b"Length")).packet
    except NotPlain:
        return b""
    return packet if _is_xmp(packet) else b""


def _packet(data: bytes, stream: Parsed, length: object) -> Found:
    """The bytes of a stream without a filter (7.3.8), behind its dictionary."""
    begin = _STREAM.match(data, stream.end)
    if begin is None or not isinstance(length, int) or {b"Filter", b"F"} & stream.filled:
        raise NotPlain
    if not _ENDSTREAM.match(data, begin.end() + length):
        raise NotPlain
    if length > METADATA_LIMIT:
        return Found("too-big")
    return Found("yes", data[begin.end() : begin.end() + length])


def _is_xmp(packet: bytes) -> bool:
    return any(one in packet for one in _LIKE_XMP)


class _Section(NamedTuple):
    """Entries of objects that follow each other: the first number, how many, and their offset."""

    first: int
    many: int
    at: int


def _tables(data: bytes) -> tuple[list[_Section], Parsed]:
    """Every section, the newest table's first, and its trailer."""
    tail = max(0, len(data) - _TAIL)
    begin = data.rfind(b"startxref", tail)
    start = _START.match(data, begin) if begin >= 0 else None
    if start is None:
        raise NotPlain
    sections: list[_Section] = []
    newest: Parsed | None = None
    seen: set[int] = set()
    at: int | None = int(start[1])
    while at is not None:
        if at in seen or len(seen) >= UPDATES:
            raise NotPlain
        seen.add(at)
        found, trailer = _table(data, at)
        sections += found
        if len(sections) > SECTIONS:
            raise NotPlain
        newest = newest or trailer
        if b"XRefStm" in trailer.filled:  # objects that this table hides (7.5.8.4)
            raise NotPlain
        before = trailer.entries.get(b"Prev")
        if before is not None and not isinstance(before, int):
            raise NotPlain
        at = before
    if newest is None:
        raise NotPlain
    return sections, newest


def _table(data: bytes, at: int) -> tuple[list[_Section], Parsed]:
    begin = _TABLE.match(data, at)
    if begin is None:
        raise NotPlain
    at = begin.end()
    sections: list[_Section] = []
    while len(sections) <= SECTIONS and (head := _SECTION.match(data, at)):
        count = int(head[2])
        at = head.end() + count * _ENTRY_SIZE
        if at > len(data):
            raise NotPlain
        sections.append(_Section(int(head[1]), count, head.end()))
    end = _TRAILER.match(data, at)
    if end is None:
        raise NotPlain
    return sections, dictionary(data, end.end())


def _at(data: bytes, sections: list[_Section], ref: object) -> int:
    """The offset behind ``N G obj`` of an object in use, by the newest table that has it."""
    if not isinstance(ref, Ref):
        raise NotPlain
    for one in sections:
        if one.first <= ref.number < one.first + one.many:
            entry = _ENTRY.match(data, one.at + _ENTRY_SIZE * (ref.number - one.first))
            if entry is None or int(entry[2]) != ref.generation:
                break
            return _behind_head(data, int(entry[1]), ref)
    raise NotPlain


def _behind_head(data: bytes, at: int, ref: Ref) -> int:
    head = _HEAD.match(data, at)
    if head is None or (int(head[1]), int(head[2])) != ref:
        raise NotPlain
    return head.end()


def _object(data: bytes, sections: list[_Section], ref: object) -> Parsed:
    return dictionary(data, _at(data, sections, ref))


def _number(data: bytes, sections: list[_Section], ref: Ref) -> int:
    found = _NUMBER.match(data, _at(data, sections, ref))
    if found is None:
        raise NotPlain
    return int(found[1])
