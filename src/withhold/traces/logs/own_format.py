"""A log format as the server's configuration writes it: Apache's ``%h %l ...`` or nginx's ``$...``.

A field reaches to the first character of what stands behind it in the format; within quotes,
escaped quotes are part of it. A user's name and a list of addresses can hold blanks: they reach to
all that stands behind them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from withhold.errors import BadInput
from withhold.traces.logs import times
from withhold.traces.logs.line import Line, Why, asked
from withhold.traces.logs.plain_lines import QUOTED, octets_sent, unescaped

_APACHE = re.compile(r"%%|%[!\d,]*[<>]?(?:\{([^}]*)\})?(\^[A-Za-z]{2}|[A-Za-z])")
_NGINX = re.compile(r"\$\{(\w+)\}|\$(\w+)")
_SETTING = re.compile(
    r"\s*(?:log_format\s+\S+\s+(?:escape=\w+\s+)?|LogFormat\s+)(['\"].*)|\s*('.*)", re.DOTALL
)
_TEXTS = re.compile(r"'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"", re.DOTALL)
_INNER = QUOTED[2:-2]
_OF_APACHE = {
    **dict.fromkeys(("h", "a"), "client"),
    **dict.fromkeys(("b", "B", "O"), "sent"),
    **{"r": "request", "m": "method", "U": "path", "q": "query", "s": "status", "t": "time"},
}
_OF_NGINX = {
    **dict.fromkeys(("remote_addr", "realip_remote_addr"), "client"),
    **dict.fromkeys(("time_local", "time_iso8601", "msec"), "time"),
    **dict.fromkeys(("request_uri", "uri"), "path"),
    **dict.fromkeys(("body_bytes_sent", "bytes_sent"), "sent"),
    **{"request": "request", "request_method": "method", "args": "query", "status": "status"},
    **{"http_user_agent": "agent", "http_x_forwarded_for": "forwarded"},
}
_HEADERS = {"user-agent": "agent", "x-forwarded-for": "forwarded"}
_NEEDED = (("time",), ("status",), ("agent",), ("request", "path"))
_WITH_BLANKS = ("_", "forwarded")
_Piece = tuple[str, str]  # a field's name and "", or "" and what stands there


def reader(text: str) -> Callable[[bytes], Line | Why]:
    """What reads a line of this format. BadInput where it lacks what is needed, or cannot be read.

    Of ``X-Forwarded-For``, where the format has no other client, the last address counts: the
    others are what the client itself says.
    """
    text = _format_in(text).strip().replace('\\"', '"').replace("\\t", "\t").replace("\\'", "'")
    pieces = list(_nginx(text) if "$" in text and "%" not in text else _apache(text))
    names = {name for name, _ in pieces}
    for one in _NEEDED:
        if not names & set(one):
            raise BadInput(
                f"log format {text!r} has no {' or '.join(one)}",
                "it must have time, request, status and user agent, as the server's own setting",
            )
    shape = re.compile(b"".join(_patterns(pieces)), re.DOTALL)

    def read(line: bytes) -> Line | Why:
        found = shape.fullmatch(line)
        if found is None:
            return "no-format"
        return _line(found.groupdict())

    return read


def _format_in(text: str) -> str:
    """The format alone, where the whole of ``log_format`` or ``LogFormat`` was given, or nginx's
    several texts."""
    found = _SETTING.match(text)
    if not found:
        return text
    return "".join(one or other for one, other in _TEXTS.findall(found[1] or found[2]))


def _line(fields: dict[str, bytes]) -> Line | Why:
    status = fields["status"]
    if not (status.isdigit() and len(status) == 3):
        return "no-format"
    seconds = times.any_time(fields["time"].strip(b"[]"))
    if seconds is None:
        return "bad-time"
    if "request" in fields:
        method, target = asked(unescaped(fields["request"]))
    else:
        method, target = fields.get("method", b"GET"), unescaped(fields["path"])
        query = unescaped(fields.get("query", b"")).lstrip(b"?")
        target += b"?" + query if query not in (b"", b"-") and b"?" not in target else b""
    client = fields.get("client", fields.get("forwarded", b"").rpartition(b",")[2].strip())
    agent = unescaped(fields["agent"])
    sent = octets_sent(fields.get("sent", b""))
    return Line("own", client, seconds, method, target, int(status), sent, agent)


def _apache(text: str) -> Iterator[_Piece]:
    at = 0
    for found in _APACHE.finditer(text):
        yield "", text[at : found.start()]
        at = found.end()
        inside, letter = found[1], found[2]
        if found[0] == "%%":
            yield "", "%"
        elif letter == "i" and inside:
            yield _HEADERS.get(inside.lower(), "_"), ""
        elif letter == "t" and inside is None:
            yield "", "["
            yield "time", ""
            yield "", "]"
        else:
            yield _OF_APACHE.get(letter, "_"), ""
    yield "", text[at:]


def _nginx(text: str) -> Iterator[_Piece]:
    at = 0
    for found in _NGINX.finditer(text):
        yield "", text[at : found.start()]
        at = found.end()
        yield _OF_NGINX.get(found[1] or found[2], "_"), ""
    yield "", text[at:]


def _patterns(pieces: list[_Piece]) -> Iterator[bytes]:
    """One pattern per piece. No part can match in two ways, so the time is linear."""
    pieces = _joined(pieces)
    named: set[str] = set()
    for place, (name, literal) in enumerate(pieces):
        if not name:
            yield re.escape(literal.encode())
            continue
        after = pieces[place + 1] if place + 1 < len(pieces) else ("", "")
        before = pieces[place - 1][1] if place else ""
        end = after[1][:1].encode()
        if name == "path" and after[0] == "query":
            pattern = rb"[^?\s\"]*+"
        elif name == "query" and end != b'"':
            pattern = rb"[^\s\"" + re.escape(end) + rb"]*+"
        elif after[0]:
            raise BadInput(
                "log format: two fields stand together, with nothing between them",
                "put the format as it stands in the server's configuration",
            )
        elif before.endswith('"') and end == b'"':
            pattern = _INNER
        elif name == "request" and end == b" ":
            pattern = rb"(?:\S++ \S++ HTTP/[\d.]++|-)"
        else:
            pattern = rb"[^" + re.escape(end) + rb"]*+" if end else rb".*+"
            if name in _WITH_BLANKS and len(after[1]) > 1:
                goes_on = re.escape(end) + rb"(?!" + re.escape(after[1][1:].encode()) + rb")"
                pattern += rb"(?:" + goes_on + pattern + rb")*+"
        if name == "_" or name in named:
            yield rb"(?:" + pattern + rb")"
        else:
            named.add(name)
            yield rb"(?P<" + name.encode() + rb">" + pattern + rb")"


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Neighbouring literals as one, without empty ones."""
    joined: list[_Piece] = []
    for name, literal in pieces:
        if not name and not literal:
            continue
        if not name and joined and not joined[-1][0]:
            joined[-1] = ("", joined[-1][1] + literal)
        else:
            joined.append((name, literal))
    return joined
