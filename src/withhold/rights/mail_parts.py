"""The parts of a message by RFC 2045 and 2046: where each lies, how it is packed.

Nothing is copied but headers: a part is a place in the bytes it came from, and is unpacked in
pieces. A part that does not hold to the standards is still a part; what was met is a trouble.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterator
from email.message import Message as Head
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import collapse_rfc2231_value

from msgspec import Struct

HEAD_AT_MOST = 256 * 1024
_PIECE = 64 * 1024
_LINE_AT_MOST = 1024 * 1024
_DEPTH_AT_MOST = 20
_PARTS_AT_MOST = 500
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(one for one in range(256) if one not in _BASE64)
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")


class Part(Struct, frozen=True, kw_only=True):
    """One part that holds no others: octets ``start`` to ``end`` of the file, packed or not."""

    head: Head
    kind: str
    """``text/plain``, in small letters."""
    start: int
    end: int
    name: str = ""
    """As the sender gave it: to be cleaned before anything is done with it."""
    kept_apart: bool = False
    """An attachment by its own words, or a message carried inside."""
    under: str = ""
    """The kind of the part that holds it: ``multipart/report``."""


class Walk(Struct, kw_only=True):
    """What is met on the way through a message."""

    parts: int = 0
    cut: bool = False
    broken: bool = False


def head_of(body: bytes, start: int, end: int) -> tuple[Head, int]:
    """The headers that begin at ``start``, and where the content begins after them."""
    if body.startswith((b"\n", b"\r\n"), start, end):  # no headers at all
        return Head(), start + (1 if body[start] == 10 else 2)
    found = _BLANK.search(body, start, min(end, start + HEAD_AT_MOST))
    stop = found.start() if found else min(end, start + HEAD_AT_MOST)
    after = found.end() if found else stop
    return BytesHeaderParser(policy=compat32).parsebytes(body[start:stop] + b"\n\n"), after


def parts_of(body: bytes, head: Head, start: int, end: int, walk: Walk) -> Iterator[Part]:
    """All parts that hold no others, in their order; depth and number are bounded."""
    yield from _parts(body, head, start, end, walk, 0, "")


def _parts(
    body: bytes, head: Head, start: int, end: int, walk: Walk, depth: int, under: str
) -> Iterator[Part]:
    walk.parts += 1
    if depth > _DEPTH_AT_MOST or walk.parts > _PARTS_AT_MOST:
        walk.cut = True
        return
    kind = _kind(head, under)
    if kind.startswith("multipart/"):
        boundary = _boundary(head)
        pieces = _pieces(body, boundary, start, end) if boundary else []
        if pieces:
            for one_start, one_end in pieces:
                one, content = head_of(body, one_start, one_end)
                yield from _parts(body, one, content, one_end, walk, depth + 1, kind)
            return
        walk.broken = True
        kind = "text/plain"
    name = _name(head)
    apart = _shown(head) == "attachment" or kind.startswith("message/")
    yield Part(head=head, kind=kind, start=start, end=end, name=name, kept_apart=apart, under=under)


def _kind(head: Head, under: str) -> str:
    standard = "message/rfc822" if under == "multipart/digest" else "text/plain"
    said = str(head.get("content-type", ""))[:500].partition(";")[0].strip().lower()
    return said if re.fullmatch(r"[a-z0-9.+_-]{1,80}/[a-z0-9.+_-]{1,80}", said) else standard


def _shown(head: Head) -> str:
    return str(head.get("content-disposition", ""))[:500].partition(";")[0].strip().lower()


def _boundary(head: Head) -> bytes:
    try:
        said = head.get_param("boundary", "")
        text = collapse_rfc2231_value(said) if said else ""
        return text.rstrip().encode("latin-1")[:200]
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""


def _name(head: Head) -> str:
    try:
        return str(head.get_filename("") or "")[:1000]
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _pieces(body: bytes, boundary: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Where the parts between delimiter lines lie; the line end before each belongs to it."""
    line = b"--" + boundary
    found: list[tuple[int, int]] = []
    began = -1
    at = body.find(line, start, end)
    while at >= 0 and len(found) <= _PARTS_AT_MOST:
        stop = body.find(b"\n", at + len(line), end)
        stop = end if stop < 0 else stop
        rest = body[at + len(line) : min(stop, at + len(line) + 80)].strip()
        if rest in (b"", b"--") and (at == start or body[at - 1] in b"\n\r"):
            if began >= 0:
                found.append((began, max(began, _before_line(body, at, began))))
            began = -1 if rest else min(stop + 1, end)
            if rest:
                break
        at = body.find(line, at + len(line), end)
    if began >= 0:  # the last delimiter is missing: cut short on its way
        found.append((began, end))
    return found


