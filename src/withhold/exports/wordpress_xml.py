"""The items of a WordPress export (WXR), one after the other, however large the file is.

The XML is hostile: document types and entities are refused, nothing is fetched, and texts are
shortened before the parser's own limit (10 million bytes) would end the reading. Real exports hold
control characters that XML forbids, emoji written as the two halves that UTF-16 makes of them, and
ampersands that nobody escaped: the first are read as spaces, the second are put together, the third
are noted, because the parser drops the word behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from withhold.exports.notes import Notes, Why
from withhold.exports.parts import Files, TooLarge

TEXT_AT_MOST = 4 * 1024 * 1024
"""Bytes of one text; what follows is not given to the parser."""
ITEM_AT_MOST = 64 * 1024 * 1024
"""Bytes of one item with all its comments."""
FAULTS_AT_MOST = 50
FAULTS_IN_ALL = 20_000
"""After so many the reading ends: the parser keeps each of them."""
_OPEN, _CLOSE = b"<![CDATA[", b"]]>"
_SPACES = bytes(32 if code < 32 and code not in (9, 10, 13) else code for code in range(256))
_HALF = re.compile(rb"&#(?:x0*([dD][89a-fA-F][0-9a-fA-F]{2})|0*(5[5-7][0-9]{3}));")
"""Half of a character beyond U+FFFF, or a decimal near one (Unicode, D72 to D75)."""
_HALVES = re.compile(rb"(?:%b)+" % _HALF.pattern)
_REFERENCE = 24
"""Bytes of one, with some zeros."""
_FORBIDDEN = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_NAMES = ("item", "title", "link", "pubDate", "{*}base_site_url", "{*}base_blog_url", "{*}author")
_END = {
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED,
    etree.ErrorTypes.ERR_CDATA_NOT_FINISHED,
    etree.ErrorTypes.ERR_DOCUMENT_END,
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY,
    etree.ErrorTypes.ERR_GT_REQUIRED,
    etree.ErrorTypes.ERR_RESOURCE_LIMIT,
}


class Forbidden(ValueError):
    """A document type: no export of WordPress has one."""


def elements(files: Files, path: str, notes: Notes) -> Iterator[Any]:
    """Items and what a channel says of the site. Notes faults; never raises."""
    try:
        with files.open(path) as stream:
            clean = Clean(stream)
            reading = etree.iterparse(
                clean,
                events=("end",),
                tag=_NAMES,
                recover=True,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            for number, (_, element) in enumerate(reading):
                if number % 500 == 0 and len(reading.error_log) > FAULTS_IN_ALL:
                    break
                above = element.getparent()
                if tag_of(element) != "item":
                    if above is not None and tag_of(above) == "channel":
                        yield element
                    continue
                yield element
                element.clear()
                while above is not None and element.getprevious() is not None:
                    del above[0]
            for number in range(min(clean.shortened, FAULTS_AT_MOST)):
                notes.trouble(path, "too-long", f"text {number + 1}", kept=TEXT_AT_MOST)
            if not clean.whole:
                notes.trouble(path, "cut-off", f"byte {clean.bytes}")
            _faults(reading.error_log, path, notes, clean.whole)
    except OSError as why:
        notes.trouble(path, getattr(why, "why", "damaged"))
    except Forbidden:
        notes.trouble(path, "wrong-form", said="a document type")
    except etree.LxmlError as why:
        notes.trouble(path, "not-xml", error=why)


def tag_of(element: Any) -> str:
    """Its tag; empty where it is a comment, or not Unicode."""
    try:
        return element.tag if isinstance(element.tag, str) else ""
    except UnicodeDecodeError:
        return ""


def _faults(log: Any, path: str, notes: Notes, whole: bool) -> None:
    seen: set[tuple[int, int]] = set()
    for fault in log:
        key = (fault.line, fault.type)
        if key in seen or len(seen) >= FAULTS_AT_MOST:
            continue
        if not whole and (fault.type in _END or fault.line == log[-1].line):
            continue  # what the parser says of the place where the file is cut off
        seen.add(key)
        why: Why = "cut-off" if fault.type in _END else "not-xml"
        notes.trouble(path, why, f"line {fault.line}", error=fault.message)


class Clean:
    """A stream of XML without control characters, document types, overlong texts and items."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._started = self._wide = self._inside = False
        self._before = self._held = self._last = b""
        self._long = self._item = 0
        self.bytes = self.shortened = 0
        """How many bytes were read, and how many texts shortened."""

    @property
    def whole(self) -> bool:
        """The file has an end, as far as can be told."""
        return self._wide or b"</rss" in self._last

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises Forbidden, and TooLarge for an item beyond ITEM_AT_MOST."""
        while True:
            chunk = self._stream.read(max(size, 64 * 1024))
            self.bytes += len(chunk)
            self._last = (self._last + chunk[-1024:])[-1024:]
            if chunk and not self._started:
                self._check(chunk)
            if self._wide:  # UTF-16: its bytes cannot be told apart so
                return chunk
            found, self._held = self._held + chunk, b""
            if not found:
                return b""
            if chunk:  # a mark may lie across two chunks
                found, self._held = _parted(found)
            self._count(found)
            if b"&#" in found:
                found = _HALVES.sub(_together, found)
            kept = self._shortened(found.translate(_SPACES))
            if kept or not chunk:
                return kept

    def _check(self, chunk: bytes) -> None:
        seen = self._before + chunk
        if not self._before:
            self._wide = seen.startswith((b"\xff\xfe", b"\xfe\xff"))
        start = seen.find(b"<rss")
        looked = seen if start < 0 else seen[:start]
        if _FORBIDDEN.search(looked.replace(b"\0", b"")):
            raise Forbidden
        self._started = start >= 0
        self._before = seen[-16:]

    def _count(self, chunk: bytes) -> None:
        end = chunk.rfind(b"</item>")
        self._item = len(chunk) - end if end >= 0 else self._item + len(chunk)
        if self._item > ITEM_AT_MOST:
            raise TooLarge("too-large")

    def _shortened(self, chunk: bytes) -> bytes:
        """A text ends at ``<``, and in a CDATA section at ``]]>`` only."""
        if self._long + len(chunk) <= TEXT_AT_MOST:  # nothing in it can be too long
            opened, closed = chunk.rfind(_OPEN), chunk.rfind(_CLOSE)
            if opened >= 0 or closed >= 0:
                self._inside = opened > closed
            place = opened if self._inside else chunk.rfind(b"<")
            self._long = len(chunk) - place if place >= 0 else self._long + len(chunk)
            return chunk
        kept, place = [], 0
        while place < len(chunk):
            mark = _CLOSE if self._inside else b"<"
            end = chunk.find(mark, place)
            stop = len(chunk) if end < 0 else end
            room = max(0, TEXT_AT_MOST - self._long)
            if stop - place > room and self._long <= TEXT_AT_MOST:
                self.shortened += 1
            kept.append(chunk[place : min(stop, place + room)])
            self._long += stop - place
            if end < 0:
                break
            self._long = 0
            self._inside = not self._inside and chunk.startswith(_OPEN, end)
            place = end + (len(_OPEN) if self._inside else len(mark))
            kept.append(chunk[end:place])
        return b"".join(kept)


def _together(run: re.Match[bytes]) -> bytes:
    """References to two halves as the one character that they are, a lone one as U+FFFD. The parser
    would take them into its tree, which then is no UTF-8."""
    made: list[int] = []
    for number in map(_number, _HALF.finditer(run[0])):
        if 0xDC00 <= number <= 0xDFFF and made and 0xD800 <= made[-1] <= 0xDBFF:
            number += 0x10000 + ((made.pop() - 0xD800) << 10) - 0xDC00
        made.append(number)
    return b"".join(b"&#%d;" % (0xFFFD if 0xD800 <= one <= 0xDFFF else one) for one in made)


def _number(half: re.Match[bytes]) -> int:
    return int(half[1], 16) if half[1] else int(half[2])


def _parted(found: bytes) -> tuple[bytes, bytes]:
    """The bytes before and from where a mark may have begun that is not whole yet."""
    last = max(len(found) - len(_OPEN) + 1, 0)
    begun = [place for mark in (b"<", b"]") if (place := found.find(mark, last)) >= 0]
    if (place := found.find(b"&", max(len(found) - 2 * _REFERENCE, 0))) >= 0:
        *_, before = (None, *_HALF.finditer(found, max(place - _REFERENCE, 0), place))
        split = before and before.end() == place and 0xD800 <= _number(before) <= 0xDBFF
        begun.append(before.start() if before and split else place)
    return (found[: min(begun)], found[min(begun) :]) if begun else (found, b"")
