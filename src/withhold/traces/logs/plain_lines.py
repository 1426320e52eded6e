r"""Lines as Apache and nginx write them unless told otherwise: common, combined, with a host.

``common``: ``%h %l %u %t "%r" %>s %b``; ``combined`` adds referer and user agent, and whatever a
site adds behind them; ``vhost_combined`` begins with ``host:port``, or with a host alone where an
address follows it. Within quotes Apache escapes quotes and what cannot be printed, nginx writes
``\\xNN``.

``fast`` reads a block of usual lines at once. It is built of what ``re`` does quickest (``[^"]``,
``.``, and ``++``, which never turns back), so that it may run over the end of a line and knows no
escaped quote: its answer for a block counts only if it found as many rows as there are lines, and
no ``\"`` is in the block.
"""

from __future__ import annotations

import re
from functools import lru_cache

from withhold.traces.logs import times
from withhold.traces.logs.line import Line, Why, asked

QUOTED = rb'"([^"\\]*+(?:\\.[^"\\]*+)*+)"'
_TIME_TO_SENT = rb"\[([^\[\]]+)\] " + QUOTED + rb" (\d{3}) (\d+|-)"
_REST = rb"(?: " + QUOTED + rb" " + QUOTED + rb"(?: .*)?)?"
_HOST = (  # a name before an address; of two addresses the first is the client's
    rb"(?:[^\s:]+:\d+ |(?![\d.]+ )[^\s:\[]+ "
    rb"(?=\d{1,3}(?:\.\d{1,3}){3} |[\dA-Fa-f]{0,4}:[\dA-Fa-f:.]{1,40} ))"
)
_SLOW = [  # a user's name can hold blanks; so read it last
    ("", re.compile(rb"([^ ]+) [^ ]+ [^ ]+ " + _TIME_TO_SENT + _REST, re.DOTALL)),
    (
        "vhost_",
        re.compile(_HOST + rb"([^ ]+) [^ ]+ (?:[^ ]+|[^\[]+) " + _TIME_TO_SENT + _REST, re.DOTALL),
    ),
    ("", re.compile(rb"([^ ]+) [^ ]+ [^\[]+ " + _TIME_TO_SENT + _REST, re.DOTALL)),
]
_ENDS = {
    "combined": (rb"", rb'"([^"]*+)"\r?+\n'),
    "combined+": (rb"", rb'"([^"]*+)" .*+\n'),  # more behind the user agent; counts as combined
    "vhost_combined": (_HOST, rb'"([^"]*+)"\r?+\n'),
}
FAST = tuple(_ENDS)
_ZONE = re.compile(rb"\[[^\]\n]{20} ([+-]\d{4})\] ")
_ESCAPED = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v", b"b": b"\b", b"f": b"\f"}


@lru_cache
def fast(name: str, zone: bytes) -> re.Pattern[bytes]:
    """What reads usual lines of a format, in one zone: head (client to octets sent), time to the
    minute, user agent."""
    before, end = _ENDS[name]
    return re.compile(
        rb"^"
        + before
        + rb"([^ ]++ [^ ]++ [^ ]++ \[(.{17}+):[0-5]\d "
        + re.escape(zone)
        + rb'\] "[^"]*+" \d\d\d (?:\d++|-)) "[^"]*+" '
        + end,
        re.MULTILINE,
    )


def zone_of(block: bytes) -> bytes:
    """The zone of the first time in a block; empty without any."""
    found = _ZONE.search(block)
    return found[1] if found else b""


def unescaped(field: bytes) -> bytes:
    """A field between quotes as it was before it was written."""
    if b"\\" not in field:
        return field
    return _ESCAPED.sub(
        lambda found: bytes([int(found[1], 16)]) if found[1] else _LETTERS.get(found[2], found[2]),
        field,
    )


def read(line: bytes) -> Line | Why:
    """A line of one of the three, without its end."""
    matches = ((before, shape.fullmatch(line)) for before, shape in _SLOW)
    before, found = next(((before, one) for before, one in matches if one), ("", None))
    if found is None:
        return "no-format"
    client, time, request, status, sent, _, agent = found.groups()
    seconds = times.clf(time)
    if seconds is None:
        return "bad-time"
    method, target = asked(unescaped(request))
    return Line(
        before + ("common" if agent is None else "combined"),
        client,
        seconds,
        method,
        target,
        int(status),
        octets_sent(sent),
        unescaped(agent or b""),
    )


def octets_sent(field: bytes) -> int:
    """A number of octets; 0 for ``-``, and for what no server ever sent."""
    return int(field) if field.isdigit() and len(field) < 19 else 0
