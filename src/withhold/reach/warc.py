"""Evidence of a fetch: WARC 1.1 records (ISO 28500:2017), each gzipped by itself.

For every response one record of it and one of the request; where no response came, a metadata
record that says why. Cookies and authorizations are left out. The same fetch gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import uuid
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from withhold.reach.addresses import BadUrl, read
from withhold.reach.fetched import Fetched, Headers, Hop

_SECRET = frozenset(
    ("cookie", "cookie2", "set-cookie", "set-cookie2", "authorization", "proxy-authorization")
)
_OF_THE_WIRE = frozenset(("content-encoding", "transfer-encoding", "content-length"))
"""They describe the body as it travelled. The record holds it decoded and perhaps cut, so they are
kept under another name; a reader would decode it once more."""
_RENAMED = "x-withhold-original-"
_GZIP = 16 + zlib.MAX_WBITS
_TRUNCATED = {"too-large": "length", "timeout": "time", "reset": "disconnect"}
"""WARC 1.1, 5.13."""


class _AsSent(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """A head whose octets stay as they were; warcio would percent-encode what is not ASCII."""

    def to_ascii_bytes(self, header_filter: Callable[..., object] | None = None) -> bytes:
        text: str = self.to_str(header_filter)
        return text.encode("latin-1", "replace") + b"\r\n"


def warc(fetched: Fetched) -> bytes:
    """All records of one fetch, redirects first."""
    made: list[bytes] = []
    date = _date(fetched.on)
    for number, hop in enumerate(fetched.hops):
        seed = f"{fetched.url} {date} {number} {hashlib.sha256(hop.body).hexdigest()}"
        common = {"WARC-Date": date}
        if hop.ip:
            common["WARC-IP-Address"] = hop.ip
        answered = {**common, "WARC-Record-ID": _id("response", seed)}
        if hop.cut:
            answered["WARC-Truncated"] = _TRUNCATED.get(hop.why, "unspecified")
        asked = {
            **common,
            "WARC-Record-ID": _id("request", seed),
            "WARC-Concurrent-To": answered["WARC-Record-ID"],
        }
        for kind, named, head, body in (
            ("response", answered, _response(hop), hop.body),
            ("request", asked, _request(hop), b""),
        ):
            made.append(_record(hop.url, kind, named, head, body))
    if not fetched.status:
        made.append(_no_response(fetched, date))
    return b"".join(made)


def _record(
    url: str, kind: str, named: dict[str, str], head: StatusAndHeaders | None, body: bytes
) -> bytes:
    """One record. Compressed here and in one go: warcio does it in five, at the highest level."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    writer.write_record(
        writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=head,
            warc_headers_dict=named,
        )
    )
    return zlib.compress(out.getvalue(), wbits=_GZIP)


def _no_response(fetched: Fetched, date: str) -> bytes:
    """What is known of a fetch that came to nothing, as application/warc-fields."""
    fields = {"asked": fetched.url, "why": fetched.why, "detail": fetched.detail}
    text = "".join(f"{key}: {_one_line(value)}\r\n" for key, value in fields.items() if value)
    named = {
        "WARC-Date": date,
        "WARC-Record-ID": _id("metadata", f"{fetched.url} {date} {text}"),
    }
    return _record(_uri(fetched.final_url), "metadata", named, None, text.encode("utf-8"))


def _response(hop: Hop) -> StatusAndHeaders:
    protocol, _, status = hop.line.partition(" ")
    headers = _without_secrets(hop.headers)
    if not _whole(hop):
        headers = [
            (_RENAMED + name if name.lower() in _OF_THE_WIRE else name, value)
            for name, value in headers
        ]
        headers.append(("Content-Length", str(len(hop.body))))
    return _AsSent(status, headers, protocol=protocol)


def _whole(hop: Hop) -> bool:
    """Whether the body is what travelled, octet by octet, as its headers describe it."""
    said = {name.lower(): value for name, value in hop.headers}
    if hop.cut or said.keys() & {"content-encoding", "transfer-encoding"}:
        return False
    bodyless = hop.method == "HEAD" or hop.status in (204, 304)
    return bodyless or said.get("content-length", str(len(hop.body))) == str(len(hop.body))


def _request(hop: Hop) -> StatusAndHeaders:
    target = hop.url.split("/", 3)[3]
    return _AsSent(f"/{target} HTTP/1.1", _without_secrets(hop.sent), protocol=hop.method)


def _without_secrets(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name, _one_line(value)) for name, value in headers if name.strip().lower() not in _SECRET
    ]


def _one_line(value: str) -> str:
    return " ".join(value.splitlines())


def _uri(url: str) -> str:
    """A URL that was never asked may be anything; a record holds one in its one spelling."""
    try:
        return read(url).url
    except BadUrl:
        return "urn:withhold:bad-url"


def _id(kind: str, seed: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'withhold {kind} {seed}')}>"


def _date(on: datetime) -> str:
    return on.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
