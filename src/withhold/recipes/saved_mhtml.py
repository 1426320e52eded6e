"""Takes an MHTML file apart (RFC 2557): the page, its frames, and the address it was saved from.

What Chrome, Edge and other Chromium browsers write: ``multipart/related``, flat, the page first,
every frame a part of its own that the page names by ``cid:``. The file is split at its boundary
by hand, since a general MIME parser follows parts in parts; headers are read by the standard
library's ``email``.
"""

from __future__ import annotations

import binascii
import re
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from msgspec import Struct

from withhold.recipes.saved_html import Broken

_HEADERS_AT_MOST = 64 * 1024
_PARTS_AT_MOST = 10_000
_LINE_AT_MOST = 76
"""Characters of a quoted-printable line, as RFC 2045 (6.7) and every encoder have it."""
_BLANK = re.compile(rb"\r?\n\r?\n")
_NO_QP = re.compile(rb"=(?![0-9A-F]{2}|\r?\n|\Z)|[^\t\r\n -~]")


class Part(Struct, frozen=True):
    """One HTML document: its ``Content-Location`` (empty for a frame without one) and its bytes."""

    location: str
    body: bytes


class Archive(Struct, frozen=True):
    """A page and its frames by the ``Content-ID`` that stands in their ``src`` after ``cid:``."""

    address: str
    page: Part
    frames: dict[str, Part]


def address_of(body: bytes) -> str:
    """What ``Snapshot-Content-Location`` says; empty where it says nothing."""
    head, _ = _split(body)
    return _header(head, "Snapshot-Content-Location")


def day_of(body: bytes) -> str:
    """The day (ISO, as the file has it) on which it says that it was saved; else empty."""
    head, _ = _split(body)
    try:
        return parsedate_to_datetime(str(head.get("Date") or "")).date().isoformat()
    except (ValueError, OverflowError, TypeError):
        return ""


def archive(body: bytes) -> Archive:
    """The documents of an MHTML file. Raises Broken: ``cut-in-half`` without its last boundary,
    ``not-as-saved`` for what no encoder writes."""
    head, rest = _split(body)
    address = _header(head, "Snapshot-Content-Location")
    boundary = str(head.get_param("boundary") or "")
    if head.get_content_type() != "multipart/related" or not 0 < len(boundary) <= 200:
        raise Broken("not-as-saved")
    documents = [
        _document(*_split(one)) for one in _parts(rest, boundary.encode("utf-8", "surrogateescape"))
    ]
    found = [one for one in documents if one is not None]
    if not found or found[0][1].location != address:
        raise Broken("not-as-saved")
    named = [name for name, _ in found if name]
    if len(set(named)) != len(named):
        raise Broken("not-as-saved")
    frames = {name: part for name, part in found[1:] if name}
    return Archive(address=address, page=found[0][1], frames=frames)


def _split(body: bytes) -> tuple[Message, bytes]:
    """Headers, and what follows the first blank line."""
    blank = _BLANK.search(body, 0, _HEADERS_AT_MOST)
    if blank is None:
        raise Broken("cut-in-half" if len(body) < _HEADERS_AT_MOST else "not-as-saved")
    return BytesHeaderParser().parsebytes(body[: blank.end()]), body[blank.end() :]


def _header(head: Message, name: str) -> str:
    return "".join(str(head.get(name) or "").split())


def _parts(rest: bytes, boundary: bytes) -> list[bytes]:
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    found: list[bytes] = []
    begin = -1
    for one in line.finditer(rest):
        if begin >= 0:
            found.append(rest[begin : one.start()].removeprefix(b"\r").removeprefix(b"\n"))
        if len(found) > _PARTS_AT_MOST:
            raise Broken("too-large")
        if one[1]:
            if rest[one.end() :].strip():
                raise Broken("not-as-saved")
            return found
        begin = one.end()
    raise Broken("cut-in-half")


def _document(head: Message, body: bytes) -> tuple[str, Part] | None:
    """The name after ``cid:`` and the document; None for a part that is none."""
    if head.get_content_type() != "text/html":
        return None
    encoding = _header(head, "Content-Transfer-Encoding").lower()
    if encoding == "quoted-printable":
        body = _unquoted(body)
    elif encoding == "base64":
        try:
            body = binascii.a2b_base64(b"".join(body.split()), strict_mode=True)
        except binascii.Error:
            raise Broken("not-as-saved") from None
    name = _header(head, "Content-ID").removeprefix("<").removesuffix(">")
    return name, Part(location=_header(head, "Content-Location"), body=body)


def _unquoted(body: bytes) -> bytes:
    """Decodes quoted-printable that an encoder wrote; a longer line was put there by hand."""
    if _NO_QP.search(body) or any(len(one) > _LINE_AT_MOST for one in body.splitlines()):
        raise Broken("not-as-saved")
    return binascii.a2b_qp(body)