def _before_line(body: bytes, at: int, began: int) -> int:
    if at - 2 >= began and body[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1 if at - 1 >= began else at


# Unpacking ---------------------------------------------------------------------------------------


def packing(part: Part) -> str:
    """``base64``, ``quoted-printable`` or ``plain``."""
    said = str(part.head.get("content-transfer-encoding", ""))[:200]
    said = said.partition(";")[0].strip().lower()
    return said if said in ("base64", "quoted-printable") else "plain"


def unpacked(body: bytes, part: Part, at_most: int = -1) -> Iterator[bytes]:
    """The content in pieces of at most about 1 MiB, unpacked; ``at_most`` octets as they came."""
    end = part.end if at_most < 0 else min(part.end, part.start + at_most)
    how = packing(part)
    if how == "base64":
        yield from _base64(body, part.start, end)
    elif how == "quoted-printable":
        yield from _quoted(body, part.start, end)
    else:
        seen = memoryview(body)
        for at in range(part.start, end, _PIECE):
            yield bytes(seen[at : min(end, at + _PIECE)])


def _base64(body: bytes, start: int, end: int) -> Iterator[bytes]:
    left = b""
    for at in range(start, end, _PIECE):
        left += body[at : min(end, at + _PIECE)].translate(None, _NOT_BASE64)
        stop = left.find(b"=")
        if stop >= 0:  # what stands after the padding is no content
            yield _decoded64(left[:stop])
            return
        whole = len(left) // 4 * 4
        yield binascii.a2b_base64(left[:whole])
        left = left[whole:]
    yield _decoded64(left)


def _decoded64(last: bytes) -> bytes:
    if len(last) % 4 == 1:  # six bits make no octet: cut short on its way
        last = last[:-1]
    return binascii.a2b_base64(last + b"=" * (-len(last) % 4))


def _quoted(body: bytes, start: int, end: int) -> Iterator[bytes]:
    at = start
    while at < end:
        stop = min(end, at + _PIECE)
        if stop < end:
            line = body.find(b"\n", stop, min(end, stop + _LINE_AT_MOST))
            stop = line + 1 if line >= 0 else min(end, stop + _LINE_AT_MOST)
            if line < 0 and stop < end:  # never through an octet as `=3D`
                stop -= next((back for back in (1, 2) if body[stop - back] == 61), 0)
        yield binascii.a2b_qp(body[at:stop])
        at = stop


def weighed(body: bytes, part: Part) -> tuple[int, str]:
    """Size in octets and SHA-256 of the content, counted in pieces without keeping it."""
    size, digest = 0, hashlib.sha256()
    for piece in unpacked(body, part):
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()


def decoded(body: bytes, part: Part, at_most: int) -> tuple[str, bool]:
    """The text of a part, and whether its charset was known; octets that do not fit: U+FFFD."""
    octets = b"".join(unpacked(body, part, at_most))
    try:
        label = str(part.head.get_content_charset("") or "")[:60]
    except (ValueError, LookupError, TypeError, AttributeError):
        label = ""
    known = True
    if label and label not in ("us-ascii", "ascii", "unknown-8bit"):
        known = bool(re.fullmatch(r"[a-z0-9._:-]{1,40}", label)) and not label.startswith(_NEVER)
        if known:
            try:
                return octets.decode(label, "replace"), True
            except (LookupError, ValueError, TypeError):
                known = False
    try:
        return octets.decode("utf-8"), known
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace"), known


_NEVER = ("unicode", "raw", "idna", "punycode", "undefined", "rot", "hex", "base64", "zlib", "bz2")
"""Codecs of Python that are no charset of a mail: a text in them says other things elsewhere."""
