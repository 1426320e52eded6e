"""In which octets a text may lie in a file: plain, wide, in base64, as in JSON or in addresses.

A span of at most 40 characters is sought, never a whole text: a database cuts what is longer than
a page, a mail what is longer than a line. Pure.
"""

from __future__ import annotations

import base64
import json
import string
from collections.abc import Iterator

FORMS = ("utf-8", "utf-16le", "utf-16be", "base64", "json", "percent", "html")
"""What the forms are called, in the order in which they are told."""
LONGEST = 40
"""Characters of a span."""
EVERY = 1_500
"""Characters from one span of a long text to the next: less than a page of SQLite (4096 octets)."""
SPANS = 100
_UNRESERVED = (string.ascii_letters + string.digits + "-._~").encode()
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def spans(text: str) -> list[str]:
    """Spans of a text: of its beginning and end, and evenly in between, without space around.

    At least three of what is longer than one; of long ones so many that each page of a database
    that holds a part of it holds one whole, but never more than ``SPANS``.
    """
    text = text.strip()
    if len(text) <= LONGEST:
        return [text]
    last = len(text) - LONGEST
    steps = min(max(2, -(-last // EVERY)), SPANS - 1)
    found = (text[n * last // steps :][:LONGEST] for n in range(steps + 1))
    return list(dict.fromkeys(one.strip() for one in found))


def of_text(span: str) -> Iterator[tuple[str, bytes]]:
    """The octets of a span in each form; those that are as in another form are left out."""
    once: set[bytes] = set()
    for form, octets in _of_text(span):
        if octets and octets not in once:
            once.add(octets)
            yield form, octets


def of_octets(octets: bytes) -> Iterator[tuple[str, bytes]]:
    """The same for what is no text."""
    yield "octets", octets
    for octet in _base64(octets):
        yield "base64", octet


def _of_text(span: str) -> Iterator[tuple[str, bytes]]:
    plain = span.encode("utf-8", "replace")
    yield "utf-8", plain
    yield "utf-16le", span.encode("utf-16-le", "replace")
    yield "utf-16be", span.encode("utf-16-be", "replace")
    for octets in _base64(plain):
        yield "base64", octets
    for ascii_only in (False, True):
        said = json.dumps(span, ensure_ascii=ascii_only)[1:-1]
        yield "json", said.encode("utf-8", "replace")
        yield "json", said.replace("/", "\\/").encode("utf-8", "replace")
    for safe in ("", "/", "/:?&=@"):
        escaped = _percent(plain, safe.encode())
        yield "percent", escaped
        yield "percent", escaped.lower()
    yield "percent", _percent(plain, b" ").replace(b" ", b"+")
    yield "html", span.translate(_HTML).encode("utf-8", "replace")


def _percent(octets: bytes, safe: bytes) -> bytes:
    """As an address has it: all but letters, digits, ``-._~`` (RFC 3986, 2.3) and what is safe."""
    kept = _UNRESERVED + safe
    return b"".join(bytes((one,)) if one in kept else b"%%%02X" % one for one in octets)


def _base64(octets: bytes) -> Iterator[bytes]:
    """What surely stands in the base64 (RFC 4648, 4 and 5) of anything that holds these octets.

    It depends on how many octets stand before them, modulo 3; the sign at either end, which also
    depends on its neighbour, is left out. A line break inside cuts it, so 36 octets are enough.
    """
    for before in range(3):
        some = octets[:36]
        whole = base64.b64encode(bytes(before) + some)
        first = (before * 8 + 5) // 6
        last = (before + len(some)) * 8 // 6
        found = whole[first:last]
        yield found
        if b"+" in found or b"/" in found:
            yield found.replace(b"+", b"-").replace(b"/", b"_")
