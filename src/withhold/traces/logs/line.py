"""What one line of an access log says, and why another cannot be read.

A line is readable where it has a time that exists, a request (whatever it holds), a status and,
unless the format leaves it out, a client. A user agent is not needed: without one it is ``other``.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

LONGEST = 64 * 1024
"""Octets of a line that are looked at; servers refuse requests that are an eighth of that."""

Why = Literal[
    "blank",  # nothing but white space
    "too-long",  # more than LONGEST octets
    "cut",  # the last line, without its end: the log is still written, or was cut off
    "no-format",  # of none of the formats, or not of the one that was named
    "bad-time",  # the right shape with a time or a zone that there is not
    "bad-json",  # begins as an object and is none
    "no-request",  # an object that is of no request, such as a server's own messages
    "comment",  # a heading of a W3C log
    "bad-fields",  # a row with another number of fields than its heading
]


class Line(Struct, frozen=True, gc=False):
    """A request. ``seconds`` since 1970 (UTC); ``target`` as it was sent, empty where there is
    none; ``client`` empty where the log has none. Octets as they came, escapes undone."""

    format: str
    client: bytes
    seconds: int
    method: bytes
    target: bytes
    status: int
    sent: int
    agent: bytes


def asked(request: bytes) -> tuple[bytes, bytes]:
    """Method and target of a request line (RFC 9112, 3); both empty where it is none.

    Without a protocol it is one of HTTP/0.9. A target with blanks is not allowed and is sent.
    """
    method, _, rest = request.partition(b" ")
    if not method.isalpha() or not rest:
        return b"", b""
    target, _, protocol = rest.rpartition(b" ")
    return method, (target if target and protocol.startswith(b"HTTP/") else rest).strip()


def path_of(target: bytes) -> str:
    """The path with its query, percent-encoded where it is not ASCII; empty where there is none.

    Of an absolute form (RFC 9112, 3.2.2) what follows the host. ``*`` and ``host:port`` are none.
    """
    if not target.startswith(b"/"):
        scheme, found, rest = target.partition(b"://")
        if not found or scheme.lower() not in (b"http", b"https"):
            return ""
        ends = [at for at in (rest.find(one) for one in (b"/", b"?", b"#")) if at >= 0]
        target = rest[min(ends) :] if ends else b"/"
        target = target if target.startswith(b"/") else b"/" + target
    target = target.partition(b"#")[0]
    if target.isascii():
        return target.decode("ascii")
    return "".join(chr(one) if one < 0x80 else f"%{one:02X}" for one in target)
