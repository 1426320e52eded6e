"""Lines that are JSON objects: Caddy's access log, CloudFront's, and others with their names.

Caddy (logger ``http.log.access``) has the request as an object in ``request``; a field can be
missing where the owner deleted it. CloudFront's standard (v2) and real-time logs are flat; its
names are compared without case and with ``-`` for ``_`` and for brackets, as delivery streams
rename them. Flat objects with nginx's variable names are read too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from withhold.traces.logs import times
from withhold.traces.logs.line import Line, Why, asked
from withhold.traces.logs.plain_lines import octets_sent

_ENCODED = re.compile(rb"%([0-9A-Fa-f]{2})")
_DECODER = msgspec.json.Decoder(dict[str, Any])


def read(line: bytes) -> Line | Why:
    """An object as a request."""
    try:
        fields = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "bad-json"
    request = fields.get("request")
    if isinstance(request, dict):
        return _caddy(fields, request)
    return flat({field_name(key): value for key, value in fields.items()})


def flat(fields: Mapping[str, Any], names: str = "") -> Line | Why:
    """Fields by CloudFront's names, or by nginx's (without ``$``); ``names`` is the format's."""
    if "cs-uri-stem" in fields or "cs-user-agent" in fields:
        return _cloudfront(fields, names or "cloudfront-json")
    if "status" not in fields or not ("request" in fields or "request-uri" in fields):
        return "no-request"
    method, target = asked(octets(fields.get("request")))
    if "request-uri" in fields:
        method, target = octets(fields.get("request-method")), octets(fields["request-uri"])
    time = next((fields[one] for one in _TIMES if one in fields), None)
    return _line(
        names or "nginx-json",
        octets(fields.get("remote-addr")),
        _time(time),
        method,
        target,
        fields["status"],
        fields.get("body-bytes-sent", fields.get("bytes-sent")),
        octets(fields.get("http-user-agent", fields.get("user-agent"))),
    )


_TIMES = ("time-iso8601", "time-local", "msec", "timestamp", "time", "@timestamp")


def _cloudfront(fields: Mapping[str, Any], name: str) -> Line | Why:
    if "date" in fields and "time" in fields:
        time = times.any_time(octets(fields["date"]) + b" " + octets(fields["time"]))
    else:
        time = _time(fields.get("timestamp"))
    target = octets(fields.get("cs-uri-stem"))
    query = octets(fields.get("cs-uri-query"))
    if query not in (b"", b"-") and b"?" not in target:
        target += b"?" + query
    return _line(
        name,
        octets(fields.get("c-ip")),
        time,
        octets(fields.get("cs-method")),
        b"" if target == b"-" else target,
        fields.get("sc-status"),
        fields.get("sc-bytes"),
        url_decoded(octets(fields.get("cs-user-agent"))),
    )


def _caddy(fields: Mapping[str, Any], request: Mapping[str, Any]) -> Line | Why:
    headers = request.get("headers")
    agents = (
        headers.get("User-Agent", headers.get("user-agent")) if isinstance(headers, dict) else ""
    )
    if isinstance(agents, list):  # a client may send it more than once
        agents = " ".join(one for one in agents if isinstance(one, str))
    client = octets(request.get("client_ip") or request.get("remote_ip"))
    if not client:  # Caddy before 2.5
        address = octets(request.get("remote_addr"))
        client = address.rpartition(b":")[0].strip(b"[]") if b":" in address else address
    if "status" not in fields:
        return "no-request"
    return _line(
        "caddy",
        client,
        _time(fields.get("ts")),
        octets(request.get("method")),
        octets(request.get("uri")),
        fields["status"],
        fields.get("size"),
        octets(agents),
    )


def _line(
    name: str,
    client: bytes,
    seconds: int | None,
    method: bytes,
    target: bytes,
    status: object,
    sent: object,
    agent: bytes,
) -> Line | Why:
    code = octets(status)
    if len(code) > 3 or not code.isdigit():
        return "no-request"
    if seconds is None:
        return "bad-time"
    return Line(name, client, seconds, method, target, int(code), octets_sent(octets(sent)), agent)


def _time(value: object) -> int | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return times.number(value)
    return times.any_time(octets(value))


def octets(value: object) -> bytes:
    """A text or a number as octets; empty for anything else."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return str(value).encode() if type(value) in (int, float) else b""


def url_decoded(field: bytes) -> bytes:
    """CloudFront encodes what is not plain, and ``%`` once more in some of its logs; ``-`` is
    nothing."""
    if b"%" in field:
        field = _ENCODED.sub(_octet, field)
        if b"%20" in field:
            field = _ENCODED.sub(_octet, field)
    return b"" if field == b"-" else field


def _octet(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def field_name(key: str) -> str:
    """One spelling for ``cs(User-Agent)``, ``cs_user_agent`` and ``cs-user-agent``."""
    return key.lower().replace("(", "-").replace(")", "").replace("_", "-")
